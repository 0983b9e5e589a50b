import { Worker } from 'node:worker_threads';
import { DatabaseInUse, type Holder } from './lock.ts';

export type ToWorker = { kind: 'announce'; url: string } | { kind: 'close' };
export type FromWorker =
  | { kind: 'ready'; socketPath: string; isFresh: boolean }
  | { kind: 'inUse'; holder: Holder }
  | { kind: 'closed' };

export type Embedded = {
  /** Speaks the Postgres protocol, to this user only. All connections share one session: only SET LOCAL, no LISTEN. */
  socketPath: string;
  /** The database was made just now. */
  isFresh: boolean;
  /** Tells a second start where this one is reached. */
  announce(url: string): void;
  /** Flushes, closes and frees the lock. Close the connections before. */
  close(): Promise<void>;
};

/**
 * Opens the embedded database in a thread of its own, so that the main loop never waits for a query. Throws
 * `DatabaseInUse` when another process has it open.
 */
export async function openEmbedded(dataDir: string): Promise<Embedded> {
  const worker = new Worker(new URL('./embeddedStart.mjs', import.meta.url), { workerData: { dataDir }, execArgv: [] });
  const send = (message: ToWorker) => worker.postMessage(message);

  const first = await new Promise<FromWorker>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The embedded database ended while it was opening.')));
  });
  if (first.kind !== 'ready') {
    await worker.terminate();
    if (first.kind === 'inUse') throw new DatabaseInUse(first.holder);
    throw new Error('The embedded database did not open.');
  }
  worker.removeAllListeners('exit');
  worker.removeAllListeners('error');
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  // Without its database the process has nothing left to do; what drains it sees this as any uncaught error.
  worker.on('error', (error) => {
    throw error;
  });

  return {
    socketPath: first.socketPath,
    isFresh: first.isFresh,
    announce: (url) => send({ kind: 'announce', url }),
    async close() {
      const closed = new Promise((resolve) => worker.once('message', resolve));
      send({ kind: 'close' });
      // A thread that died has nothing left to close and will not answer.
      await Promise.race([closed, ended]);
      await worker.terminate();
    },
  };
}
