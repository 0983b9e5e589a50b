import { eq, inArray } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { accounts, events, logHead, people, projectPositions, projects } from '../../drizzle/schema/index.ts';
import type { Db } from '../../server/platform/database/transaction.ts';

const at = new Date('2026-03-10T09:00:00.000Z');

/** Projects with nothing in them, each with its log at zero: ids. */
export async function insertProjects(db: Db, count: number): Promise<string[]> {
  const accountId = uuidv7();
  const pmId = uuidv7();
  const stamps = { revision: 1, createdAt: at, updatedAt: at };
  await db
    .insert(accounts)
    .values({ id: accountId, name: 'A', website: 'https://a.example', timeZone: 'UTC', ...stamps });
  await db.insert(people).values({
    id: pmId,
    email: `${pmId}@a.example`,
    name: 'P',
    role: 'PM',
    timeZone: 'UTC',
    isSample: false,
    createdAt: at,
    updatedAt: at,
  });
  const ids = Array.from({ length: count }, () => uuidv7());
  await db.insert(projects).values(
    ids.map((id) => ({
      id,
      accountId,
      pmId,
      name: 'P',
      platform: 'SHOPIFY' as const,
      products: ['SEARCH' as const],
      state: 'ACTIVE' as const,
      timeZone: 'UTC',
      signedOn: '2026-03-01',
      targetOn: '2026-06-01',
      ...stamps,
    })),
  );
  await db.insert(projectPositions).values(ids.map((projectId) => ({ projectId, position: 0, sharedPosition: 0 })));
  return ids;
}

export async function readLog(db: Db, projectIds: string[]) {
  const rows = await db.select().from(events).where(inArray(events.projectId, projectIds)).orderBy(events.seq);
  const [head] = await db.select().from(logHead).where(eq(logHead.id, 1));
  return { rows, head };
}
