import { and, asc, eq, gt, inArray, lt, lte } from 'drizzle-orm';
import type { Sql } from 'postgres';
import * as Y from 'yjs';
import { noteSnapshots, noteUpdates } from '../../drizzle/schema/index.ts';
import { type Db, transaction } from '../platform/database/transaction.ts';
import type { Services } from '../platform/services.ts';

export type NoteKey = { noteId: string; epoch: number };
export type StoredUpdate = { seq: number; update: Uint8Array; personId: string };
export type LoadedNote = { doc: Y.Doc; lastSeq: number; updatesSinceSnapshot: number; bytesSinceSnapshot: number };

/** Builds the document from its snapshot and the updates behind it. Throws when anything is missing or unreadable. */
export async function loadNote({ db }: Pick<Services, 'db'>, { noteId, epoch }: NoteKey): Promise<LoadedNote> {
  // Both are read as of one moment. A compaction in between would take the updates away behind the snapshot that was
  // read, and the note would be served, and later stored, without them.
  const { snapshot, rows } = await db.transaction(
    async (tx) => {
      const [found] = await tx
        .select()
        .from(noteSnapshots)
        .where(and(eq(noteSnapshots.noteId, noteId), eq(noteSnapshots.epoch, epoch)));
      const isBehind = gt(noteUpdates.seq, found?.throughSeq ?? 0);
      const updates = await tx
        .select({ seq: noteUpdates.seq, update: noteUpdates.update })
        .from(noteUpdates)
        .where(and(eq(noteUpdates.noteId, noteId), eq(noteUpdates.epoch, epoch), isBehind))
        .orderBy(asc(noteUpdates.seq));
      return { snapshot: found, rows: updates };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  const throughSeq = snapshot?.throughSeq ?? 0;
  const doc = new Y.Doc();
  const build = () => {
    if (snapshot) Y.applyUpdate(doc, snapshot.state);
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
  await (db as Pool).$client.unsafe(insertColumns, values, { prepare: true });
}

/**
 * By columns: the statement is the same for one row and for a thousand, so each connection prepares it once. Unprepared,
 * as drizzle sends what it is given, every insert would take two round trips.
 */
const insertColumns = `
  insert into note_updates (note_id, epoch, seq, update, person_id, at)
  select note_id, epoch, seq, decode(hex, 'hex'), person_id, $6::timestamptz
  from unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[], $5::uuid[]) as rows (note_id, epoch, seq, hex, person_id)`;

/** Whether exactly these rows are stored: tells a lost answer from another writer. */
export async function holdsUpdates(
  { db }: Pick<Services, 'db'>,
  { noteId, epoch }: NoteKey,
  rows: readonly StoredUpdate[],
): Promise<boolean> {
  const seqs = rows.map((row) => row.seq);
  const found = await db
    .select({ seq: noteUpdates.seq, update: noteUpdates.update })
    .from(noteUpdates)
    .where(and(eq(noteUpdates.noteId, noteId), eq(noteUpdates.epoch, epoch), inArray(noteUpdates.seq, seqs)));
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
