import { uuidv7 } from 'uuidv7';
import { taskPromises } from '../../drizzle/schema/index.ts';
import type { TestApp } from '../support/app.ts';

/** Days enough for a page of a project's record, all named for one task and each moved for the next. */
export async function promiseAtLength(
  app: TestApp,
  { project, task }: { project: string; task: string },
  personId: string,
  howMany: number,
): Promise<void> {
  const at = app.clock.now();
  const of = { projectId: project, taskId: task, personId, side: 'CLIENT', audience: 'SHARED' } as const;
  const moved = { at, endedAt: at, endedBy: 'MOVED', promisedOn: '2026-03-20' } as const;
  await app.services.db
    .insert(taskPromises)
    .values(Array.from({ length: howMany }, () => ({ id: uuidv7(), ...of, ...moved })));
}
