import { eq, inArray } from 'drizzle-orm';
import { accounts, people, projects, tasks } from '../../drizzle/schema/index.ts';
import type { Services } from '../platform/services.ts';
import { type AccountKey, type PersonKey, sampleAccounts, sampleClients, sampleStaff } from './cast.ts';

type TaskRow = typeof tasks.$inferSelect;
export type SampleWorld = {
  people: Record<PersonKey, typeof people.$inferSelect>;
  projects: Record<AccountKey, typeof projects.$inferSelect & { tasks: Record<string, TaskRow> }>;
};

/** The sample as it stands in the database, found by addresses and names. Throws when it was not loaded. */
export async function sampleWorld({ db }: Pick<Services, 'db'>): Promise<SampleWorld> {
  const cast = { ...sampleStaff, ...sampleClients };
  const personRows = await db
    .select()
    .from(people)
    .where(
      inArray(
        people.email,
        Object.values(cast).map((person) => person.email),
      ),
    );
  const projectRows = await db.select().from(projects).innerJoin(accounts, eq(accounts.id, projects.accountId));
  const taskRows = await db.select().from(tasks);
  return {
    people: mapped(cast, ({ email }) => personRows.find((row) => row.email === email)),
    projects: mapped(sampleAccounts, ({ name }) => {
      const row = projectRows.find((each) => each.accounts.name === name)?.projects;
      const own = taskRows.filter((task) => task.projectId === row?.id);
      return row && { ...row, tasks: Object.fromEntries(own.map((task) => [task.key, task])) };
    }),
  };
}

function mapped<K extends string, V, R>(record: Record<K, V>, find: (value: V) => R | undefined): Record<K, R> {
  const found = Object.entries<V>(record).map(([key, value]) => {
    const result = find(value);
    if (result === undefined) throw new Error(`The sample has no ${key}.`);
    return [key, result] as const;
  });
  return Object.fromEntries(found) as Record<K, R>;
}
