import { asc, eq } from 'drizzle-orm';
import { accounts, notes, people, projects, tasks } from '../../drizzle/schema/index.ts';
import type { Db } from '../../server/platform/database/transaction.ts';

type Person = typeof people.$inferSelect;
type Project = typeof projects.$inferSelect;
type Task = typeof tasks.$inferSelect & { noteId: string | null };
type Client = { account: typeof accounts.$inferSelect; people: Person[]; project: Project; tasks: Task[] };

/** The sample company as it stands in the database: who is there and what they work on. */
export type World = {
  /** Staff, the PM of the first project first. */
  staff: Person[];
  /** One entry per account that has a project, in order of the account's name. */
  clients: Client[];
  /** The first staff person, the first client's first person, project: what most tests need. */
  pm: Person;
  client: Person;
  project: Project;
  /** A client of another account, and that account's project. */
  otherClient: Person;
  otherProject: Project;
  /** The first task that all of `wanted` holds for; throws when the sample has none. */
  task(wanted: Partial<Task>): Task;
};

export async function readWorld(db: Db): Promise<World> {
  const everybody = await db.select().from(people).orderBy(asc(people.createdAt), asc(people.id));
  const allTasks = await db.select().from(tasks).orderBy(asc(tasks.index));
  const allNotes = await db.select().from(notes);
  const owned = await db
    .select()
    .from(accounts)
    .innerJoin(projects, eq(projects.accountId, accounts.id))
    .orderBy(asc(accounts.name));
  const clients = owned.map((row) => ({
    account: row.accounts,
    project: row.projects,
    people: everybody.filter((person) => person.accountId === row.accounts.id),
    tasks: allTasks
      .filter((task) => task.projectId === row.projects.id)
      .map((task) => ({ ...task, noteId: allNotes.find((note) => note.taskId === task.id)?.id ?? null })),
  }));
  const [first, other] = clients;
  if (!first || !other) throw new Error('The sample has fewer than two accounts with projects.');
  const staff = everybody
    .filter((person) => person.accountId === null && person.role !== 'PARTNER')
    .sort((a, b) => Number(b.id === first.project.pmId) - Number(a.id === first.project.pmId));
  return {
    staff,
    clients,
    pm: staff[0]!,
    client: first.people[0]!,
    project: first.project,
    otherClient: other.people[0]!,
    otherProject: other.project,
    task(wanted) {
      const found = clients
        .flatMap((client) => client.tasks)
        .find((task) => Object.entries(wanted).every(([key, value]) => task[key as keyof Task] === value));
      if (!found) throw new Error(`The sample has no task with ${JSON.stringify(wanted)}.`);
      return found;
    },
  };
}
