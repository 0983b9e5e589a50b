import { and, asc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import * as Y from 'yjs';
import { noteSnapshots, noteUpdates } from '../../drizzle/schema/index.ts';
import { type Db, transaction } from '../platform/database/transaction.ts';
import type { Services } from '../platform/services.ts';

export type NoteKey = { noteId: string; epoch: number };
export type StoredUpdate = { seq: number; update: Uint8Array; personId: string };
export type LoadedNote = { doc: Y.Doc; lastSeq: number; updatesSinceSnapshot: number; bytesSinceSnapshot: number };

/** Builds the document from its snapshot and the updates behind it. Throws when anything is missing or unreadable. */
export async function loadNote(services: Pick<Services, 'db'>, key: NoteKey): Promise<LoadedNote> {
  const [stored] = await readNotes(services, [key]);
  return built(key, stored as Stored);
}

type Stored = { state: Uint8Array | null; throughSeq: number; rows: { seq: number; update: Uint8Array }[] };

/** What is stored of notes, in the order of their keys: two statements, whatever their number. */
export async function readNotes({ db }: Pick<Services, 'db'>, keys: readonly NoteKey[]): Promise<Stored[]> {
  if (keys.length === 0) return [];
  const wanted = (table: typeof noteSnapshots | typeof noteUpdates) => ofKeys(table, keys);
  // Both are read as of one moment. A compaction in between would take the updates away behind the snapshot that was
  // read, and the note would be served, and later stored, without them.
  const { snapshots, updates } = await db.transaction(
    async (tx) => ({
      snapshots: await tx.select().from(noteSnapshots).where(wanted(noteSnapshots)),
      updates: await tx
        .select({
          noteId: noteUpdates.noteId,
          epoch: noteUpdates.epoch,
          seq: noteUpdates.seq,
          update: noteUpdates.update,
        })
        .from(noteUpdates)
        .leftJoin(
          noteSnapshots,
          and(eq(noteSnapshots.noteId, noteUpdates.noteId), eq(noteSnapshots.epoch, noteUpdates.epoch)),
        )
        .where(and(wanted(noteUpdates), sql`${noteUpdates.seq} > coalesce(${noteSnapshots.throughSeq}, 0)`))
        .orderBy(asc(noteUpdates.seq)),
    }),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  const isOf = (key: NoteKey) => (row: NoteKey) => row.noteId === key.noteId && row.epoch === key.epoch;
  return keys.map((key) => {
    const snapshot = snapshots.find(isOf(key));
    const rows = updates.filter(isOf(key));
    return { state: snapshot?.state ?? null, throughSeq: snapshot?.throughSeq ?? 0, rows };
  });
}

/** About how many bytes are stored of each note, in the order of their keys. */
export async function storedBytes({ db }: Pick<Services, 'db'>, keys: readonly NoteKey[]): Promise<number[]> {
  if (keys.length === 0) return [];
  const bytes = (column: typeof noteSnapshots.state | typeof noteUpdates.update) =>
    sql<number>`sum(octet_length(${column}))::int`;
  const rows = await unionAll(
    db
      .select({ noteId: noteSnapshots.noteId, bytes: bytes(noteSnapshots.state) })
      .from(noteSnapshots)
      .where(ofKeys(noteSnapshots, keys))
      .groupBy(noteSnapshots.noteId),
    db
      .select({ noteId: noteUpdates.noteId, bytes: bytes(noteUpdates.update) })
      .from(noteUpdates)
      .where(ofKeys(noteUpdates, keys))
      .groupBy(noteUpdates.noteId),
  );
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(row.noteId, (sums.get(row.noteId) ?? 0) + row.bytes);
  return keys.map((key) => sums.get(key.noteId) ?? 0);
}

/** Rows of these notes; of one that began anew perhaps those of an older epoch too. */
function ofKeys(table: typeof noteSnapshots | typeof noteUpdates, keys: readonly NoteKey[]) {
  const [ids, epochs] = [keys.map((key) => key.noteId), keys.map((key) => key.epoch)];
  return and(inArray(table.noteId, ids), inArray(table.epoch, [...new Set(epochs)]));
}

export function built({ noteId }: NoteKey, { state, throughSeq, rows }: Stored): LoadedNote {
  const doc = new Y.Doc();
  const build = () => {
    if (state) Y.applyUpdate(doc, state);
    for (const [index, row] of rows.entries()) {
      // A hole means that something acknowledged is missing: to go on would be to lose it for good at the next snapshot.
      if (row.seq !== throughSeq + index + 1) throw new Error(`Note ${noteId}: no update ${throughSeq + index + 1}.`);
      Y.applyUpdate(doc, row.update);
    }
  };
  Y.transact(doc, build, null, false);
  const bytesSinceSnapshot = rows.reduce((sum, row) => sum + row.update.byteLength, 0);
  return { doc, lastSeq: throughSeq + rows.length, updatesSinceSnapshot: rows.length, bytesSinceSnapshot };
}

/** With the driver beneath, for a statement that is worth preparing. */
export type Pool = Db & { readonly $client: Sql };

/** Rows of one note. */
export type Append = { key: NoteKey; rows: readonly StoredUpdate[] };

/** One statement, however many rows of however many notes: all of them or none. */
export async function appendAll(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  appends: readonly Append[],
  line: Sql = (db as Pool).$client,
): Promise<void> {
  const columns: [string[], number[], number[], string[], string[]] = [[], [], [], [], []];
  for (const { key, rows } of appends) {
    for (const { seq, update, personId } of rows) {
      const hex = Buffer.from(update.buffer, update.byteOffset, update.byteLength).toString('hex');
      for (const [at, value] of [key.noteId, key.epoch, seq, hex, personId].entries())
        (columns[at] as (string | number)[]).push(value);
    }
  }
  const [noteIds, epochs, seqs, updates, personIds] = columns.map((column) => `{${column.join(',')}}`);
  const values = [noteIds, epochs, seqs, updates, personIds, clock.now().toISOString()] as string[];
  const storing = line.unsafe(insertColumns, values, { prepare: true });
  // Where there is one connection the question follows at its heels, and costs no way back and forth of its own.
  const asking = () => line.unsafe(passedOver, [noteIds, epochs, seqs] as string[], { prepare: true });
  const isInOrder = line.options?.max === 1;
  if (isInOrder) storing.execute();
  const asked = isInOrder ? asking().execute() : null;
  // Of a line that breaks both are told.
  asked?.catch(() => {});
  await storing;
  if ((await (asked ?? asking())).length > 0) throw new PassedOver();
}

/** Another process has stored under these numbers and merged them away. They were free again, and nobody would read them. */
class PassedOver extends Error {
  readonly code = '23505';
}

/**
 * Asked once the rows are there, in a statement of its own: whoever inserts a number waits for a compaction that is just
 * deleting it, and sees the snapshot of that one only afterwards.
 */
const passedOver = `
  select 1 from unnest($1::uuid[], $2::int[], $3::bigint[]) as rows (note_id, epoch, seq)
  join note_snapshots on note_snapshots.note_id = rows.note_id and note_snapshots.epoch = rows.epoch
  where note_snapshots.through_seq >= rows.seq limit 1`;

/**
 * By columns: the statement is the same for one row and for a thousand, so each connection prepares it once. Unprepared,
 * as drizzle sends what it is given, every insert would take two round trips.
 */
const insertColumns = `
  insert into note_updates (note_id, epoch, seq, update, person_id, at)
  select note_id, epoch, seq, decode(hex, 'hex'), person_id, $6::timestamptz
  from unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[], $5::uuid[]) as rows (note_id, epoch, seq, hex, person_id)`;

/** Whether exactly these rows are stored, where they are read: tells a lost answer from another writer. */
export async function holdsUpdates(
  { db }: Pick<Services, 'db'>,
  { noteId, epoch }: NoteKey,
  rows: readonly StoredUpdate[],
): Promise<boolean> {
  const seqs = rows.map((row) => row.seq);
  const found = await db
    .select({ seq: noteUpdates.seq, update: noteUpdates.update })
    .from(noteUpdates)
    .leftJoin(
      noteSnapshots,
      and(eq(noteSnapshots.noteId, noteUpdates.noteId), eq(noteSnapshots.epoch, noteUpdates.epoch)),
    )
    .where(
      and(
        eq(noteUpdates.noteId, noteId),
        eq(noteUpdates.epoch, epoch),
        inArray(noteUpdates.seq, seqs),
        sql`${noteUpdates.seq} > coalesce(${noteSnapshots.throughSeq}, 0)`,
      ),
    );
  const bySeq = new Map(found.map((row) => [row.seq, row.update]));
  return rows.every((row) => {
    const stored = bySeq.get(row.seq);
    return stored !== undefined && Buffer.compare(stored, row.update) === 0;
  });
}

/** Writes the merged state through `throughSeq` and removes the updates that it holds, at once or not at all. */
export async function writeSnapshot(
  services: Services,
  { noteId, epoch }: NoteKey,
  throughSeq: number,
  state: Uint8Array,
): Promise<void> {
  const at = services.clock.now();
  await transaction(services, async (tx) => {
    await tx
      .insert(noteSnapshots)
      .values({ noteId, epoch, throughSeq, state, at })
      .onConflictDoUpdate({
        target: [noteSnapshots.noteId, noteSnapshots.epoch],
        set: { throughSeq, state, at },
        // A room that was held up while another took its place must not put an older state over a newer one.
        setWhere: lt(noteSnapshots.throughSeq, throughSeq),
      });
    await tx
      .delete(noteUpdates)
      .where(and(eq(noteUpdates.noteId, noteId), eq(noteUpdates.epoch, epoch), lte(noteUpdates.seq, throughSeq)));
  });
}
