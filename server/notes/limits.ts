/** What a room allows itself and its sockets. Tests pass smaller ones. */
export type NoteLimits = {
  /** The largest message. A bigger one ends its socket with 1009. */
  messageBytes: number;
  /** The largest merged state of one note. */
  stateBytes: number;
  /** What one socket may have waiting to be stored, and what may wait to be sent to it, before it is cut. */
  waitingBytes: number;
  awarenessBytes: number;
  awarenessIds: number;
  /** Stored updates after which they are merged into the snapshot. */
  compactAfterUpdates: number;
  /** How long an author is quiet before `note.edited` is written. */
  quietMs: number;
  pingMs: number;
  /** How long after a failed write it is tried again: the first wait and the longest. */
  retryMs: { first: number; longest: number };
};

export const noteLimits: NoteLimits = {
  messageBytes: 1_048_576,
  stateBytes: 5_000_000,
  waitingBytes: 4_000_000,
  awarenessBytes: 4_096,
  awarenessIds: 3,
  compactAfterUpdates: 200,
  quietMs: 10_000,
  pingMs: 15_000,
  retryMs: { first: 100, longest: 2_000 },
};
