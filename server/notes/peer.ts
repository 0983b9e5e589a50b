import type { Writable } from 'node:stream';
import { WebSocket } from 'ws';
import { Allowance } from './allowance.ts';
import type { Here } from './awareness.ts';
import { Frame } from './frame.ts';
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
  /** Whether whoever writes through it tells of that in the log; else the room does, by bursts. */
  tellsItself?: boolean;
  limits: NoteLimits;
};

/** One socket in a room. */
export class Peer implements Here {
  readonly sessionId: string;
  readonly identity: Identity;
  canEdit: boolean;
  readonly isUnseen: boolean;
  readonly tellsItself: boolean;
  /** Bytes of this socket that wait to be stored. */
  waitingBytes = 0;

  readonly #ws: WebSocket;
  readonly #wire: Pick<Writable, 'write'> | null;
  readonly #allowance: Allowance;
  readonly #wantsAcks: boolean;
  readonly #limits: NoteLimits;
  #durable = 0;
  #isAlive = true;
  #isResting = false;

  /** `wire`: what `ws` writes to; without, every message goes through `ws`. */
  constructor(ws: WebSocket, options: PeerOptions, wire: Pick<Writable, 'write'> | null = null) {
    this.#ws = ws;
    this.#wire = wire;
    this.#allowance = new Allowance(options.limits.allowance);
    this.sessionId = options.sessionId;
    this.identity = options.identity;
    this.canEdit = options.canEdit;
    this.isUnseen = options.isUnseen;
    this.tellsItself = options.tellsItself ?? false;
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

  send(message: Uint8Array): void {
    this.pass(new Frame(message));
  }

  /** Sends what was framed once for many. */
  pass(frame: Frame): void {
    if (!this.isOpen || this.#cutIfUnread()) return;
    if (this.#wire) this.#wire.write(frame.wire);
    else this.#ws.send(frame.message);
  }

  /** This socket has asked so much of us. One that asks for too much is not heard for a while; nothing of it is lost. */
  spend(units: number): void {
    const restMs = this.#allowance.take(units);
    if (restMs === 0 || this.#isResting) return;
    this.#isResting = true;
    this.#ws.pause();
    setTimeout(() => {
      this.#isResting = false;
      this.#ws.resume();
    }, restMs).unref();
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
