import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentMemory } from '../../server/platform/graphql/limits.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;

beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
});
afterAll(() => app.close());

/** task -> project -> tasks -> project ...: the cycle that the schema really has. */
function cycle(depth: number): string {
  const levels = Array.from({ length: depth }, (_, i) => (i % 2 === 0 ? 'project' : 'nextStep'));
  return `{ task(id: "${app.world.clients[0]!.tasks[0]!.id}") { ${levels.map((name) => `${name} { `).join('')} id ${'}'.repeat(depth)} } }`;
}

const repeated = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');
const hostile: [string, () => string][] = [
  ['[G1] 25 levels of a real cycle', () => cycle(25)],
  ['[G1] 25 levels hidden in fragments', () => hiddenCycle(25)],
  ['[G1] a cycle through lists, whose lengths multiply', () => listCycle(3)],
  ['[G1] a cycle through lists, hidden in inline fragments', () => listCycle(3, '... on Task {')],
  [
    '[G2] 200 root fields in a fragment',
    () => `{ ...A } fragment A on Query { ${repeated(200, (i) => `a${i}: company { name }`)} }`,
  ],
  ['[G2] 1,000 aliases', () => `{ ${repeated(1_000, (i) => `a${i}: company { name }`)} }`],
  ['[G2] 10,000 equal fields', () => `{ ${repeated(10_000, () => 'company { name }')} }`],
  ['[G4] a circle of fragments', () => '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
  ['[G4] 25 levels of doubling fragments', doubling],
  ['[G5] 2^14 inline fragments', () => `{ company { ${repeated(2 ** 14, () => '... { name }')} } }`],
  ['[G6] 5,000 directives', () => `{ company { name ${repeated(5_000, () => '@include(if: true)')} } }`],
  ['[G5] 300 fields of one name, each with as many below', overlapping],
  ['[G6] 5,000 variables', () => `query (${repeated(5_000, (i) => `$v${i}: Int`)}) { company { name } }`],
  ['[G7] 100 of 100 of 100', nestedPages],
  ['[G6] 2,000 operations', () => repeated(2_000, (i) => `query Q${i} { company { name } }`)],
];

/** What the rule that compares fields of one name pairwise likes least: all of one name, all with selections of their own. */
function overlapping(): string {
  const tasks = repeated(30, () => 'x: tasks { y: project { x: tasks { y: project { id } } } }');
  return `{ projects(first: 100) { nodes { ${tasks} } } }`;
}

function nestedPages(): string {
  return `{ projects(first: 100) { nodes { tasks { comments(last: 100) { nodes { id
    task { submissions(first: 100) { nodes { id } } } } } } } } }`;
}

/** project -> tasks -> project -> tasks ...: three times around is 40 * 40 * 40 things. */
function listCycle(times: number, wrapper = '... {'): string {
  const id = app.world.clients[0]!.project.id;
  return `{ project(id: "${id}") { ${`tasks { ${wrapper} project { `.repeat(times)} id ${'}'.repeat(3 * times)} } }`;
}

function hiddenCycle(depth: number): string {
  const fragments = repeated(
    depth,
    (i) => `fragment F${i} on Task { project { nextStep { ${i + 1 < depth ? `...F${i + 1}` : 'id'} } } }`,
  );
  return `{ task(id: "${app.world.clients[0]!.tasks[0]!.id}") { ...F0 } } ${fragments}`;
}

function doubling(): string {
  const levels = repeated(24, (i) => `fragment D${i} on Query { ...D${i + 1} ...D${i + 1} }`);
  return `{ ...D0 } ${levels} fragment D24 on Query { company { name } }`;
}

const refusals = /TOO_COMPLEX|BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED/;

describe('a document that asks for too much is refused before anything runs', () => {
  test.each(hostile)('%s, over HTTP', async (_, make) => {
    const started = performance.now();
    const { status, data, errors } = await pm.gql(make());
    expect(performance.now() - started).toBeLessThan(1_500);
    expect([status, data]).toEqual([400, null]);
    expect(errors[0]?.extensions?.code).toMatch(refusals);
  });

  test.each(hostile)('[G8] %s, over graphql-ws', async (_, make) => {
    const stream = pm.subscribe(make());
    await expect(stream.next()).rejects.toThrow(refusals);
  });

  test('one such document holds nobody else up', async () => {
    const slow = pm.gql(hostile.find(([name]) => name.includes('2^14'))![1]());
    const started = performance.now();
    await app.anonymous().gql('{ company { name } }');
    expect(performance.now() - started).toBeLessThan(1_000);
    await slow;
  });

  test('what the app itself asks for is within the limits', async () => {
    const { data, errors } = await pm.gql(cycle(4));
    expect(errors).toEqual([]);
    expect(data?.task).not.toBeNull();
  });
});

describe('[G7] a page size counts wherever it is written', () => {
  const nested = 'projects(first: $n) { nodes { tasks { comments(last: $n) { nodes { id author { name } } } } } }';

  test('as the default of a variable', async () => {
    const { status, errors } = await pm.gql(`query ($n: Int = 100) { ${nested} }`);
    expect([status, errors[0]?.extensions?.code]).toEqual([400, 'TOO_COMPLEX']);
  });

  test('in the address of a GET', async () => {
    const asked = new URLSearchParams({ query: `query ($n: Int) { ${nested} }`, variables: '{"n":100}' });
    const response = await pm.fetch(`/graphql?${asked}`, { headers: { 'apollo-require-preflight': '1' } });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('TOO_COMPLEX')]);
  });
});

test('[G12] parsed documents are remembered up to so much text, the newest ones', () => {
  const memory = documentMemory(50);
  const documents = ['{ company { name } } #1', '{ company { name } } #2', '{ company { name } } #3'];
  for (const text of [...documents, ...documents]) memory.set(text, parse(text));
  expect(documents.map((text) => memory.get(text) !== undefined)).toEqual([false, true, true]);
});

describe('[G3] batches are off', () => {
  test('an array of 100 operations is refused and runs nothing', async () => {
    const body = JSON.stringify(Array.from({ length: 100 }, () => ({ query: '{ company { name } }' })));
    const response = await pm.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('"data":{');
  });
});

describe('malformed requests', () => {
  const post = (body: string, type = 'application/json') =>
    pm.fetch('/graphql', { method: 'POST', headers: { 'content-type': type }, body });

  test.each([
    ['not JSON', '{"query":'],
    ['no query', '{}'],
    ['a query that is no text', '{"query":7}'],
    ['an unfinished query', '{"query":"{ company {"}'],
    ['an unknown field', '{"query":"{ secrets }"}'],
    ['variables that are no object', '{"query":"{ company { name } }","variables":"x"}'],
  ])('%s answers 400 in JSON with a code, and no path or stack', async (_, body) => {
    const response = await post(body);
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('json');
    expect(text).not.toMatch(/node_modules|\.ts:\d|at .*\(|SELECT |select "/);
  });

  test('the process answers as before', async () => {
    expect((await pm.gql('{ company { name } }')).data?.company.name).toBeTruthy();
  });
});

describe('[G7] pages', () => {
  test.each([0, -1, 101, 2 ** 31 - 1])('first: %i is refused', async (first) => {
    const { data, errors } = await pm.gql('query ($first: Int) { projects(first: $first) { totalCount } }', { first });
    expect(data?.projects ?? null).toBeNull();
    expect(errors[0]?.extensions?.code).toMatch(/BAD_USER_INPUT|TOO_COMPLEX/);
  });
});
