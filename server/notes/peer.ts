import { WebSocket } from 'ws';
import type { Here } from './awareness.ts';
import type { Identity } from './identity.ts';
import type { NoteLimits } from './limits.ts';
import { awarenessFrame, savedFrame } from './protocol.ts';

type PeerOptions = {
  sessionId: string;
  identity: Identity;
  canEdit: boolean;
  /** Whether nobody is told that this socket is here. */
  isUnseen: boolean;
  /** Whether the client asked to be told what is saved. */
  wantsAcks: boolean;
  limits: NoteLimits;
};

/** One socket in a room. */
export class Peer implements Here {
  readonly sessionId: string;
  readonly identity: Identity;
  canEdit: boolean;
  readonly isUnseen: boolean;
  /** Bytes of this socket that wait to be stored. */
  waitingBytes = 0;

  readonly #ws: WebSocket;
  readonly #wantsAcks: boolean;
  readonly #limits: NoteLimits;
  #durable = 0;
  #isAlive = true;

  constructor(ws: WebSocket, options: PeerOptions) {
    this.#ws = ws;
    this.sessionId = options.sessionId;
    this.identity = options.identity;
    this.canEdit = options.canEdit;
    this.isUnseen = options.isUnseen;
    this.#wantsAcks = options.wantsAcks;
    this.#limits = options.limits;
    ws.on('pong', () => {
      this.#isAlive = true;
    });
    // Each is answered with a pong, which one who does not read would let pile up.
    ws.on('ping', () => this.#cutIfUnread());
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN;
  }

  send(frame: Uint8Array): void {
    if (!this.isOpen) return;
    if (!this.#cutIfUnread()) this.#ws.send(frame);
  }

  /** A reader that does not read would make us keep everything that the others write. */
  #cutIfUnread(): boolean {
    const isUnread = this.#ws.bufferedAmount > this.#limits.waitingBytes;
    if (isUnread) this.#ws.terminate();
    return isUnread;
  }

  /** `messages` more of this socket's writes are durable. */
  saved(messages: number): void {
    this.#durable += messages;
    if (this.#wantsAcks) this.send(savedFrame('saved', this.#durable));
  }

  /** The last write failed and is being tried again. */
  notSaved(): void {
    if (this.#wantsAcks) this.send(savedFrame('failing', this.#durable));
  }

  end(code: number): void {
    this.#ws.close(code);
    // One that does not answer the close is not waited for.
    setTimeout(() => this.#ws.terminate(), 2_000).unref();
  }

  /** Ends a socket that did not answer since the last call, else asks again. */
  ping(): void {
    if (!this.#isAlive) {
      this.#ws.terminate();
      return;
    }
    this.#isAlive = false;
    this.#ws.ping();
    this.send(awarenessFrame([]));
  }
}
