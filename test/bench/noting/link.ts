import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';

/** `plain` is y-websocket's protocol, which we speak too; Hocuspocus puts the document's name before each message. */
export type Place = { url: string; headers: Record<string, string>; framing: 'plain' | 'hocuspocus'; document: string };

const nothingYet = Uint8Array.of(0);

/** A client that keeps no document: what it costs is little, so that the server under test is what is measured. */
export class Link {
  /** An update that somebody else wrote. */
  onUpdate: (update: Uint8Array) => void = () => {};
  /** How many messages of this socket are durable; only ours says so. */
  onSaved: (count: number) => void = () => {};
  onClose: (code: number) => void = () => {};
  readonly #place: Place;
  #socket!: WebSocket;
  #answer: (state: Uint8Array) => void = () => {};

  constructor(place: Place) {
    this.#place = place;
  }

  /** When the server had let it in. */
  openedAt = 0;

  /** Connects, and asks for the document: its first state, as the server has it then. */
  async enter(): Promise<Uint8Array> {
    const { url, headers } = this.#place;
    this.#socket = new WebSocket(url, { headers, perMessageDeflate: false });
    this.#socket.on('message', (data: Buffer) => this.#read(data));
    this.#socket.on('close', (code) => this.onClose(code));
    this.#socket.on('error', () => {});
    await new Promise<void>((resolve, reject) => {
      this.#socket.once('open', resolve);
      this.#socket.once('close', (code) => reject(new Error(`A socket was closed with ${code}.`)));
      this.#socket.once('error', reject);
    });
    this.openedAt = performance.now();
    if (this.#place.framing === 'hocuspocus') {
      this.#say((encoder) => {
        encoding.writeVarUint(encoder, 2);
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarString(encoder, 'token');
      });
    }
    return this.ask();
  }

  ask(): Promise<Uint8Array> {
    const answered = new Promise<Uint8Array>((resolve) => {
      this.#answer = resolve;
    });
    this.#sync(0, nothingYet);
    return answered;
  }

  write(update: Uint8Array): void {
    this.#sync(2, update);
  }

  /** What the operating system has not taken yet. */
  get waitingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  close(): void {
    this.#socket.terminate();
  }

  #sync(kind: number, payload: Uint8Array): void {
    this.#say((encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, kind);
      encoding.writeVarUint8Array(encoder, payload);
    });
  }

  #say(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    if (this.#place.framing === 'hocuspocus') encoding.writeVarString(encoder, this.#place.document);
    write(encoder);
    this.#socket.send(encoding.toUint8Array(encoder));
  }

  #read(data: Buffer): void {
    const decoder = decoding.createDecoder(data);
    if (this.#place.framing === 'hocuspocus') decoding.readVarString(decoder);
    const kind = decoding.readVarUint(decoder);
    if (kind === 100) {
      decoding.readVarUint(decoder);
      this.onSaved(decoding.readVarUint(decoder));
      return;
    }
    // 4 is Hocuspocus' answer to a sync.
    if (kind !== 0 && kind !== 4) return;
    const step = decoding.readVarUint(decoder);
    if (step === 1) this.#answer(decoding.readVarUint8Array(decoder));
    else if (step === 2) this.onUpdate(decoding.readVarUint8Array(decoder));
  }
}
