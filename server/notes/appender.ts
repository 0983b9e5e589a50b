import type { Database } from '../platform/database/connect.ts';
import { postgresCode } from '../platform/database/errors.ts';
import type { Services } from '../platform/services.ts';
import { type Append, appendAll, type NoteKey, type StoredUpdate } from './store.ts';

/** Stores the updates of all rooms of this process. Resolves once they are durable. */
export type Appender = { append(key: NoteKey, rows: readonly StoredUpdate[]): Promise<void> };

type Waiting = Append & { done(): void; failed(error: unknown): void };

/** Two, so that what comes during a commit need not wait for its end; more would only make the statements smaller. */
const mostUnderWay = 2;
const mostBytes = 4_000_000;

/** The connections for it. The embedded database has one session whatever connects to it. */
export function noteLines(database: Database): NonNullable<Services['noteLines']> {
  return database.kind === 'embedded' ? [] : Array.from({ length: mostUnderWay }, () => database.connectBeside());
}

/** What arrives while statements are under way is stored by the next one, whichever room it comes from. */
export function createAppender(services: Pick<Services, 'db' | 'clock' | 'noteLines'>): Appender {
  const waiting: Waiting[] = [];
  // The one that was used last is the warm one.
  const free = [...(services.noteLines ?? [])];
  let underWay = 0;
  let isWoken = false;

  function wake() {
    if (isWoken) return;
    isWoken = true;
    // At once: whoever types alone waits for nothing, and a crowd gathers behind the statements that are under way.
    queueMicrotask(() => {
      isWoken = false;
      while (waiting.length > 0 && underWay < mostUnderWay) {
        underWay += 1;
        void store(take()).finally(() => {
          underWay -= 1;
          if (waiting.length > 0) wake();
        });
      }
    });
  }

  function take(): Waiting[] {
    let bytes = 0;
    const fits = waiting.findIndex(({ rows }) => {
      bytes += rows.reduce((sum, row) => sum + row.update.byteLength, 0);
      return bytes > mostBytes;
    });
    // One that is too large by itself goes by itself.
    return waiting.splice(0, fits < 0 ? waiting.length : Math.max(1, fits));
  }

  async function store(appends: Waiting[]): Promise<void> {
    const line = free.pop();
    try {
      await appendAll(services, appends, line).finally(() => line && free.push(line));
      for (const one of appends) one.done();
    } catch (error) {
      // One room's rows must not stand in the way of the others': each for itself then, to see whose they are.
      if (appends.length > 1 && isOfRows(error)) await Promise.all(appends.map((one) => store([one])));
      else for (const one of appends) one.failed(error);
    }
  }

  return {
    append: ({ noteId, epoch }, rows) =>
      new Promise((done, failed) => {
        waiting.push({ key: { noteId, epoch }, rows, done, failed });
        wake();
      }),
  };
}

/** Classes 22 and 23: a value or a row that does not fit, and not a database that is away. */
function isOfRows(error: unknown): boolean {
  return /^2[23]/.test(postgresCode(error) ?? '');
}
