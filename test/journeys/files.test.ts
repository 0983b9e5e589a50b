import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { journeyParts, journeys, people } from '../../drizzle/schema/index.ts';
import { madeBeside } from '../../server/journeys/files/company.ts';
import { fromCsv, toCsv } from '../../server/journeys/files/csv.ts';
import { fromJson, toJson } from '../../server/journeys/files/json.ts';
import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import type { JourneyMap } from '../../server/journeys/map.ts';
import { isCompanyWide, mapOf, type Part, type Put, partKinds } from '../../server/journeys/parts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
});
afterAll(() => app.close());

const nameOfMap = 'Integration as it was';
async function parts(name = nameOfMap): Promise<{ id: string; parts: Part[] }> {
  const [journey] = await app.services.db.select().from(journeys).where(eq(journeys.name, name));
  const rows = await app.services.db.select().from(journeyParts);
  const own = rows
    .filter((row) => row.removedAt === null && (row.journeyId === null || row.journeyId === journey?.id))
    .filter(({ kind }) => (partKinds as readonly string[]).includes(kind));
  return { id: journey!.id, parts: own as unknown as Part[] };
}

/** As a map whose ids are names, so that two of them can be compared. */
function named(map: JourneyMap): object {
  const names = new Map(
    (['stages', 'departments', 'goals', 'touchpoints', 'items', 'systems'] as const).flatMap((list) =>
      map[list].map(({ id, name }) => [id, name] as const),
    ),
  );
  const plain = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(plain);
    if (value === null || typeof value !== 'object') return value;
    const { id: _, votes: __, ...rest } = value as Record<string, unknown>;
    return Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, plain(one)]));
  };
  return plain(map) as object;
}
const asParts = (puts: readonly Put[]) => puts.map((put) => ({ ...put, revision: 1 })) as Part[];
const kindsOf = (map: JourneyMap) => findGaps(map).map(({ kind }) => kind);

describe('a journey as JSON', () => {
  test.each([nameOfMap, 'Integration with Slipway', 'From lead to support'])(
    'comes back as it was: %s',
    async (name) => {
      const before = (await parts(name)).parts;
      const text = toJson(before, name);
      const { parts: back, problems, isRead } = fromJson(text);
      expect([isRead, problems]).toEqual([true, []]);
      expect(toJson(asParts(back), name)).toBe(text);
      // What it does not name of the company stays at home, and finds no gap of its own.
      const own = mapOf(asParts(back));
      const whole = mapOf(before);
      const kept = new Set(own.items.map((item) => item.name));
      const less = { ...whole, items: whole.items.filter((item) => kept.has(item.name)) };
      expect(kindsOf(own)).toEqual(kindsOf(whole));
      const { departments: _, systems: __, links: ___, ...drawn } = named(own) as Record<string, unknown>;
      expect(named(less)).toMatchObject(drawn);
      expect(own.touchpoints.length).toBeGreaterThan(3);
    },
  );

  test('has no id of the company, and nothing that other journeys are about', async () => {
    const { parts: before } = await parts();
    const text = toJson(before, nameOfMap);
    for (const { id } of before) expect(text).not.toContain(id);
    const others = (await parts('From lead to support')).parts;
    const touchpoint = others.find(({ kind }) => kind === 'TOUCHPOINT')!;
    expect(text).not.toContain((touchpoint.body as { name: string }).name);
  });

  const head = { format: 'slipway-journey', version: 1 };
  const stages = [{ id: 1, name: 'Buy' }];
  const told = (file: object) =>
    fromJson(JSON.stringify({ ...head, ...file })).problems.map(({ row, field, code }) => `${row} ${field} ${code}`);
  test.each<[string, object, string[]]>([
    ['a list that is none', { stages: {} }, ['null stages NOT_LIST']],
    ['a field that nobody knows', { stages: [{ id: 1, name: 'Buy', colour: 'red' }] }, ['1 stages.colour NOT_READ']],
    ['a list that nobody knows', { stations: [] }, ['null stations NOT_READ']],
    ['what is no part', { stages: [...stages, 7, null] }, ['2 stages NOT_PART', '3 stages NOT_PART']],
    ['a name that is missing', { stages: [{ id: 1 }] }, ['1 stages.name EMPTY']],
    ['a name that is blank', { stages: [{ id: 1, name: ' ' }] }, ['1 stages.name EMPTY']],
    ['a name that is too long', { stages: [{ id: 1, name: 'x'.repeat(121) }] }, ['1 stages.name TOO_LONG']],
    ['an id twice', { stages: [...stages, { id: '1', name: 'Own' }] }, ['2 stages.id DOUBLE_ID']],
    ['a kind that is none', { departments: [{ name: 'Sales', kind: 'GUILD' }] }, ['1 departments.kind NOT_ONE_OF']],
    [
      'an experience beyond',
      { stages, touchpoints: [{ stageId: 1, name: 'A', experience: 3 }] },
      ['1 touchpoints.experience OUT_OF_RANGE'],
    ],
    [
      'half an experience',
      { stages, touchpoints: [{ stageId: 1, name: 'A', experience: 0.5 }] },
      ['1 touchpoints.experience NOT_NUMBER'],
    ],
    ['a stage that is not there', { touchpoints: [{ stageId: 9, name: 'A' }] }, ['1 touchpoints.stageId NOT_IN_FILE']],
    [
      'what stands at a touchpoint that was left out',
      { touchpoints: [{ id: 5, stageId: 9, name: 'A' }], painPoints: [{ touchpointId: 5, text: 'Slow', severity: 1 }] },
      ['1 touchpoints.stageId NOT_IN_FILE', '1 painPoints.touchpointId NOT_IN_FILE'],
    ],
  ])('tells of %s', (_, file, problems) => {
    expect(told(file)).toEqual(problems);
  });

  test.each([
    ['nothing', '', 'NOT_JSON'],
    ['half a file', '{"format": "slipway-journey", "ver', 'NOT_JSON'],
    ['a list', '[]', 'NOT_OURS'],
    ['null', 'null', 'NOT_OURS'],
    ['another format', '{"format":"drawing"}', 'NOT_OURS'],
    ['another version', '{"format":"slipway-journey","version":2}', 'OTHER_VERSION'],
    ['too much', `"${'é'.repeat(460_000)}"`, 'TOO_LARGE'],
  ])('of %s is nothing, with its reason', (_, text, code) => {
    expect(fromJson(text)).toMatchObject({ isRead: false, parts: [], problems: [{ row: null, code }] });
  });

  test('keeps what is fine beside what is wrong', () => {
    const touchpoints = [
      { id: 'a', stageId: 1, name: 'Sign', channel: 'Mail', tools: ['none'], experience: 9 },
      { id: 'b', stageId: 1, name: ' Start\nhere ', channel: 'Call' },
    ];
    const { parts: read, problems } = fromJson(JSON.stringify({ ...head, stages, touchpoints }));
    expect(problems.map(({ row, field }) => `${row} ${field}`)).toEqual([
      '1 touchpoints.tools',
      '1 touchpoints.experience',
    ]);
    const map = mapOf(asParts(read));
    expect(map.touchpoints).toMatchObject([
      { name: 'Sign', tools: [], experience: null, channel: 'Mail' },
      { name: 'Start here', channel: 'Call' },
    ]);
    expect(map.stages.map(({ id }) => id)).toEqual([map.touchpoints[0]?.stageId]);
  });
});

describe('touchpoints as a table', () => {
  test('come back with who, where, with what, and what hurts', async () => {
    const before = mapOf((await parts()).parts);
    const text = toCsv((await parts()).parts);
    const { parts: back, problems } = fromCsv(text);
    expect(problems).toEqual([]);
    const after = mapOf(asParts(back));
    const stageOrder = before.stages.map(({ id }) => id);
    const sorted = [...before.touchpoints].sort(
      (a, b) => stageOrder.indexOf(a.stageId) - stageOrder.indexOf(b.stageId),
    );
    const of = (map: JourneyMap, list: JourneyMap['touchpoints']) =>
      (named({ ...map, touchpoints: list }) as { touchpoints: Record<string, unknown>[] }).touchpoints.map((one) => ({
        ...one,
        departmentIds: [...(one.departmentIds as string[])].sort(),
      }));
    expect(of(after, after.touchpoints)).toEqual(of(before, sorted));
    const pains = (map: JourneyMap) => map.painPoints.map(({ text: said, severity }) => `${severity} ${said}`).sort();
    expect(pains(after)).toEqual(pains(before));
  });

  test('are read as people write them, with what is wrong by row and column', () => {
    const text = [
      'Stage;Step;Department;Feeling;Tools;Pain;Mood',
      'Buy;Sign;Sales;2;"CRM; Mail";(3) Takes weeks;fine',
      ';Lost;Sales;1;;;',
      'Buy;;Sales;1;;;',
      'Own;Train;sales;great;Mail;It is long',
      '',
    ].join('\n');
    const { parts: read, problems } = fromCsv(text);
    const map = mapOf(asParts(read));
    expect(map.stages.map(({ name }) => name)).toEqual(['Buy', 'Own']);
    expect(map.departments.map(({ name }) => name)).toEqual(['Sales']);
    expect(map.systems.map(({ name }) => name)).toEqual(['CRM', 'Mail']);
    expect(map.touchpoints.map(({ name, experience }) => [name, experience])).toEqual([
      ['Sign', 2],
      ['Train', null],
    ]);
    expect(map.painPoints.map(({ text: said, severity }) => [said, severity])).toEqual([
      ['Takes weeks', 3],
      ['It is long', 2],
    ]);
    expect(problems.map(({ row, field, code }) => `${row} ${field} ${code}`)).toEqual([
      '1 Mood NOT_READ',
      '3 Stage EMPTY',
      '4 Step EMPTY',
      '5 Feeling NOT_NUMBER',
    ]);
  });

  test('are inert for spreadsheets, and what was made inert comes back as it was', () => {
    const at = { id: 's', kind: 'STAGE', revision: 1, rank: 1, body: { name: '=Buy' } };
    const body = {
      ...{ stageId: 's', departmentIds: [], initiatorId: null, receiverId: null, name: '@SUM(1)', channel: '+49' },
      ...{ objective: '-1', tasks: ['=1+1; 2', 'two'], tools: [], experience: -2 },
    };
    const text = toCsv([at, { id: 't', kind: 'TOUCHPOINT', revision: 1, rank: 1, body }] as Part[]);
    for (const cell of text.split(/[\r\n,]+/)) expect(cell).not.toMatch(/^"?[=@+\t]/);
    const map = mapOf(asParts(fromCsv(text).parts));
    expect(map.stages[0]?.name).toBe('=Buy');
    expect(map.touchpoints[0]).toMatchObject({
      name: '@SUM(1)',
      channel: '+49',
      objective: '-1',
      tasks: body.tasks,
      experience: -2,
    });
  });

  test('without the two columns that make them are no table', () => {
    expect(fromCsv('Name,Owner\na,b\n')).toMatchObject({ isRead: false, problems: [{ code: 'NOT_TABLE' }] });
    expect(fromCsv('')).toMatchObject({ isRead: false, problems: [{ code: 'NOT_TABLE' }] });
  });
});

test('what the company has by a name is taken, and the rest is made', async () => {
  const { parts: before } = await parts();
  const { parts: read } = fromJson(toJson(before, nameOfMap));
  const company = before.filter(({ kind }) => isCompanyWide(kind));
  const { made, counts } = madeBeside(company, read);
  expect(made.filter(({ kind }) => isCompanyWide(kind))).toEqual([]);
  expect(counts.find(({ kind }) => kind === 'TOUCHPOINT')).toMatchObject({ taken: 0 });
  expect(kindsOf(mapOf([...company, ...asParts(made)]))).toEqual(kindsOf(mapOf(before)));
  const without = company.filter(({ body }) => !('name' in body && body.name === 'Sales'));
  expect(
    madeBeside(without, read)
      .made.filter(({ kind }) => isCompanyWide(kind))
      .map(({ body }) => body),
  ).toEqual([expect.objectContaining({ name: 'Sales' })]);
});

describe('over the API', () => {
  const importText = `mutation ($input: JourneyImportInput!) { journeyImport(input: $input) {
    journey { id name touchpointCount } report { problemCount counts { kind made taken } problems { row field message } }
    userErrors { code field message } } }`;
  const run = async (file: object, by = pm, idempotencyKey: string = crypto.randomUUID()) =>
    (await by.ask(importText, { input: { name: 'Taken in', file, idempotencyKey } })).journeyImport;
  const count = async () => (await app.services.db.select().from(journeys)).length;

  it('a file leaves, is looked at, and comes back as a journey, once', async () => {
    const { id } = await parts();
    const response = await pm.fetch(`/exports/journeys/${id}.json`);
    expect([response.status, response.headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename="journey-integration-as-it-was.json"',
    ]);
    const file = { content: await response.text(), format: 'JSON' };
    const text =
      'query ($file: JourneyFileInput!) { journeyFileReport(file: $file) { problemCount counts { kind made taken } } }';
    const before = await count();
    const seen = (await pm.ask(text, { file })).journeyFileReport;
    expect([seen.problemCount, await count()]).toEqual([0, before]);
    const key = crypto.randomUUID();
    const made = await run(file, pm, key);
    const { touchpointCount } = (await pm.ask('query ($id: ID!) { journey(id: $id) { touchpointCount } }', { id }))
      .journey;
    expect(made).toMatchObject({ userErrors: [], journey: { name: 'Taken in', touchpointCount } });
    expect(made.report.counts).toEqual(seen.counts);
    expect((await run(file, pm, key)).journey.id).toBe(made.journey.id);
    expect(await count()).toBe(before + 1);
    const gaps = async (of: string) =>
      (await pm.ask('query ($id: ID!) { journey(id: $id) { gaps { kind } } }', { id: of })).journey.gaps;
    expect(await gaps(made.journey.id)).toEqual(await gaps(id));

    const table = await pm.fetch(`/exports/journeys/${id}.csv`);
    const content = await table.text();
    expect((await run({ content, format: 'CSV' })).journey.touchpointCount).toBe(touchpointCount);
  });

  it('a file that is no journey makes nothing, and says why', async () => {
    const before = await count();
    for (const [content, format, message] of [
      ['{', 'JSON', /no JSON/],
      ['{"format":"slipway-journey","version":1}', 'JSON', /no stage/],
      ['a,b\n1,2\n', 'CSV', /Stage, Touchpoint/],
    ] as const) {
      const { journey, report, userErrors } = await run({ content, format });
      expect([journey, report]).toEqual([null, null]);
      expect(userErrors).toMatchObject([{ code: 'MAP_FILE_INVALID', field: 'content' }]);
      expect(userErrors[0].message).toMatch(message);
    }
    expect(await count()).toBe(before);
  });

  it('is for those who draw: others read no file and make none', async () => {
    const { id, parts: rows } = await parts();
    const file = { content: toJson(rows, nameOfMap), format: 'JSON' };
    const was = app.world.pm;
    const told: string[] = [];
    for (const role of ['CONTRIBUTOR', 'MANAGER', 'CLIENT_LEAD', 'CLIENT_MEMBER'] as const) {
      const accountId = role.startsWith('CLIENT') ? app.world.project.accountId : null;
      await app.services.db.update(people).set({ role, accountId }).where(eq(people.id, was.id));
      const session = await app.signIn(was);
      const answer = await session.gql(importText, {
        input: { name: 'Mine', file, idempotencyKey: crypto.randomUUID() },
      });
      const code = answer.errors?.[0]?.extensions?.code ?? 'made';
      told.push(`${role} ${code} ${(await session.fetch(`/exports/journeys/${id}.json`)).status}`);
    }
    await app.services.db.update(people).set({ role: 'PM', accountId: null }).where(eq(people.id, was.id));
    expect(told).toEqual([
      'CONTRIBUTOR FORBIDDEN 200',
      'MANAGER made 200',
      'CLIENT_LEAD NOT_FOUND 404',
      'CLIENT_MEMBER NOT_FOUND 404',
    ]);
    expect((await app.anonymous().fetch(`/exports/journeys/${id}.csv`)).status).toBe(404);
    for (const address of ['x.json', `${crypto.randomUUID()}.json`, '..%2F.json'])
      expect([address, (await pm.fetch(`/exports/journeys/${address}`)).status]).toEqual([address, 404]);
  });
});
