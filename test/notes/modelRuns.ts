import type { Services } from '../../server/platform/services.ts';
import { type ModelWorld, runNotesModel } from './model.ts';
import { addPerson, addTaskWithNote, fillNotes } from './world.ts';

/** A note of its own for each run, and five people. */
export type ModelWorlds = () => Promise<ModelWorld>;

export async function makeModelWorlds(services: Services): Promise<ModelWorlds> {
  const { note, phaseId, accountId, pm, anna, ben } = await fillNotes(services);
  const others = [await addPerson(services, 'Carla', accountId), await addPerson(services, 'Dora', accountId)];
  const personIds = [pm, anna, ben, ...others].map((person) => person.personId);
  return async () => {
    const noteId = await addTaskWithNote(services, note.projectId, phaseId, 'SHARED');
    const { projectId, taskId } = note;
    return { note: { noteId, epoch: 1, projectId, taskId, audience: 'SHARED' }, personIds };
  };
}

/** Runs the seeds one after the other, several at a time. Answers how many went well; throws the first that did not. */
export async function runMany(
  services: Services,
  worlds: ModelWorlds,
  { runs, firstSeed, atATime = 8 }: { runs: number; firstSeed: number; atATime?: number },
): Promise<number> {
  let next = firstSeed;
  let well = 0;
  const work = async () => {
    while (next < firstSeed + runs) {
      const seed = next++;
      await runNotesModel(services, await worlds(), seed);
      well += 1;
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return well;
}
