import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import {
  accounts,
  people,
  phases,
  projectPositions,
  projectStaff,
  projects,
  tasks,
} from '../../drizzle/schema/index.ts';
import type { Services } from '../../server/platform/services.ts';

export const eur = (amount: number) => ({ revenueMinor: amount * 100, revenueCurrency: 'EUR' });

type Task = Partial<typeof tasks.$inferInsert>;
export type Made = {
  account: string;
  name?: string;
  pm: string;
  state?: (typeof projects.$inferInsert)['state'];
  platform?: (typeof projects.$inferInsert)['platform'];
  products?: (typeof projects.$inferInsert)['products'];
  targetOn?: string;
  revenue?: number;
  clientActiveAt?: Date | null;
  /** One phase each, with its tasks. */
  road?: { name: string; tasks: Task[] }[];
};

/** Writes an integration row by row: an account of its own, and tasks in the very states that a case is about. */
export async function makeIntegration(services: Services, made: Made): Promise<string> {
  const { db, clock } = services;
  const now = clock.now();
  const stamps = { createdAt: now, updatedAt: now };
  const [accountId, id] = [uuidv7(), uuidv7()];
  await db.insert(accounts).values({
    id: accountId,
    revision: 1,
    name: made.account,
    website: 'https://x.example',
    timeZone: 'UTC',
    ...stamps,
  });
  await db.insert(projects).values({
    id,
    revision: 1,
    accountId,
    name: made.name ?? `${made.account} search`,
    platform: made.platform ?? 'SHOPIFY',
    products: made.products ?? ['SEARCH'],
    state: made.state ?? 'ACTIVE',
    pmId: made.pm,
    timeZone: 'UTC',
    signedOn: '2026-01-05',
    targetOn: made.targetOn ?? '2026-12-31',
    activatedAt: made.state === 'DRAFT' ? null : now,
    ...stamps,
  });
  await db.insert(projectPositions).values({ projectId: id, position: 0, sharedPosition: 0 });
  await db
    .insert(projectStaff)
    .values({ projectId: id, ...eur(made.revenue ?? 100), lastClientActivityAt: made.clientActiveAt ?? null });
  for (const [index, phase] of (made.road ?? []).entries()) {
    const phaseId = uuidv7();
    await db.insert(phases).values({ id: phaseId, projectId: id, index, name: phase.name, milestone: 'm' });
    for (const [at, task] of phase.tasks.entries()) {
      await db.insert(tasks).values({
        id: uuidv7(),
        revision: 1,
        projectId: id,
        phaseId,
        index: index * 10 + at,
        key: `${index}-${at}`,
        title: `Task ${index}-${at}`,
        purpose: 'p',
        documentation: 'd',
        minutes: 5,
        type: 'WORK',
        side: 'COMPANY',
        visibility: 'SHARED',
        state: 'READY',
        stateSince: now,
        isReviewWanted: false,
        acceptedExtensions: [],
        ...stamps,
        ...task,
      });
    }
  }
  return id;
}

export async function makeStaff(services: Services, name: string, role: (typeof people.$inferInsert)['role']) {
  const now = services.clock.now();
  const id = uuidv7();
  await services.db.insert(people).values({
    id,
    email: `${id}@acme.example`,
    name,
    role,
    accountId: null,
    timeZone: 'UTC',
    isSample: true,
    createdAt: now,
    updatedAt: now,
  });
  return id;
}

/** A client of the account that this integration is of. */
export async function makeClient(services: Services, projectId: string, name: string): Promise<string> {
  const id = await makeStaff(services, name, 'CLIENT_MEMBER');
  const [project] = await services.db.select().from(projects).where(eq(projects.id, projectId));
  await services.db.update(people).set({ accountId: project!.accountId }).where(eq(people.id, id));
  return id;
}
