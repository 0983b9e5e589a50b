import { uuidv7 } from 'uuidv7';
import { people } from '../../drizzle/schema/index.ts';
import type { Role } from '../../server/access/viewer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

/** What of a comment the tests look at. */
export const comment = `id revision text audience isDeleted isUnread createdAt editedAt sharedAt resolvedAt replyCount
  author { name } parent { id } resolvedBy { name } mentions { id name } files { id name sizeBytes }
  reactions { reaction count isMine people { name } } seenBy { at person { name } }
  viewerCan { edit delete reply react resolve setAudience }`;
export const payload = `comment { ${comment} } userErrors { code field } position`;

const documents = {
  commentAdd: `mutation ($input: CommentAddInput!) { commentAdd(input: $input) { ${payload} } }`,
  commentEdit: `mutation ($id: ID!, $input: CommentEditInput!) { commentEdit(id: $id, input: $input) { ${payload} } }`,
  commentDelete: `mutation ($id: ID!, $input: CommentDeleteInput!) { commentDelete(id: $id, input: $input) { ${payload} } }`,
  commentReact: `mutation ($id: ID!, $input: CommentReactInput!) { commentReact(id: $id, input: $input) { ${payload} } }`,
  commentResolve: `mutation ($id: ID!, $input: CommentResolveInput!) { commentResolve(id: $id, input: $input) { ${payload} } }`,
  commentSetAudience: `mutation ($id: ID!, $input: CommentSetAudienceInput!) { commentSetAudience(id: $id, input: $input) { ${payload} } }`,
  commentFileCreate: `mutation ($input: CommentFileCreateInput!) {
    commentFileCreate(input: $input) { file { id name downloadUrl } uploadUrl userErrors { code field } }
  }`,
  conversationRead: `mutation ($input: ConversationReadInput!) {
    conversationRead(input: $input) { task { unreadCount project { unreadCount } } userErrors { code } }
  }`,
  commentTyping: 'mutation ($input: CommentTypingInput!) { commentTyping(input: $input) { userErrors { code } } }',
};
export type Act = keyof typeof documents;

/** Does an act; throws when it is refused with an error, and answers user errors. */
export async function act(session: Session, name: Act, variables: Record<string, unknown>) {
  return (await session.ask(documents[name], variables))[name];
}

/** The code of the error that an act is refused with; null when it is done. */
export async function refusal(session: Session, name: Act, variables: Record<string, unknown>): Promise<string | null> {
  const { data, errors } = await session.gql(documents[name], variables);
  return errors[0]?.extensions?.code ?? data?.[name].userErrors[0]?.code ?? null;
}

export function said(taskId: string, text: string, more: Record<string, unknown> = {}) {
  return { input: { taskId, text, audience: 'SHARED', idempotencyKey: uuidv7(), ...more } };
}

/** Says something; it must not be refused. */
export async function say(session: Session, taskId: string, text: string, more: Record<string, unknown> = {}) {
  const { comment: added, userErrors } = await act(session, 'commentAdd', said(taskId, text, more));
  if (!added) throw new Error(`Refused: ${JSON.stringify(userErrors)}`);
  return added;
}

export const thread = `query ($id: ID!, $isOpen: Boolean) {
  task(id: $id) {
    commentCount unreadCount firstUnread { id } project { unreadCount }
    comments(last: 30, isOpen: $isOpen) { nodes { ${comment} replies(last: 8) { nodes { ${comment} } } } }
  }
}`;
export const nodeOf = `query ($id: ID!) { node(id: $id) { __typename id ... on Comment { ${comment} } } }`;

export type Talking = {
  app: TestApp;
  /** The account's task that both sides talk on, and another one. */
  taskId: string;
  otherTaskId: string;
  pm: Session;
  colleague: Session;
  client: Session;
  sponsor: Session;
  /** Reads and no more. */
  viewer: Session;
  director: Session;
  otherClient: Session;
  ids: Record<'pm' | 'colleague' | 'client' | 'sponsor' | 'viewer' | 'director' | 'otherClient', string>;
  /** A new person of the account, or of the company when no account is given. */
  add(name: string, role: Role, accountId?: string | null): Promise<string>;
};

/** The sample company, and a person of every kind that a conversation treats differently. */
export async function startTalking(): Promise<Talking> {
  const app = await startTestApp();
  const { world } = app;
  const mine = world.clients[0]!;
  const shared = mine.tasks.filter((task) => task.visibility === 'SHARED');
  const add = async (name: string, role: Role, accountId: string | null = null) => {
    const at = app.clock.now();
    const id = uuidv7();
    await app.services.db.insert(people).values({
      id,
      name,
      role,
      accountId,
      email: `${id}@example.com`,
      timeZone: 'Europe/Prague',
      isSample: false,
      createdAt: at,
      updatedAt: at,
    });
    return id;
  };
  const ids = {
    pm: world.pm.id,
    colleague: await add('Colleague Kolar', 'CONTRIBUTOR'),
    client: world.client.id,
    sponsor: await add('Sponsor Sedlak', 'CLIENT_SPONSOR', mine.account.id),
    viewer: await add('Viewer Vesely', 'CLIENT_VIEWER', mine.account.id),
    director: await add('Director Dvorak', 'DIRECTOR'),
    otherClient: world.otherClient.id,
  };
  const signed = await Promise.all(
    Object.entries(ids).map(async ([name, id]) => [name, await app.signIn({ id })] as const),
  );
  return {
    app,
    taskId: shared[0]!.id,
    otherTaskId: shared[1]!.id,
    ...(Object.fromEntries(signed) as Record<keyof typeof ids, Session>),
    ids,
    add,
  };
}
