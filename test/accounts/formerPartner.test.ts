import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectPartners } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let ruben: Session;
let client: Session;
let pm: Session;
let stranger: Session;
let other: Session;
let taskId: string;
let projectId: string;
const words = 'Written before the agency left';

const act = async (name: 'partnerAttach' | 'partnerDetach', id: string) => {
  const mutation = `mutation ($id: ID!, $projectId: ID!) { ${name}(id: $id, input: { projectId: $projectId }) { userErrors { code } } }`;
  expect((await pm.ask(mutation, { id, projectId }))[name].userErrors).toEqual([]);
};
const thread = `query ($id: ID!) { task(id: $id) {
  comments(last: 50) { nodes { text author { id name timeZone email lastSeenAt attachedTo { id } viewerCan { remove giveRoles } } } }
  assignable { id } mentionable(audience: SHARED) { person { id } }
  project { partners { id } people { id } }
} }`;
type Author = { id: string; name: string };
const authorIn = (data: { task: { comments: { nodes: { text: string; author: Author | null }[] } } }) =>
  data.task.comments.nodes.find((one) => one.text === words)?.author;

beforeAll(async () => {
  app = await startTestApp();
  const lavande = app.world.clients.find((one) => one.account.name === 'Maison Lavande')!;
  projectId = lavande.project.id;
  taskId = lavande.tasks.find((one) => one.key === 'orders')!.id;
  ruben = await app.signIn('ruben@atelier-castel.example');
  client = await app.signIn(lavande.people[0]!);
  pm = await app.signIn(app.world.staff.find((one) => one.id === lavande.project.pmId)!);
  stranger = await app.signIn(app.world.clients.find((one) => one.account.name === 'Fjord & Field')!.people[0]!);
  const { commentAdd } = await ruben.ask(
    'mutation ($input: CommentAddInput!) { commentAdd(input: $input) { userErrors { code } } }',
    { input: { taskId, text: words, audience: 'SHARED', idempotencyKey: 'before' } },
  );
  expect(commentAdd.userErrors).toEqual([]);
  other = await anotherPartner();
  await act('partnerDetach', ruben.personId!);
}, 60_000);
afterAll(() => app?.close());

/** Somebody of another agency, who is on the same project. */
async function anotherPartner(): Promise<Session> {
  const { joinAs } = await import('./inviting.ts');
  const { personId } = await joinAs(app, pm, { email: 'nora@other.example', role: 'PARTNER', projectIds: [projectId] });
  return app.signIn({ id: personId });
}

test('who was detached sees nothing any more: no project, task, person, hit, and no stream', async () => {
  const { projects, task, node } = await ruben.ask(
    'query ($id: ID!, $p: ID!, $who: ID!) { projects { totalCount } task(id: $id) { id } node(id: $p) { id } who: node(id: $who) { id } }',
    { id: taskId, p: projectId, who: client.personId },
  );
  expect({ projects, task, node }).toEqual({ projects: { totalCount: 0 }, task: null, node: null });
  const before = ruben.bytesSeen();
  await ruben.gql('{ search(text: "agency", first: 10) { nodes { __typename } } company { partners { id name } } }');
  expect(ruben.bytesSeen().slice(before.length)).not.toContain(words);
  const stream = ruben.subscribe('subscription ($id: ID!) { changes(projectId: $id, after: 0) { __typename } }', {
    id: projectId,
  });
  await expect(stream.next()).rejects.toThrow();
});

test('the others read their name on what they wrote, and no more of them', async () => {
  for (const session of [client, other]) {
    const data = await session.ask(thread, { id: taskId });
    expect(authorIn(data)).toEqual({
      id: ruben.personId,
      name: 'Ruben Castel',
      timeZone: 'UTC',
      email: null,
      lastSeenAt: null,
      attachedTo: [],
      viewerCan: { remove: false, giveRoles: [] },
    });
    const offered = JSON.stringify({ ...data.task, comments: null });
    expect(offered).not.toContain(ruben.personId);
    const asked = await session.ask('query ($id: ID!) { node(id: $id) { id } company { partners { id } } }', {
      id: ruben.personId,
    });
    expect(asked.node).toBeNull();
    expect(JSON.stringify(asked.company)).not.toContain(ruben.personId);
  }
});

test('they can neither be assigned nor named in a comment', async () => {
  const { task } = await pm.ask('query ($id: ID!) { task(id: $id) { revision assignable { id } } }', { id: taskId });
  expect(JSON.stringify(task.assignable)).not.toContain(ruben.personId);
  const assigned = await pm.ask(
    'mutation ($id: ID!, $input: TaskAssignInput!) { taskAssign(id: $id, input: $input) { userErrors { code } } }',
    { id: taskId, input: { assigneeId: ruben.personId, revision: task.revision } },
  );
  expect(assigned.taskAssign.userErrors).toEqual([{ code: 'NOT_ASSIGNABLE' }]);
});

test('the people of other accounts learn nothing of them, detached or not', async () => {
  await stranger.gql('query ($id: ID!, $who: ID!) { task(id: $id) { id } node(id: $who) { id } }', {
    id: taskId,
    who: ruben.personId,
  });
  expect(stranger.bytesSeen()).not.toMatch(/Ruben|Castel/);
});

test('attaching again opens the same row, once', async () => {
  await act('partnerAttach', ruben.personId!);
  await act('partnerAttach', ruben.personId!);
  expect((await ruben.ask('{ projects { nodes { id } } }')).projects.nodes).toEqual([{ id: projectId }]);
  const isTheirs = and(eq(projectPartners.personId, ruben.personId!), eq(projectPartners.projectId, projectId));
  const rows = await app.services.db.select().from(projectPartners).where(isTheirs);
  expect(rows).toMatchObject([{ detachedAt: null }]);
  const data = await client.ask(thread, { id: taskId });
  expect(authorIn(data)).toMatchObject({ attachedTo: [{ id: projectId }] });
});
