import { and, asc, eq, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { files, noteSnapshots, notes, noteUpdates } from '../../drizzle/schema/index.ts';
import { fileRemove } from '../files/commands.ts';
import { transaction } from '../platform/database/transaction.ts';
import type { Services } from '../platform/services.ts';

const dayMs = 86_400_000;
const graceMs = 30 * dayMs;
/** Each is looked for in every note of its project: few at a time, so that no statement takes long. */
const batch = 50;
/** The sweep is of no note in particular; its due moment needs an id all the same. */
const sweepId = '00000000-0000-7000-8000-000000000002';

/** Registers the daily sweep; `startNoteFileSweep` makes it due for the first time. */
export function noteFileJobs(services: Services): void {
  services.jobs.handle('note.files', async () => {
    await sweepNoteFiles(services);
    await sweepAgainAt(services, new Date(services.clock.now().getTime() + dayMs));
  });
}

export async function startNoteFileSweep(services: Services): Promise<void> {
  await sweepAgainAt(services, services.clock.now());
}

async function sweepAgainAt(services: Services, at: Date): Promise<void> {
  await transaction(services, (tx) => services.jobs.due(tx, 'note.files', sweepId, at));
}

/**
 * Removes files that were put into a note and taken out again. One that no note of its project names, neither as it is
 * nor in what is kept of its past, is marked (`expiresAt`) and removed 30 days later; put back meanwhile, it loses the
 * mark. Answers how many were removed.
 */
export async function sweepNoteFiles(services: Services): Promise<number> {
  let removed = 0;
  let after = sweepId;
  for (;;) {
    const ids = await batchAfter(services, after);
    if (ids.length === 0) return removed;
    after = ids.at(-1) ?? after;
    removed += await sweepBatch(services, ids);
  }
}

async function batchAfter({ db, clock }: Services, after: string): Promise<string[]> {
  // Whoever sends a file puts it into the note a moment later.
  const sentBefore = new Date(clock.now().getTime() - dayMs);
  const rows = await db
    .select({ id: files.id })
    .from(files)
    .where(
      and(eq(files.purpose, 'NOTE'), eq(files.state, 'STORED'), lt(files.createdAt, sentBefore), gt(files.id, after)),
    )
    .orderBy(asc(files.id))
    .limit(batch);
  return rows.map(({ id }) => id);
}

async function sweepBatch(services: Services, ids: readonly string[]): Promise<number> {
  const now = services.clock.now();
  const { value } = await transaction(services, async (tx) => {
    const rows = await tx
      .select({ file: files, isNamed: sql<boolean>`${or(namedIn('snapshots'), namedIn('updates'))}` })
      .from(files)
      .where(inArray(files.id, [...ids]))
      .for('update', { of: files });
    const marked = rows.filter(({ file, isNamed }) => isNamed && file.expiresAt !== null);
    const unmarked = rows.filter(({ file, isNamed }) => !isNamed && file.expiresAt === null);
    const over = rows.filter(({ file, isNamed }) => !isNamed && file.expiresAt !== null && file.expiresAt <= now);
    const mark = async (found: typeof rows, expiresAt: Date | null) => {
      const their = found.map(({ file }) => file.id);
      if (their.length > 0) await tx.update(files).set({ expiresAt }).where(inArray(files.id, their));
    };
    await mark(marked, null);
    await mark(unmarked, new Date(now.getTime() + graceMs));
    for (const { file } of over) await fileRemove(services, tx, file);
    return over.length;
  });
  return value;
}

/**
 * Whether the file's id stands in the bytes of a note of its project: Yjs writes it as it is, and forgets what was taken
 * out once updates are merged. A note that an id was copied to counts as well.
 */
function namedIn(kept: 'snapshots' | 'updates'): SQL {
  const [table, bytes] =
    kept === 'snapshots' ? [noteSnapshots, noteSnapshots.state] : [noteUpdates, noteUpdates.update];
  return sql`exists (
    select 1 from ${table} join ${notes} on ${notes.id} = ${table.noteId}
    where ${notes.projectId} = ${files.projectId} and position(convert_to(${files.id}::text, 'UTF8') in ${bytes}) > 0
  )`;
}
