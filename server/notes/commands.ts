import { eq } from 'drizzle-orm';
import { notes } from '../../drizzle/schema/index.ts';
import { type Committed, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import type { Services } from '../platform/services.ts';

type Burst = {
  noteId: string;
  projectId: string;
  taskId: string;
  personId: string;
  updates: number;
};

/** Writes down that somebody edited a note: one event per burst, because an event per keystroke would drown the log. */
export function noteEdited(services: Services, burst: Burst): Promise<Committed<void>> {
  const { noteId, projectId, taskId, personId, updates } = burst;
  return transaction(services, async (tx) => {
    // As it is now: a room stays open while its task is shared or made internal.
    const [note] = await tx.select({ audience: notes.audience }).from(notes).where(eq(notes.id, noteId)).for('share');
    const audience = note?.audience ?? 'INTERNAL';
    append(tx, {
      kind: 'note.edited',
      audience,
      actorId: personId,
      subjectId: noteId,
      projectId,
      taskId,
      facts: { updates },
    });
  });
}
