import type { AllowanceSize } from './allowance.ts';

/** What a room allows itself and its sockets. Tests pass smaller ones. */
export type NoteLimits = {
  /** The largest message. A bigger one ends its socket with 1009. */
  messageBytes: number;
  /** The largest merged state of one note. */
  stateBytes: number;
  /** How much of a note may wait for parts that have not come. Whoever brings more is cut. */
  pendingBytes: number;
  /** What one socket may ask for, about one for each message; one that asks for more is not heard for a while. */
  allowance: AllowanceSize;
  /** What a room writes is heard by all in it: for each of them it waits a little, so that more goes into one frame. */
  gatherMs: { perPeer: number; longest: number };
  /** What one socket may have waiting to be stored, and what may wait to be sent to it, before it is cut. */
  waitingBytes: number;
  awarenessBytes: number;
  awarenessIds: number;
  /** Stored updates after which they are merged into the snapshot. */
  compactAfterUpdates: number;
  /** The same by their size, so that an opening never has much to read. */
  compactAfterBytes: number;
  /** How long an author is quiet before `note.edited` is written. */
  quietMs: number;
  pingMs: number;
  /** How long after a failed write it is tried again: the first wait and the longest. */
  retryMs: { first: number; longest: number };
};

export const noteLimits: NoteLimits = {
  messageBytes: 1_048_576,
  stateBytes: 5_000_000,
  pendingBytes: 250_000,
  allowance: { burst: 60_000, perSecond: 10_000 },
  gatherMs: { perPeer: 0.3, longest: 30 },
  waitingBytes: 4_000_000,
  awarenessBytes: 4_096,
  awarenessIds: 3,
  compactAfterUpdates: 200,
  compactAfterBytes: 2_000_000,
  quietMs: 10_000,
  pingMs: 15_000,
  retryMs: { first: 100, longest: 2_000 },
};
