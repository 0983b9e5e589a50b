import { setTimeout as wait } from 'node:timers/promises';
import { uniqueViolation } from '../platform/database/errors.ts';
import type { Services } from '../platform/services.ts';
import type { Appender } from './appender.ts';
import type { NoteLimits } from './limits.ts';
import { holdsUpdates, type NoteKey, type StoredUpdate } from './store.ts';

type Options = {
  appender: Appender;
  retryMs: NoteLimits['retryMs'];
  /** On closing there is no more waiting, and few more tries. */
  closing: AbortSignal;
  onFailure: () => void;
};

const triesOnClosing = 3;

/**
 * Tries until the rows are durable. False when that cannot be: somebody else has written under these numbers, or the
 * server goes down while the database is away. Then nothing may be acknowledged.
 */
export async function appendUntilDurable(
  services: Services,
  key: NoteKey,
  rows: readonly StoredUpdate[],
  { appender, retryMs, closing, onFailure }: Options,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await appender.append(key, rows);
      return true;
    } catch (error) {
      // The answer to a committed insert may have been lost: then the next try collides with our own rows.
      if (uniqueViolation(error)) return holdsUpdates(services, key, rows).catch(() => false);
      services.log.warn({ error, noteId: key.noteId, attempt }, 'a note was not saved');
      if (closing.aborted && attempt >= triesOnClosing) return false;
      onFailure();
    }
    const pauseMs = Math.min(retryMs.longest, retryMs.first * 2 ** (attempt - 1));
    await wait(pauseMs, undefined, { signal: closing }).catch(() => {});
  }
}
