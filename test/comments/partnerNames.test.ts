import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let ruben: Session;
let client: Session;
let pm: Session;
let stranger: Session;
let taskId: string;

const comments = `query ($id: ID!) { task(id: $id) {
  title
  assignee { id name }
  comments(last: 20) { nodes { id text author { id name isStaff } reactions { people { id name } } } }
  project { pm { id name } people { id name } partners { id name } }
  changes(last: 50) { nodes { kind actor { id name } } }
} }`;
const add = `mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id author { name } } userErrors { code } } }`;

beforeAll(async () => {
  app = await startTestApp();
  const lavande = app.world.clients.find((one) => one.account.name === 'Maison Lavande')!;
  taskId = lavande.tasks.find((one) => one.key === 'orders')!.id;
  ruben = await app.signIn('ruben@atelier-castel.example');
  client = await app.signIn(lavande.people[0]!);
  pm = await app.signIn(app.world.staff.find((one) => one.id === lavande.project.pmId)!);
  stranger = await app.signIn(app.world.clients.find((one) => one.account.name === 'Fjord & Field')!.people[0]!);
  for (const [session, text] of [
    [ruben, 'The partner wrote this'],
    [client, 'The client wrote this'],
    [pm, 'The company wrote this'],
  ] as const) {
    const { commentAdd } = await session.ask(add, {
      input: { taskId, text, audience: 'SHARED', idempotencyKey: text },
    });
    expect(commentAdd.userErrors).toEqual([]);
  }
}, 60_000);
afterAll(() => app?.close());

test('a client, a partner and staff each read who of the others wrote, reacted and acted', async () => {
  const answers = await Promise.all([ruben, client, pm].map((session) => session.gql(comments, { id: taskId })));
  for (const { errors, data } of answers) {
    expect(errors).toEqual([]);
    const byText = new Map(
      data.task.comments.nodes.map((one: { text: string; author: unknown }) => [one.text, one.author]),
    );
    expect(byText.get('The partner wrote this')).toMatchObject({ name: 'Ruben Castel', isStaff: false });
    expect(byText.get('The client wrote this')).toMatchObject({ isStaff: false, name: expect.any(String) });
    expect(byText.get('The company wrote this')).toMatchObject({ isStaff: true, name: expect.any(String) });
    expect(data.task.project.partners).toMatchObject([{ name: 'Ruben Castel' }]);
    expect(data.task.project.people.length).toBeGreaterThan(2);
  }
});

test('whoever left is still named in what they wrote', async () => {
  const lavande = app.world.clients.find((one) => one.account.name === 'Maison Lavande')!;
  await pm.ask(
    'mutation ($id: ID!, $projectId: ID!) { partnerDetach(id: $id, input: { projectId: $projectId }) { userErrors { code } } }',
    {
      id: ruben.personId,
      projectId: lavande.project.id,
    },
  );
  const { errors } = await client.gql(comments, { id: taskId });
  expect(errors).toEqual([]);
  await pm.ask(
    'mutation ($id: ID!, $projectId: ID!) { partnerAttach(id: $id, input: { projectId: $projectId }) { userErrors { code } } }',
    {
      id: ruben.personId,
      projectId: lavande.project.id,
    },
  );
});

test('the people of other accounts learn nothing of a partner', async () => {
  const asked = await stranger.gql('query ($id: ID!, $task: ID!) { node(id: $id) { id } task(id: $task) { id } }', {
    id: ruben.personId,
    task: taskId,
  });
  expect(asked.data).toEqual({ node: null, task: null });
  await stranger.ask(`{
    company { partners { id name } }
    accounts { nodes { people { id name } } }
    projects(first: 5) { nodes { people { id name } partners { id name } tasks { assignable { name } } } }
  }`);
  expect(stranger.bytesSeen()).not.toMatch(/Ruben|Castel/);
  expect(stranger.bytesSeen()).not.toContain('The partner wrote this');
});

test('how many open tasks somebody has is for those alone who may remove them', async () => {
  const lavande = app.world.clients.find((one) => one.account.name === 'Maison Lavande')!;
  const ids = lavande.people.map((person) => person.id);
  const query = '{ accounts { nodes { name people { id openTaskCount } } } }';
  const countsOf = async (session: Session) => {
    const { accounts } = await session.ask(query);
    const nodes = accounts.nodes as { name: string; people: { id: string; openTaskCount: number | null }[] }[];
    return nodes.flatMap((node) => node.people).filter((person) => ids.includes(person.id));
  };
  const ofPm = await countsOf(pm);
  const tasks = (
    await pm.ask('query ($id: ID!) { project(id: $id) { tasks { state assignee { id } } } }', {
      id: lavande.project.id,
    })
  ).project.tasks as { state: string; assignee: { id: string } | null }[];
  const isOver = (state: string) => ['DONE', 'WAIVED', 'CANCELLED', 'PENDING'].includes(state);
  for (const { id, openTaskCount } of ofPm) {
    expect(openTaskCount).toBe(tasks.filter((one) => one.assignee?.id === id && !isOver(one.state)).length);
  }
  expect(ofPm.some(({ openTaskCount }) => (openTaskCount ?? 0) > 0)).toBe(true);
  const member = await app.signIn('camille@maison-lavande.example');
  expect((await countsOf(member)).every(({ openTaskCount }) => openTaskCount === null)).toBe(true);
});
