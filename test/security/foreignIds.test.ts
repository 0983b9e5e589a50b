import { eq } from 'drizzle-orm';
import { getNamedType, isObjectType } from 'graphql';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projects, tasks, templates } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { callOf, contract, fieldsOf, shapeOf } from '../support/contract.ts';
import { canariesIn, type Session } from '../support/session.ts';
import { contentOf } from '../support/tables.ts';
import { argumentsOf, type IdPlace, idPlacesOf, nounOf, type Valid, withId } from './idPlaces.ts';
import { type PartList, partFor, partNouns } from './mapParts.ts';
import { type Actors, makeTenants, nouns, type Tenants } from './tenants.ts';
import { everythingOf } from './walk.ts';

let app: TestApp;
let tenants: Tenants;
/** A template that projects begin with; the tenants' own is a draft. */
let published: string;
beforeAll(async () => {
  app = await startTestApp();
  tenants = await makeTenants(app);
  const [template] = await app.services.db
    .select({ id: templates.id })
    .from(templates)
    .where(eq(templates.key, 'searchShopify'));
  published = template!.id;
}, 120_000);
afterAll(() => app.close());

type Kind = 'query' | 'mutation' | 'subscription';
const placesOf = (kind: Kind) =>
  fieldsOf(kind).flatMap((field) =>
    idPlacesOf(field).map((place) => ({ kind, field, place, name: `${field.name}(${place.path.join('.')})` })),
  );
const queries = placesOf('query').filter(({ field }) => field.name !== 'node');
const mutations = placesOf('mutation');
const subscriptions = placesOf('subscription');
type Case = (typeof queries)[number];

/** Ids that no row ever had, and texts that no id can be. */
const missing = uuidv7();
const impossible = ['', 'not-an-id', '0', '00000000-0000-0000-0000-000000000000', `${missing} or 1=1`, '%', '\u0000'];

/** Values for the arguments that have no valid one by their type alone; ids are the actors' own. */
async function validFor({ field }: Case): Promise<Valid> {
  const { own } = tenants;
  const [table, id] = /^(project|phase)/.test(field.name)
    ? ([projects, own.project] as const)
    : ([tasks, own.task] as const);
  const [row] = await app.services.db
    .select({ revision: table.revision })
    .from(table)
    .where(eq(table.id, id ?? missing));
  return {
    revision: row?.revision,
    taskId: own.task,
    projectId: own.project,
    phaseId: own.phase,
    predecessorId: own.otherTask,
    toId: tenants.actors.member.personId,
    throughId: own.comment,
    inputId: own.input,
    accountId: own.account,
    personId: own.person,
    url: 'https://shop.example/',
    email: 'somebody@isolation.example',
    website: 'https://shop.example/',
    timeZone: 'Europe/Prague',
    reason: 'A reason',
    templateKeys: ['searchShopify'],
    products: ['SEARCH'],
    field: 'password',
    question: 'first',
  };
}

const ownId = (field: Case['field'], place: IdPlace) => tenants.own[nounOf(field, place) ?? ''] ?? missing;

/** Where the first input, or the first role, would be refused for a reason of its own. */
function special({ field, place }: Case): Record<string, unknown> {
  const { inputs } = tenants.places.own;
  const last = place.path.at(-1);
  switch (field.name) {
    case 'accountMerge':
      return { fromId: tenants.hidden.account.foreign };
    case 'accountMergePreview':
      return { intoId: tenants.hidden.account.foreign, fromId: tenants.hidden.account.foreign };
    case 'approvalGive':
      return { inputId: inputs.APPROVAL };
    case 'credentialsSubmit':
      return { inputId: inputs.CREDENTIALS };
    case 'firstLookSuggest':
      return { revision: 0, results: 12, synonyms: [], boosts: [] };
    case 'formSubmit':
      return { inputId: inputs.FORM };
    case 'inboxRead':
      // Of three ways to name items one is taken.
      return last === 'ids' ? { taskId: undefined } : {};
    case 'journeyGapDecide':
      return { id: tenants.map.journey, key: `NO_OWNER:${tenants.map.mapItem}`, revision: 0, decision: 'PLANNED' };
    case 'journeyComment':
    case 'journeySign':
      return { id: tenants.map.journey };
    case 'journeyRepresent':
      return { id: tenants.map.journey, departmentId: tenants.map.mapDepartment, personId: app.world.pm.id };
    case 'journeyEdit':
      return { id: tenants.map.journey, ...drawn(place.path[1] ?? '', last === 'id') };
    case 'meetingPropose':
      return { inputId: inputs.MEETING, times: ['2026-04-01T09:00:00Z'], revision: 1 };
    case 'partnerAttach':
    case 'partnerDetach':
      return { id: tenants.own.partner };
    case 'personInvite':
      return last === 'projectIds' ? { role: 'PARTNER', accountId: null } : {};
    case 'projectCreate':
      // Of two ways to name an account one is taken.
      return last === 'accountId' ? {} : { accountId: tenants.own.account };
    case 'workloadTasks':
      // A Monday of the weeks that are told: there is nothing else to ask about.
      return { from: '2026-03-09' };
    default:
      return {};
  }
}

/** A list of a map's parts with one that could be put: a new one, or one that was drawn and not changed since. */
function drawn(list: string, isThere: boolean): Record<string, unknown> {
  if (list === 'removals') return { removals: [{ id: missing, revision: 1 }] };
  if (!(list in partNouns)) return {};
  return { [list]: [{ ...partFor(list as PartList, tenants.map), ...(isThere ? { revision: 1 } : {}) }] };
}

/** Everything valid and of the actor's own, but for the one place that is tried. */
async function variablesOf(one: Case): Promise<(id: string) => Record<string, unknown>> {
  const { field, place } = one;
  const valid: Record<string, unknown> = { ...(await validFor(one)), ...special(one) };
  const first = idPlacesOf(field).find(({ path }) => path.join() === 'id');
  if (first && place.path.join() !== 'id') valid.id ??= ownId(field, first);
  return (id) => withId(argumentsOf(field, { ...valid, idempotencyKey: uuidv7() }), place, id);
}

async function answerOf(session: Session, { kind, field }: Case, variables: Record<string, unknown>): Promise<unknown> {
  // Nobody signed in is refused before any field is; asking for all of them would only spend a stranger's budget.
  const isWhole = kind === 'query' && session !== tenants.actors.removed;
  const document = isWhole ? wholeCall(field) : callOf(kind, field);
  if (kind !== 'subscription') return shapeOf(await session.gql(document, variables));
  const stream = session.subscribe(document, variables);
  return stream
    .next(20_000)
    .then(
      (message) => `answered ${JSON.stringify(message)}`,
      (error: Error) => error.message.replaceAll(/"requestId":"[^"]*"/g, ''),
    )
    .finally(() => stream.stop());
}

/** A query with everything that can be asked of its answer. */
function wholeCall(field: Case['field']): string {
  const variables = field.args.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(', ');
  const given = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  return `query (${variables}) { ${field.name}(${given}) ${everythingOf(getNamedType(field.type), 1)} }`;
}

const actorNames: readonly (keyof Actors)[] = ['member', 'lead', 'partner', 'viewer', 'token', 'removed'];

/** Tries every id that is hidden in this place, as everybody: each answer is that to an id that never was. */
async function tryAll(one: Case): Promise<void> {
  const variables = await variablesOf(one);
  const hidden = tenants.hidden[nounOf(one.field, one.place)!];
  // A token that only reads, somebody who only looks on and somebody who is gone are refused before any id is looked at.
  const names = one.kind === 'mutation' ? actorNames.slice(0, 3) : actorNames;
  await Promise.all(
    names.map(async (name) => {
      const ask = (id: string) => answerOf(tenants.actors[name], one, variables(id));
      const never = await ask(missing);
      for (const [where, id] of Object.entries(hidden)) {
        expect({ name, where, answer: await ask(id) }).toEqual({ name, where, answer: never });
      }
    }),
  );
}

describe('[Z1] the tries are complete by construction', () => {
  test('the schema has queries, mutations and subscriptions that take ids', () => {
    expect([queries.length, mutations.length, subscriptions.length].every((count) => count > 2)).toBe(true);
  });

  test('of every place that takes an id it is known what it is the id of', () => {
    const unknown = [...queries, ...mutations, ...subscriptions].filter(({ field, place }) => !nounOf(field, place));
    expect(unknown.map(({ name }) => name)).toEqual([]);
  });

  test('every noun has an id that is hidden', () => {
    expect(nouns.filter((noun) => Object.values(tenants.hidden[noun] ?? {}).filter(Boolean).length === 0)).toEqual([]);
    for (const ids of Object.values(tenants.hidden))
      for (const id of Object.values(ids)) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('below the roots no field takes an id', () => {
    const roots = ['Query', 'Mutation', 'Subscription'];
    const types = Object.values(contract().getTypeMap()).filter(isObjectType);
    const places = types
      .filter((type) => !roots.includes(type.name) && !type.name.startsWith('__'))
      .flatMap((type) =>
        Object.values(type.getFields()).flatMap((field) =>
          idPlacesOf(field).map(({ path }) => `${type.name}.${field.name}(${path.join('.')})`),
        ),
      );
    expect(places).toEqual([]);
  });
});

describe('[Z1] an id that is not theirs answers as one that never existed, to every actor', () => {
  test.each(queries)('query $name', tryAll);
  test.each(subscriptions)('subscription $name', tryAll);

  test.each(queries)('query $name, with what no id can be', async (one) => {
    const variables = await variablesOf(one);
    const ask = (id: string) => answerOf(tenants.actors.member, one, variables(id));
    const never = await ask(missing);
    for (const id of impossible) expect({ id, answer: await ask(id) }).toEqual({ id, answer: never });
  });

  test('node(id), of every noun', async () => {
    const text = 'query ($id: ID!) { node(id: $id) { __typename id } }';
    const wrong: unknown[] = [];
    for (const name of actorNames) {
      const ask = async (id: string) => shapeOf(await tenants.actors[name].gql(text, { id }));
      const never = JSON.stringify(await ask(missing));
      for (const [noun, ids] of Object.entries(tenants.hidden)) {
        for (const [where, id] of Object.entries(ids)) {
          const answer = JSON.stringify(await ask(id));
          if (answer !== never) wrong.push({ name, noun, where, answer });
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('[Z2] one foreign id among valid ones is refused whole, as a missing one', () => {
  test.each(mutations)('mutation $name', async (one) => {
    const before = await contentOf(app.services.db);
    await tryAll(one);
    const variables = await variablesOf(one);
    const ask = (id: string) => answerOf(tenants.actors.member, one, variables(id));
    const never = await ask(missing);
    for (const id of impossible) expect({ id, answer: await ask(id) }).toEqual({ id, answer: never });
    expect(await contentOf(app.services.db)).toEqual(before);
  });
});

test('[Z1] of all rows there are, node(id) gives a client those of their own account and the staff’s names only', async () => {
  const { db } = app.services;
  const mine = app.world.clients[0]!;
  const member = tenants.actors.member;
  const rows = {
    Project: await db.query.projects.findMany(),
    Phase: await db.query.phases.findMany(),
    Task: await db.query.tasks.findMany(),
    Comment: await db.query.comments.findMany(),
    Submission: await db.query.submissions.findMany(),
    File: await db.query.files.findMany(),
    Note: await db.query.notes.findMany(),
    Account: await db.query.accounts.findMany(),
  };
  const internalTasks = rows.Task.filter((task) => task.visibility === 'INTERNAL').map((task) => task.id);
  const internalComments = rows.Comment.filter((comment) => comment.audience === 'INTERNAL').map(({ id }) => id);
  const isHidden = (row: Record<string, unknown>) =>
    row.audience === 'INTERNAL' ||
    row.visibility === 'INTERNAL' ||
    internalTasks.includes(String(row.taskId)) ||
    internalComments.includes(String(row.commentId));
  const isMine = (type: string, row: Record<string, unknown>) => {
    if (type === 'Account') return row.id === mine.account.id;
    return (type === 'Project' ? row.id : row.projectId) === mine.project.id && !isHidden(row);
  };
  const wrong: string[] = [];
  for (const [type, all] of Object.entries(rows)) {
    expect(all.length).toBeGreaterThan(0);
    for (let at = 0; at < all.length; at += 20) {
      const some = all.slice(at, at + 20);
      const text = `{ ${some.map((row, index) => `n${index}: node(id: "${row.id}") { __typename id }`).join(' ')} }`;
      const { data } = await member.gql(text);
      for (const [index, row] of some.entries()) {
        const wanted = isMine(type, row) ? { __typename: type, id: row.id } : null;
        if (JSON.stringify(data?.[`n${index}`]) !== JSON.stringify(wanted))
          wrong.push(`${type} ${row.id}: ${JSON.stringify(data?.[`n${index}`])}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('[Z1] in nothing that anybody was answered here is a word of what they may not know', () => {
  const { places, inside, actors } = tenants;
  const said = [places.foreign, places.internal, places.draft].flatMap(({ canaries }) => Object.values(canaries));
  for (const name of actorNames) {
    expect([name, canariesIn(actors[name].bytesSeen(), [...said, ...Object.values(inside)])]).toEqual([name, []]);
  }
});

test('[Z1] a stranger learns nothing from any id', async () => {
  const stranger = app.anonymous();
  for (const one of queries) {
    const variables = await variablesOf(one);
    const ask = async (id: string) => shapeOf(await stranger.gql(callOf('query', one.field), variables(id)));
    const never = await ask(missing);
    const ids = [...Object.values(tenants.hidden[nounOf(one.field, one.place)!]), tenants.own.task!];
    for (const id of ids) expect(await ask(id)).toEqual(never);
  }
});

/** Where nobody is answered otherwise, and why that is right. */
const sameAnyway: Readonly<Record<string, string>> = {
  'projectPlan(input.accountId)': 'the plan says the same for an account without a project of these products',
  'repairPreview(input.submissionId)':
    'this submission is of an address, which nothing checks: reports.test.ts has a file',
  'templateUpdate(projectId)': 'nothing newer is published: update.test.ts has such a template',
  'templateUpdate(templateId)': 'nothing newer is published: update.test.ts has such a template',
  'approvalGive(input.ofSubmissionId)': 'this approval is of a text, not of a submission',
  'projectTemplateUpdate(input.templateId)': 'nothing newer is published: update.test.ts has such a template',
  'projectTemplateUpdateUndo(input.templateId)': 'no update was taken over: undo.test.ts has such a project',
  'savedViewCreate(input.definition.filter.pmIds)': 'kept as a filter, which finds what its reader may find',
  'savedViewUpdate(input.definition.filter.pmIds)': 'kept as a filter, which finds what its reader may find',
  'taskRequestChanges(input.inputIds)': 'this task still waits for other inputs, and is not to be reviewed',
};

test('[Z2] the tries mean something: with an id that is there, whoever may is answered otherwise than with a missing one', async () => {
  const isFirst = ({ place }: Case) => place.path.join() === 'id';
  const cases = [...queries, ...mutations];
  const { admin, actors } = tenants;
  const same: string[] = [];
  // What is done to the thing itself comes last, to things that nothing else is tried with.
  for (const one of [...cases.filter((some) => !isFirst(some)), ...cases.filter(isFirst)]) {
    const variables = await variablesOf(one);
    const ask = async (who: Session, id: string) => JSON.stringify(await answerOf(who, one, variables(id)));
    const differs: boolean[] = [];
    for (const who of [admin, actors.lead, actors.member]) {
      differs.push((await ask(who, missing)) !== (await ask(who, thereFor(one, isFirst(one)))));
      if (one.field.name === 'viewAsStart') await who.gql('mutation { viewAsEnd { position } }');
    }
    if (!differs.includes(true)) same.push(one.name);
  }
  expect(same).toEqual(Object.keys(sameAnyway));
});

/** An id that is there, of the noun that this place takes. */
/** The argument's name, with its act's where it means somebody else there. */
function nameIn({ field, place }: Case): string {
  const name = place.path.at(-1) ?? '';
  return field.name === 'journeyRepresent' ? `${field.name} ${name}` : name;
}

function thereFor(one: Case, isFirst: boolean): string {
  const { own, hidden } = tenants;
  const noun = nounOf(one.field, one.place)!;
  if (one.field.name === 'sessionEnd') return own.session!;
  if (one.name === 'journeyCreate(input.templateId)') return published;
  if (one.field.name === 'commentAdd' && noun === 'file') return own.freeFile!;
  if (noun === 'person' && /^(pmIds?|ownerId|journeyRepresent personId)$/.test(nameIn(one)))
    return app.world.staff.find(({ id }) => id !== app.world.pm.id)!.id;
  if (one.field.name.startsWith('partner') && noun === 'person') return hidden.person.partner!;
  // Clients have no workload.
  if (one.field.name === 'workloadTasks') return app.world.pm.id;
  const elsewhere = Object.values(hidden[noun])[0]!;
  return isFirst ? elsewhere : (own[noun] ?? elsewhere);
}
