import { and, eq } from 'drizzle-orm';
import {
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  graphql,
  isCompositeType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as schema from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import { createSchema } from '../../server/schema.ts';
import { done, type Furnished, furnish } from '../security/furnished.ts';
import { everythingOf } from '../security/walk.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type CountedStatements, countStatements } from '../support/countedStatements.ts';
import type { Session } from '../support/session.ts';
import { elsewhere } from './countedElsewhere.ts';
import { promiseAtLength } from './promised.ts';

/*
 * A request takes as many statements for five things as for one. The things are walked by the schema: whatever is added
 * to it is counted here without a line, and what cannot be counted stands in a list with the reason.
 */
const api = createSchema();
const [few, many] = [1, 5];
let app: TestApp;
let counted: CountedStatements;
let ids: Record<string, string[]>;

beforeAll(async () => {
  app = await startTestApp();
  counted = countStatements(app.config.databaseUrl!);
  ids = await seed();
  // What is remembered of one project and not of the others would be told as more for many.
  await app.services.db.delete(schema.projectStandings);
}, 120_000);
afterAll(async () => {
  await counted.end();
  await app.close();
});

/** The statements of one request, as of an admin, who is told everything. */
async function statementsOf(source: string): Promise<string[]> {
  const viewer = viewerFrom({ personId: admin.personId!, sessionId: '', role: 'ADMIN', accountId: null });
  counted.statements.length = 0;
  const { errors, data } = await graphql({
    schema: api,
    source,
    contextValue: { ...app.services, db: counted.db, viewer, loaders: new Map() },
  });
  expect(errors ?? []).toEqual([]);
  answer = data;
  return counted.statements.map(shapeOf);
}

/** A statement without its numbers: with a list of one or of five it is the same. */
function shapeOf(text: string): string {
  return text
    .replaceAll(/\$\d+/g, '$')
    .replaceAll(/\$(, \$)+/g, '$')
    .replaceAll(/\s+/g, ' ');
}

type Surplus = { text: string; few: number; many: number };

/** What the longer of two logs has more of, each with how often. */
function surplus(short: readonly string[], long: readonly string[]): Surplus[] {
  const times = (log: readonly string[], text: string) => log.filter((one) => one === text).length;
  return [...new Set(long)]
    .map((text) => ({ text, few: times(short, text), many: times(long, text) }))
    .filter((one) => one.many > one.few);
}

const types = Object.values(api.getTypeMap())
  .filter(isObjectType)
  .filter((type) => !/^(__|Mutation|Subscription)|(Payload|Edge|Connection)$/.test(type.name));
const isNode = (type: GraphQLObjectType) => type.getInterfaces().some(({ name }) => name === 'Node');
const nodeTypes = types.filter(isNode).map(({ name }) => name);

/** Every list and connection that can be asked for, by the type that it is a field of. */
const lists = types.flatMap((type) =>
  Object.values(type.getFields()).flatMap((field) => {
    const item = getNamedType(field.type);
    const isPage = item.name.endsWith('Connection');
    const isList = isListType(getNullableType(field.type)) && isCompositeType(item);
    return isPage || isList ? [{ name: `${type.name}.${field.name}`, type: type.name, field, isPage }] : [];
  }),
);

/** Things of these types are not to be had by their id, and why nothing is missed. */
const notById: Readonly<Record<string, string>> = {
  Invitation: 'stands in lists only; they are counted with their accounts',
};

describe('of five things as of one', () => {
  test('there are things of every type that has an id, but for those that stand here', () => {
    const missing = nodeTypes.filter((name) => (ids[name] ?? []).length < many);
    expect(missing).toEqual(Object.keys(notById));
  });

  test.each(nodeTypes.filter((name) => !(name in notById)))('%s, with all that hangs on it', async (name) => {
    const selection = everythingOf(typeOf(name), 2);
    expect((await ofFewAndMany(name, selection))[0].length).toBeGreaterThan(0);
    expect(surplus(...(await ofFewAndMany(name, selection)))).toEqual([]);
  });
});

/** Pages that cannot be filled here, and where they are counted instead. */
const notFilled: Readonly<Record<string, string>> = {
  'TaskInput.submissions': 'the same page as Task.submissions, of one input',
};
/** What a page must be asked with; words that find the projects where nothing stands here. */
const wanted: Readonly<Record<string, () => Record<string, string>>> = {
  // The Monday of the week in which the clock of the tests stands; all that is late lies in it.
  'Query.workloadTasks': () => ({ personId: admin.personId!, from: '2026-03-09' }),
};
const isById = (type: string) => nodeTypes.includes(type) && !(type in notById);
const pages = lists.filter(({ isPage, type }) => isPage && (type === 'Query' || isById(type)));

describe('of a page of five as of a page of one', () => {
  test.each(pages)('$name', async ({ name, type, field }) => {
    const { nodes } = (getNamedType(field.type) as GraphQLObjectType).getFields();
    const item = everythingOf(getNamedType(nodes!.type), 1);
    const size = field.args.find((arg) => arg.name === 'first' || arg.name === 'last')!.name;
    const needed = field.args
      .filter((arg) => isRequiredArgument(arg) || arg.name in (wanted[name]?.() ?? {}))
      .map((arg) => `${arg.name}: "${wanted[name]?.()[arg.name] ?? 'Integration'}"`);
    const ask = (count: number) => {
      const page = `page: ${field.name}(${[...needed, `${size}: ${count}`].join(', ')}) { nodes ${item} }`;
      const id = longOnes[name] ?? ids[type]?.[0];
      return type === 'Query' ? `{ ${page} }` : `{ page: node(id: "${id}") { ... on ${type} { ${page} } } }`;
    };
    const both = async (): Promise<[string[], string[]]> => [
      await statementsOf(ask(few)),
      await statementsOf(ask(many)),
    ];
    await both();
    expect({ isFilled: lengthOfPage(answer) > few }).toEqual({ isFilled: !(name in notFilled) });
    // A page holds things of several kinds, each with statements of its own; what is asked of each thing is asked oftener.
    expect(surplus(...(await both())).filter((one) => one.many > 2)).toEqual([]);
  });
});

test('every list is of a thing that is counted here, or stands above', () => {
  const counted = (one: (typeof lists)[number]) => one.isPage || isById(one.type);
  const known = Object.values(elsewhere).flat();
  expect(
    lists
      .filter((one) => !counted(one))
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...known].sort());
});

function typeOf(name: string): GraphQLObjectType {
  return api.getType(name) as GraphQLObjectType;
}

/** The statements for one thing of a type and for five, asked for the same. */
async function ofFewAndMany(type: string, selection: string): Promise<[short: string[], long: string[]]> {
  const ask = (count: number) => {
    const some = (ids[type] ?? []).slice(0, count);
    return `{ ${some.map((id, at) => `n${at}: node(id: "${id}") { ... on ${type} ${selection} }`).join(' ')} }`;
  };
  return [await statementsOf(ask(few)), await statementsOf(ask(many))];
}

// biome-ignore lint/suspicious/noExplicitAny: an answer to whatever the walk asked
type Answer = any;
let answer: Answer;
function lengthOfPage(of: Answer): number {
  const page = of.page.page ?? of.page;
  return page.nodes?.length ?? Object.keys(page).length;
}

const key = () => crypto.randomUUID();
let admin: Session;

/** Which thing has enough for a page, where the first of its type has not. */
const longOnes: Record<string, string> = {};

/** A conversation long enough for a page, on a task of its own: what ends the logs of the others is of all kinds. */
async function talkAtLength(projectId: string): Promise<void> {
  const source = `{ node(id: "${projectId}") { ... on Project { tasks { id } } } }`;
  const { node } = await admin.ask<{ node: { tasks: { id: string }[] } }>(source);
  const taskId = node.tasks.at(-1)!.id;
  const say = async (parentId: string | null, text: string) => {
    const input = { taskId, parentId, text, audience: 'SHARED', idempotencyKey: key() };
    const said = await done<{ comment: { id: string } }>(
      admin,
      'commentAdd',
      'CommentAddInput',
      { input },
      'comment { id }',
    );
    return said.comment.id;
  };
  const first = await say(null, 'First');
  for (let i = 0; i < many; i++) {
    await say(null, `Said ${i}`);
    await say(first, `Answered ${i}`);
  }
  Object.assign(longOnes, { 'Task.comments': taskId, 'Comment.replies': first });
}

/** Something in the inbox of the admin, who is named by the PM. */
/** A stage with a touchpoint that hurts. */
async function drawOne(journeyId: string): Promise<void> {
  const [stageId, touchpointId] = [uuidv7(), uuidv7()];
  const part = { revision: 0, rank: 1, name: 'Part' };
  const touchpoint = { ...part, id: touchpointId, stageId, departmentIds: [], channel: '', tasks: [], tools: [] };
  const pain = { id: uuidv7(), revision: 0, rank: 1, touchpointId, text: 'It hurts', severity: 1 };
  const stages = [{ ...part, id: stageId }];
  const input = { stages, touchpoints: [touchpoint], painPoints: [pain], idempotencyKey: key() };
  await done(admin, 'journeyEdit', 'JourneyEditInput', { id: journeyId, input }, 'position');
}

async function tellAdmin(taskId: string): Promise<void> {
  const pm = await app.signIn(app.world.pm);
  const input = { taskId, text: `For @[${admin.personId}]`, audience: 'INTERNAL', idempotencyKey: key() };
  await done(pm, 'commentAdd', 'CommentAddInput', { input }, 'position');
}

/** Five of everything, each with as much on it as the next. */
async function seed(): Promise<Record<string, string[]>> {
  const { world } = app;
  admin = await app.signIn(world.staff.find(({ role }) => role === 'ADMIN')!);
  const seeded: Furnished[] = [];
  const made: Record<string, string[]> = {
    Account: [],
    Template: [],
    TemplateVersion: [],
    SavedView: [],
    ApiToken: [],
    Journey: [],
  };
  for (let i = 0; i < many; i++) {
    const newAccount = { name: `Shop ${i}`, website: `https://shop${i}.example`, timeZone: 'Europe/Prague' };
    const input = {
      newAccount,
      pmId: world.pm.id,
      name: `Integration ${i}`,
      platform: 'SHOPIFY',
      products: ['SEARCH'],
      templateKeys: ['searchShopify'],
      signedOn: '2026-03-02',
      idempotencyKey: key(),
    };
    const { project } = await done<{ project: { id: string; account: { id: string } } }>(
      admin,
      'projectCreate',
      'ProjectCreateInput',
      { input },
      'project { id account { id } }',
    );
    if (i === 0) await talkAtLength(project.id);
    const furnished = await furnish(app, admin, project.id, 'own');
    seeded.push(furnished);
    await promiseAtLength(app, furnished.ids, admin.personId!, many);
    await tellAdmin(furnished.ids.task);
    made.Account?.push(project.account.id);
    const template = { name: `Road ${i}`, platform: 'SHOPIFY', products: ['SEARCH'], idempotencyKey: key() };
    const answer = await done<{ template: { id: string; draft: { id: string } } }>(
      admin,
      'templateCreate',
      'TemplateCreateInput',
      { input: template },
      'template { id draft { id } }',
    );
    made.Template?.push(answer.template.id);
    made.TemplateVersion?.push(answer.template.draft.id);
    const { journey } = await done<{ journey: { id: string } }>(
      admin,
      'journeyCreate',
      'JourneyCreateInput',
      { input: { name: `Map ${i}`, idempotencyKey: key() } },
      'journey { id }',
    );
    made.Journey?.push(journey.id);
    await drawOne(journey.id);
    const definition = { filter: {}, sort: { by: 'CLIENT', direction: 'ASCENDING' }, columns: ['HEALTH'] };
    const { savedView } = await done<{ savedView: { id: string } }>(
      admin,
      'savedViewCreate',
      'SavedViewCreateInput',
      { input: { name: `View ${i}`, isShared: true, definition, idempotencyKey: key() } },
      'savedView { id }',
    );
    made.SavedView?.push(savedView.id);
    const { token } = await done<{ token: { id: string } }>(
      admin,
      'tokenCreate',
      'TokenCreateInput',
      { input: { name: `Token ${i}`, scopes: ['PROJECTS_READ'], projectIds: [project.id], idempotencyKey: key() } },
      'token { id }',
    );
    made.ApiToken?.push(token.id);
    const invited = { email: `invited${i}@shop.example`, name: `Invited ${i}`, role: 'CLIENT_MEMBER' };
    const invitation = { ...invited, accountId: project.account.id, idempotencyKey: key() };
    await done(admin, 'personInvite', 'PersonInviteInput', { input: invitation }, 'position');
  }
  // Work of the admin's own, all of it due in the week in which the clock stands.
  const { tasks } = schema;
  await app.services.db
    .update(tasks)
    .set({ assigneeId: admin.personId!, dueOn: '2026-03-11' })
    .where(and(eq(tasks.side, 'COMPANY'), eq(tasks.state, 'NOT_READY')));
  const of = (noun: keyof Furnished['ids']) => seeded.map((one) => one.ids[noun]);
  return {
    ...made,
    Project: of('project'),
    Phase: of('phase'),
    Task: of('task'),
    TaskInput: seeded.map(({ inputs }) => inputs.FORM),
    Submission: of('submission'),
    Meeting: of('meeting'),
    Comment: of('comment'),
    Note: of('note'),
    InboxItem: (await app.services.db.query.inboxItems.findMany())
      .filter((item) => item.personId === admin.personId && item.reason === 'MENTIONED')
      .map((item) => item.id),
    File: of('file'),
    Person: world.clients.flatMap(({ people }) => people.map(({ id }) => id)).slice(0, many),
  };
}
