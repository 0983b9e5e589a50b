import type { Ctx } from '../../platform/services.ts';

/** Where the messages of one subscription go. */
export type Sink = {
  /** Sends an answer, framed for this subscription. */
  send(answer: Buffer): void;
  /** What was sent and not read yet, in bytes. */
  waitingBytes(): number;
};

/**
 * One subscription.
 *
 *   behind -> live    it was given everything; from here on its group sends to it
 *   live   -> behind  it reads too slowly: it is told how far the log has come, and goes on from where it was once it
 *                     has read what waits for it
 *   behind, live -> ended  it left, or may no longer read
 */
export type Member = {
  readonly ctx: Ctx;
  readonly sink: Sink & { /** The stream is over: its reader is told so. */ end(): void };
  state: 'behind' | 'live' | 'ended';
  /** The last number that it has. */
  last: number;
};
