import { uuidv7 } from 'uuidv7';
import { notes } from '../../drizzle/schema/index.ts';
import type { Audience } from '../access/viewer.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import type { Services } from '../platform/services.ts';

type NewNote = { projectId: string; taskId: string; audience: Audience; actorId: string | null };

/** Gives a new task its note, inside the transaction that makes the task. */
export async function noteCreateIn(tx: Tx, { clock }: Pick<Services, 'clock'>, input: NewNote): Promise<string> {
  const { projectId, taskId, audience, actorId } = input;
  const id = uuidv7();
  await tx.insert(notes).values({ id, projectId, taskId, audience, epoch: 1, createdAt: clock.now() });
  append(tx, { kind: 'note.created', audience, actorId, subjectId: id, projectId, taskId, facts: {} });
  return id;
}

type Burst = {
  noteId: string;
  projectId: string;
  taskId: string;
  audience: Audience;
  personId: string;
  updates: number;
};

/** Writes down that somebody edited a note: one event per burst, because an event per keystroke would drown the log. */
export function noteEdited(services: Services, burst: Burst): Promise<Committed<void>> {
  const { noteId, projectId, taskId, audience, personId, updates } = burst;
  return transaction(services, async (tx) => {
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
