import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { people, projectPartners, projects, tasks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';

/** A project with somebody of every kind that inputs are handed in, looked at and hidden for. */
export type InputsWorld = {
  app: TestApp;
  projectId: string;
  lead: Session;
  member: Session;
  sponsor: Session;
  viewer: Session;
  partner: Session;
  pm: Session;
  director: Session;
  stranger: Session;
  task(values: Partial<typeof tasks.$inferSelect>, ...inputs: unknown[]): ReturnType<typeof taskWithInputs>;
  /** A row's present state. */
  taskNow(taskId: string): Promise<typeof tasks.$inferSelect>;
  close(): Promise<void>;
};

export async function startInputsWorld(options: TestAppOptions = {}): Promise<InputsWorld> {
  const app = await startTestApp(options);
  const { db, clock } = app.services;
  const { client, project, otherClient } = app.world;
  const accountId = client.accountId;
  const sessionOf = async (role: (typeof people.$inferSelect)['role']): Promise<Session> => {
    const id = uuidv7();
    const isClient = role.startsWith('CLIENT_');
    const stamps = { createdAt: clock.now(), updatedAt: clock.now() };
    const values = {
      id,
      email: `${role.toLowerCase()}@inputs.example`,
      name: `Of ${role}`,
      role,
      timeZone: 'Europe/Paris',
    };
    await db.insert(people).values({ ...values, accountId: isClient ? accountId : null, isSample: true, ...stamps });
    if (role === 'PARTNER') {
      await db.insert(projectPartners).values({ projectId: project.id, personId: id, createdAt: clock.now() });
    }
    return app.signIn({ id });
  };
  return {
    app,
    projectId: project.id,
    lead: await sessionOf('CLIENT_LEAD'),
    member: await sessionOf('CLIENT_MEMBER'),
    sponsor: await sessionOf('CLIENT_SPONSOR'),
    viewer: await sessionOf('CLIENT_VIEWER'),
    partner: await sessionOf('PARTNER'),
    pm: await sessionOf('PM'),
    director: await sessionOf('DIRECTOR'),
    stranger: await app.signIn(otherClient),
    task: (values, ...inputs) => taskWithInputs(app.services, project.id, values, inputs),
    async taskNow(taskId) {
      const [row] = await db
        .select()
        .from(tasks)
        .innerJoin(projects, eq(projects.id, tasks.projectId))
        .where(and(eq(tasks.id, taskId)));
      return row!.tasks;
    },
    close: () => app.close(),
  };
}

export const key = () => crypto.randomUUID();

export const taskText = `query ($id: ID!) {
  task(id: $id) {
    id revision state
    inputs {
      id kind label isRequired isRedoWanted acceptedExtensions minutes
      questions { key label kind isRequired when { question is } options { key } min max }
      draft { savedAt savedBy { name } answers { question text number options { key } date isYes } }
      fields { key label isSecret isRequired isSet }
      subject { statement isOwnText task { id } submission { id version } }
      meeting { id revision state startsAt sequence calendarUrl proposedTimes { startsAt } clientTimeZone companyTimeZone }
      current { id version withdrawnAt }
      submissions { nodes { id version state url answers { question label text number options { key label } date isYes } approval { decision reason isOutdated ofSubmission { id version } } review { outcome reason } } }
      viewerCan { submit approve reveal withdraw arrange confirm }
    }
  }
}`;

export const createText = `mutation ($input: SubmissionCreateInput!) {
  submissionCreate(input: $input) { submission { id } userErrors { code field } }
}`;
export const finishText = `mutation ($id: ID!, $input: SubmissionFinishInput!) {
  submissionFinish(id: $id, input: $input) { submission { id version } task { state revision } userErrors { code field } }
}`;

/** Hands an address in, whole; answers what finishing said. */
export async function deliverUrl(session: Session, taskId: string, inputId: string, url = 'https://shop.example/a') {
  const input = { taskId, inputId, idempotencyKey: key(), url };
  const { submission } = (await session.ask(createText, { input })).submissionCreate;
  const { task } = await session.ask('query ($id: ID!) { task(id: $id) { revision } }', { id: taskId });
  const variables = { id: submission.id, input: { revision: task.revision } };
  return (await session.ask(finishText, variables)).submissionFinish;
}

export async function revisionOf(session: Session, taskId: string): Promise<number> {
  return (await session.ask('query ($id: ID!) { task(id: $id) { revision } }', { id: taskId })).task.revision;
}
