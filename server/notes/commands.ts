import type { Audience } from '../access/viewer.ts';
import { type Committed, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import type { Services } from '../platform/services.ts';

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
