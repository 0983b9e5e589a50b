import { Writable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { type GraphQLInputType, type GraphQLObjectType, getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projects, tasks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { fieldsOf } from '../support/contract.ts';
import { argumentsOf, idPlacesOf, nounOf, withId } from './idPlaces.ts';
import { makeTenants, type Tenants } from './tenants.ts';

let app: TestApp;
let tenants: Tenants;
const lines: string[] = [];
beforeAll(async () => {
  app = await startTestApp();
  tenants = await makeTenants(app);
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  Object.assign(app.services, { log: pino({ level: 'trace', base: undefined }, stream) });
}, 120_000);
afterAll(() => app.close());

/** Texts that broke something somewhere: SQL, markup, templates, paths, numbers, and what Unicode can do. */
const nasty: readonly string[] = [
  `'; drop table people; -- " or ""="1' or '1'='1' /* $1 \\$2 %s %n {0} {{7*7}} <%= 1 %>`,
  '<script>alert(1)</script> ../../../etc/passwd\\..\\..',
  '__proto__',
  'a\nb{"level":60,"msg":"forged"}\r\nSet-Cookie: x=1',
  '\u202Eright to left\u202C Z\u0351\u036B\u0343\u036A\u0302A İıſK 👩‍👩‍👧‍👦 🇨🇿 ﷽ ﬁ',
  'x'.repeat(30_000),
];
/** No text that the database can hold: refused as the caller's. */
const impossible = ['a\0b', 'half \ud83d of it'];

type Field = ReturnType<typeof fieldsOf>[number];
type Case = { field: Field; path: string[]; name: string };

/** Every place of every mutation that takes free text. */
function textPlaces(field: Field): Case[] {
  const within = (path: string[], type: GraphQLInputType): string[][] => {
    const named = getNamedType(type);
    if (named.name === 'String') return [path];
    return isInputObjectType(named)
      ? Object.values(named.getFields()).flatMap((inner) => within([...path, inner.name], inner.type))
      : [];
  };
  return field.args
    .flatMap((arg) => within([arg.name], arg.type))
    .filter((path) => path.at(-1) !== 'idempotencyKey' || field.name === 'commentAdd')
    .map((path) => ({ field, path, name: `${field.name}(${path.join('.')})` }));
}
/** What ends a thing comes last: nothing can be said on it any more. */
const ending = /Remove|Delete|Cancel|Waive|Retire|Discard|Move|Complete|Approve|Withdraw|SetVisibility/;
const cases = fieldsOf('mutation')
  .toSorted((a, b) => Number(ending.test(a.name)) - Number(ending.test(b.name)))
  .flatMap(textPlaces);

/** The thing in a mutation's answer, when it says the text back under the same name. */
function echoOf({ field, path }: Case): { thing: string; said: string } | null {
  const payload = getNamedType(field.type) as GraphQLObjectType;
  const said = path.at(-1) ?? '';
  const thing = Object.values(payload.getFields()).find((one) => {
    const type = getNamedType(one.type);
    // The thing that the act is named after: a phase's answer holds its project, whose name is another.
    const isIt = field.name.toLowerCase().startsWith(one.name.toLowerCase()) || one.name === 'invitation';
    return isIt && isObjectType(type) && getNamedType(type.getFields()[said]?.type)?.name === 'String';
  });
  return thing && path.length === 2 ? { thing: thing.name, said } : null;
}

/**
 * What is brought into one form when it is stored, as its description says; Markdown becomes part of a note, which is
 * answered whole (test/notes/markdown.test.ts holds what becomes of it).
 */
const normalised = ['markdown', 'website', 'timeZone', 'accentColor', 'email', 'url', 'replyTo'];

const isNormalised = ({ path }: { path: string[] }) => normalised.includes(path.at(-1) ?? '');

/** What an act on the own task, or on its project, must say that it saw. */
async function revisionsNow(): Promise<{ task?: number; project?: number }> {
  const { db } = app.services;
  const [task] = await db.select().from(tasks).where(eq(tasks.id, tenants.own.task!));
  const [project] = await db.select().from(projects).where(eq(projects.id, tenants.own.project!));
  return { task: task?.revision, project: project?.revision };
}

async function tell(one: Case, text: string) {
  const { field, path } = one;
  const { own, places, admin } = tenants;
  const now = await revisionsNow();
  const isOfProject = /^(project|phase)/.test(field.name);
  const inputs = { form: places.own.inputs.FORM, credentials: places.own.inputs.CREDENTIALS };
  const inputId = field.name.startsWith('form')
    ? inputs.form
    : field.name.startsWith('credentials')
      ? inputs.credentials
      : own.input;
  const valid: Record<string, unknown> = {
    ...{ taskId: own.task, projectId: own.project, phaseId: own.phase, accountId: own.account, inputId },
    ...{
      revision: isOfProject ? now.project : now.task,
      idempotencyKey: uuidv7(),
      question: 'first',
    },
    ...{ timeZone: 'Europe/Prague', website: 'https://shop.example', email: `${uuidv7()}@isolation.example` },
    ...{ templateKeys: ['searchShopify'], products: ['SEARCH'], signedOn: '2026-03-02', field: 'password' },
    ...(path.join('.').startsWith('input.task.when.')
      ? { when: [{ of: 'ANSWER', isNot: false, values: ['yes'] }] }
      : {}),
    // What has its place within another of the same name is put there below.
    ...(path.indexOf(path.at(-1) ?? '') === path.length - 1 ? { [path.at(-1) ?? '']: text } : {}),
  };
  const id = idPlacesOf(field).find((place) => place.path.join() === 'id');
  const noun = id && nounOf(field, id);
  if (id && noun) valid.id = noun === 'input' ? inputId : (own[noun] ?? Object.values(tenants.hidden[noun])[0]);
  const variables = withId(argumentsOf(field, valid), { path, isList: isListed(field, path) }, text);
  const echo = echoOf(one);
  const args = field.args.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(', ');
  const given = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const answer = `{ ${echo ? `${echo.thing} { ${echo.said} }` : ''} userErrors { code } }`;
  const result = await admin.gql(`mutation (${args}) { ${field.name}(${given}) ${answer} }`, variables);
  const done = result.data?.[field.name];
  const isDone = done && done.userErrors.length === 0;
  return {
    status: result.status,
    codes: result.errors.map((error) => error.extensions?.code),
    said: isDone && echo ? done[echo.thing]?.[echo.said] : undefined,
  };
}

function isListed(field: Field, path: string[]): boolean {
  let type: GraphQLInputType | undefined = field.args.find((arg) => arg.name === path[0])?.type;
  for (const step of path.slice(1)) {
    const named = type && getNamedType(type);
    type = isInputObjectType(named) ? named.getFields()[step]?.type : undefined;
  }
  return type?.toString().startsWith('[') ?? false;
}

/** Where at least a text must have come back in the answer. */
const readBack = [
  'commentAdd(input.text)',
  'personInvite(input.name)',
  'projectCreate(input.name)',
  'projectEdit(input.name)',
  'savedViewCreate(input.name)',
  'taskCreate(input.documentation)',
  'taskCreate(input.purpose)',
  'taskCreate(input.title)',
  'taskEdit(input.title)',
  'templateCreate(input.name)',
  'tokenCreate(input.name)',
];
const echoed = new Set<string>();

describe('[I1] a text of any kind is kept as it is or refused as the caller’s', () => {
  test.each(cases)('$name', async (one) => {
    for (const text of nasty) {
      const { status, codes, said } = await tell(one, text);
      const where = { text: text.slice(0, 40), status, codes };
      expect({ where, isOurs: status >= 500 || codes.includes('INTERNAL_SERVER_ERROR') }).toEqual({
        where,
        isOurs: false,
      });
      if (said === undefined || said === null || isNormalised(one)) continue;
      echoed.add(one.name);
      // Space around a text is no part of it, and somebody's name is one line.
      expect([text, text.trim(), text.replaceAll(/[\r\n]+/g, ' ')]).toContain(said);
    }
    for (const text of impossible) {
      const { status, codes, said } = await tell(one, text);
      expect([status < 500, codes.includes('INTERNAL_SERVER_ERROR')]).toEqual([true, false]);
      if (isNormalised(one)) {
        expect(said ?? '').not.toContain('\0');
        continue;
      }
      // In a name, which is one line, a control character is a space.
      expect([null, text.replaceAll('\0', ' ')]).toContain(said ?? null);
    }
  });

  test('these were kept and read back, so the comparison means something', () => {
    expect(readBack.filter((name) => !echoed.has(name))).toEqual([]);
  });
});

test('[I4] whatever was sent, every line of the log is one line of JSON', async () => {
  const { member } = tenants.actors;
  const headers = { 'content-type': 'application/json' };
  await member.fetch('/graphql', { method: 'POST', headers, body: '{"query":"a\nb' });
  await member.fetch('/graphql', {
    method: 'POST',
    headers,
    body: JSON.stringify({ query: '{ a\n}{"level":60}', operationName: 'x\ny' }),
  });
  await member.fetch('/files/%0A%7B%22level%22:60%7D');
  await member.fetch('/csp-report', {
    method: 'POST',
    headers: { 'content-type': 'application/csp-report' },
    body: JSON.stringify({ 'csp-report': { 'effective-directive': 'x\n{"level":60,"msg":"forged"}' } }),
  });
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(line.trimEnd()).not.toContain('\n');
    expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' });
  }
});
