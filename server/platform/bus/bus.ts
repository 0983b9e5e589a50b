/**
 * The doorbell. A ring says "look again", never what happened: the log is the letter, and losing every ring loses no event.
 * A bus between nodes may bring things late, twice and in any order; once it was cut and is whole again, it rings every topic
 * that somebody listens to, since nobody knows what was lost. Signals carry what is never stored: presence and progress.
 */
export type Topic =
  | `project:${string}`
  | `access:${string}`
  | `inbox:${string}`
  | `presence:${string}`
  | `talk:${string}`
  | `draft:${string}`
  | `check:${string}`
  | 'company'
  | 'journeys'
  | 'uploads'
  | 'checks'
  | 'jobs';

export type Bus = {
  ring(topic: Topic): void;
  /** Sends what is not stored: presence, typing, progress. JSON-able. */
  signal(topic: Topic, payload: unknown): void;
  /** Calls `listener` for every ring (payload undefined) and signal; the answer stops it. */
  on(topic: Topic, listener: (payload: unknown) => void): () => void;
  close(): Promise<void>;
};
