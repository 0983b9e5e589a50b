import { eq, or } from 'drizzle-orm';
import { taskDependencies, taskInputs, tasks } from '../../drizzle/schema/index.ts';
import type { Role } from '../../server/access/viewer.ts';
import { clientRoles, viewerFrom } from '../../server/access/viewer.ts';
import type { Ctx } from '../../server/platform/services.ts';
import type { TestApp } from '../support/app.ts';

export type TaskRow = typeof tasks.$inferSelect;

/** The context of somebody of this role: a client of the first account, a partner of its project, or staff. */
export function as(app: TestApp, role: Role): Ctx {
  const { client, pm, project } = app.world;
  const isClient = clientRoles.some((one) => one === role);
  const accountId = isClient && role !== 'PARTNER' ? client.accountId : null;
  const personId = isClient ? client.id : pm.id;
  const viewer = viewerFrom({ personId, sessionId: '', role, accountId, attachedTo: [project.id] });
  return { ...app.services, viewer, loaders: new Map() };
}

export async function rowOf(app: TestApp, id: string): Promise<TaskRow> {
  const [found] = await app.services.db.select().from(tasks).where(eq(tasks.id, id));
  if (!found) throw new Error(`No task ${id}.`);
  return found;
}

/** Puts a task into a state without the way there, tied to nothing and asking for nothing. */
export async function put(app: TestApp, id: string, change: Partial<TaskRow>): Promise<TaskRow> {
  const free = { stuckSide: null, stuckBy: null, stuckSince: null, startsOn: null, assigneeId: null, isForLead: false };
  await app.services.db
    .update(tasks)
    .set({ type: 'CHECK', side: 'CLIENT', visibility: 'SHARED', ...free, ...change })
    .where(eq(tasks.id, id));
  return rowOf(app, id);
}

/** Takes away what a task waits for and asks for. */
export async function untie(app: TestApp, id: string): Promise<void> {
  const { db } = app.services;
  await db.delete(taskDependencies).where(or(eq(taskDependencies.taskId, id), eq(taskDependencies.predecessorId, id)));
  await db.update(taskInputs).set({ isRequired: false }).where(eq(taskInputs.taskId, id));
}

/** What an act came to: the value, or the code that it was refused with. */
export async function tried<T>(act: () => Promise<{ value: T }>): Promise<T | string> {
  try {
    return (await act()).value;
  } catch (error) {
    const { code, extensions } = error as { code?: string; extensions?: { code?: string } };
    const refusal = extensions?.code ?? code;
    if (refusal === undefined) throw error;
    return refusal;
  }
}
