import type { Tx } from '../database/transaction.ts';

/** Work done in the background, after the transaction that asked for it. Payloads hold ids and sealed text, never secrets. */
export type JobHandler = (payload: Record<string, string>) => Promise<void>;

export type Jobs = {
  /** Registers before `start`. A handler may run twice (a crash between effect and mark): make it idempotent. */
  handle(kind: string, handler: JobHandler): void;
  /** Enqueues inside the caller's transaction: no commit, no job. */
  enqueue(tx: Tx, kind: string, payload: Record<string, string>): Promise<void>;
  /** Remembers that `kind` falls due for `subjectId`; a later call moves it. When due by the clock, job `kind` runs with `{ subjectId }`. */
  due(tx: Tx, kind: string, subjectId: string, at: Date): Promise<void>;
  notDue(tx: Tx, kind: string, subjectId: string): Promise<void>;
  start(): Promise<void>;
  /** Turns what is due into jobs and runs all that waits; resolves when idle. The loop does this; tests call it. */
  runDue(): Promise<void>;
  stop(): Promise<void>;
};
