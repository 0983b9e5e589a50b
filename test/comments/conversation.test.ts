import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comments, events } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

const addComment = `mutation ($input: CommentAddInput!) {
  commentAdd(input: $input) {
    comment { id revision text audience isDeleted viewerCan { edit delete } }
    userErrors { code field message }
    position
  }
}`;
const editComment = `mutation ($id: ID!, $input: CommentEditInput!) {
  commentEdit(id: $id, input: $input) { comment { id revision text } userErrors { code field } position }
}`;
const deleteComment = `mutation ($id: ID!, $input: CommentDeleteInput!) {
  commentDelete(id: $id, input: $input) { comment { revision text isDeleted } userErrors { code } }
}`;

type Page = { comments: { nodes: { text: string }[]; pageInfo: { hasPreviousPage: boolean; startCursor: string } } };

let app: TestApp;
let pm: Session;
let client: Session;
let taskId: string;

beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
  taskId = app.world.clients[0]!.tasks[0]!.id;
});
afterAll(() => app.close());

function input(text: string, more: Record<string, unknown> = {}) {
  return { input: { taskId, text, audience: 'SHARED', idempotencyKey: randomUUID(), ...more } };
}

async function eventsOf(subjectId: string): Promise<string[]> {
  const rows = await app.services.db.select().from(events).where(eq(events.subjectId, subjectId)).orderBy(events.seq);
  return rows.map((row) => row.kind);
}

test('an own comment can be changed and taken back, and each act stands in the log', async () => {
  const { commentAdd } = await client.ask(addComment, input('  first words  '));
  expect(commentAdd.comment).toMatchObject({ text: 'first words', viewerCan: { edit: true, delete: true } });
  const { id } = commentAdd.comment;
  const { commentEdit } = await client.ask(editComment, { id, input: { revision: 1, text: 'better words' } });
  expect(commentEdit).toMatchObject({ comment: { revision: 2, text: 'better words' }, userErrors: [] });
  const { commentDelete } = await client.ask(deleteComment, { id, input: { revision: 2 } });
  expect(commentDelete.comment).toEqual({ revision: 3, text: '', isDeleted: true });
  expect(await eventsOf(id)).toEqual(['comment.added', 'comment.edited', 'comment.deleted']);
});

test('an edit of a version that is gone answers CONFLICT with the words that stand, and changes nothing', async () => {
  const { commentAdd } = await client.ask(addComment, input('version one'));
  const { id } = commentAdd.comment;
  await client.ask(editComment, { id, input: { revision: 1, text: 'version two' } });
  const { commentEdit } = await client.ask(editComment, { id, input: { revision: 1, text: 'from an old tab' } });
  expect(commentEdit).toEqual({
    comment: { id, revision: 2, text: 'version two' },
    userErrors: [{ code: 'CONFLICT', field: 'revision' }],
    position: null,
  });
});

test.each([
  ['nothing', '', 'EMPTY'],
  ['only blanks', ' \n\t ', 'EMPTY'],
  ['100,000 characters', 'x'.repeat(100_000), 'TOO_LONG'],
])('a comment of %s is refused and leaves nothing behind', async (_, text, code) => {
  const before = await app.services.db.select().from(comments);
  const { commentAdd } = await client.ask(addComment, input(text));
  expect(commentAdd).toMatchObject({ comment: null, position: null, userErrors: [{ code, field: 'text' }] });
  expect(await app.services.db.select().from(comments)).toHaveLength(before.length);
});

test('markup, quotes, emoji and right-to-left marks come back as they were sent', async () => {
  const text = `<script>alert(1)</script> '; drop table comments; -- "👩‍🚀" \u202eabc`;
  const { commentAdd } = await client.ask(addComment, input(text));
  expect(commentAdd.comment.text).toBe(text);
});

test('a repeat of the same key adds nothing more; the same key with other words is refused', async () => {
  const same = input('said once');
  const answers = await Promise.all(Array.from({ length: 10 }, () => client.ask(addComment, same)));
  expect(new Set(answers.map((answer) => answer.commentAdd.comment.id)).size).toBe(1);
  expect(await eventsOf(answers[0].commentAdd.comment.id)).toEqual(['comment.added']);
  const { errors } = await client.gql(addComment, { input: { ...same.input, text: 'something else' } });
  expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
});

test('only its author may change a comment, and a client may not write internally', async () => {
  const { commentAdd } = await client.ask(addComment, input('mine'));
  const edit = await pm.gql(editComment, { id: commentAdd.comment.id, input: { revision: 1, text: 'theirs' } });
  expect(edit.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  const internal = await client.gql(addComment, input('psst', { audience: 'INTERNAL' }));
  expect(internal.errors[0]?.extensions?.code).toBe('FORBIDDEN');
});

test('an internal comment is missing for a client in the conversation, its count, its pages and by its id', async () => {
  const conversation = `query ($id: ID!) {
    task(id: $id) { revision commentCount comments(last: 2) { nodes { id text } pageInfo { hasPreviousPage } } }
  }`;
  const before = await client.ask(conversation, { id: taskId });
  const staffBefore = await pm.ask(conversation, { id: taskId });
  const { commentAdd } = await pm.ask(addComment, input('only among us', { audience: 'INTERNAL' }));
  expect(await client.ask(conversation, { id: taskId })).toEqual(before);
  const { id } = commentAdd.comment;
  expect((await client.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
  const edit = await client.gql(editComment, { id, input: { revision: 1, text: 'found you' } });
  const missing = await client.gql(editComment, { id: randomUUID(), input: { revision: 1, text: 'found you' } });
  expect(edit.errors.map(({ message, extensions }) => [message, extensions?.code])).toEqual(
    missing.errors.map(({ message, extensions }) => [message, extensions?.code]),
  );
  expect((await pm.ask(conversation, { id: taskId })).task.commentCount).toBe(staffBefore.task.commentCount + 1);
});

test('pages of a conversation meet without a gap, oldest first', async () => {
  const own = app.world.clients[0]!.tasks.at(-1)!.id;
  for (let i = 0; i < 7; i++) await client.ask(addComment, input(`note ${i}`, { taskId: own }));
  const page = `query ($id: ID!, $before: String) {
    task(id: $id) {
      comments(last: 3, before: $before) { nodes { text } pageInfo { hasPreviousPage startCursor } }
    }
  }`;
  const texts: string[] = [];
  let before: string | null = null;
  do {
    const { task }: { task: Page } = await client.ask(page, { id: own, before });
    texts.unshift(...task.comments.nodes.map((node) => node.text));
    before = task.comments.pageInfo.hasPreviousPage ? task.comments.pageInfo.startCursor : null;
  } while (before !== null);
  expect(texts.slice(-7)).toEqual(Array.from({ length: 7 }, (_, i) => `note ${i}`));
  expect(new Set(texts).size).toBe(texts.length);
});
