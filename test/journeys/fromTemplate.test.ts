import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { partsOfTemplate } from '../../server/journeys/fromTemplate.ts';
import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import { mapOf, type Part } from '../../server/journeys/parts.ts';
import { type Playbook, playbookKeys, readPlaybook } from '../../server/templates/playbooks.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

function drawnOf(playbook: Playbook) {
  let last = 0;
  const puts = partsOfTemplate(playbook, () => {
    last += 1;
    return `id${last}`;
  });
  return mapOf(puts.map((put) => ({ ...put, revision: 1 })) as Part[]);
}

const task = (key: string, over: Partial<Playbook['phases'][number]['tasks'][number]>) => ({
  ...{
    key,
    title: `Task ${key}`,
    purpose: 'so that it is done',
    minutes: 5,
    type: 'WORK' as const,
    side: 'CLIENT' as const,
  },
  ...{ visibility: 'SHARED' as const, isGate: false, assignee: null, isReviewWanted: false, inputs: [], after: [] },
  ...{ dueInBusinessDays: 1, documentation: '' },
  ...over,
});
const question = (key: string, fact?: string) => ({
  ...{ key, label: `Question ${key}`, help: '', kind: 'TEXT' as const, isRequired: true, options: [] },
  ...{ min: null, max: null, when: null, ...(fact ? { fact } : {}) },
});
const input = (key: string, spec: object) =>
  ({
    key,
    label: `Input ${key}`,
    isRequired: true,
    spec,
  }) as Playbook['phases'][number]['tasks'][number]['inputs'][number];

const playbook: Playbook = {
  ...{ key: 'hand', version: 1, name: 'By hand', platform: 'CUSTOM', products: ['SEARCH'], targetInBusinessDays: 10 },
  phases: [
    {
      ...{ key: 'start', name: 'Start', milestone: 'Begun' },
      tasks: [
        task('form', {
          isReviewWanted: true,
          inputs: [input('asked', { kind: 'FORM', questions: [question('domain', 'shop.domain'), question('other')] })],
        }),
        task('dns', {
          ...{ side: 'THIRD_PARTY', after: ['form'] },
          inputs: [input('secret', { kind: 'CREDENTIALS', fields: [] })],
        }),
      ],
    },
    {
      ...{ key: 'live', name: 'x'.repeat(80), milestone: 'Live' },
      tasks: [
        task('again', {
          title: 'y'.repeat(120),
          inputs: [
            input('more', { kind: 'FORM', questions: [question('domain', 'shop.domain')] }),
            input('file', { kind: 'FILE', acceptedExtensions: ['csv'] }),
            input('meet', { kind: 'MEETING', minutes: 30 }),
          ],
        }),
        task('build', { side: 'COMPANY', after: ['again', 'nowhere'] }),
      ],
    },
  ],
};

describe('the stretch of a journey that a template is', () => {
  const map = drawnOf(playbook);
  const nameOf = (list: readonly { id: string; name: string }[], id: string | null) =>
    list.find((one) => one.id === id)?.name ?? null;
  const flows = map.flows.map(
    ({ touchpointId, departmentId, kind, itemId, isAskedOfClient }) =>
      `${nameOf(map.touchpoints, touchpointId)?.slice(0, 10)}: ${nameOf(map.departments, departmentId)} ${kind} ${nameOf(map.items, itemId)}${isAskedOfClient ? ', asked' : ''}`,
  );

  it('has a stage for each phase and a touchpoint for each task, in the lane of whoever does it', () => {
    expect(map.stages.map(({ name }) => name)).toEqual(['Start', 'x'.repeat(80)]);
    expect(map.departments.map(({ name, kind }) => [name, kind])).toEqual([
      ['Client', 'CUSTOMER'],
      ['Project managers', 'TEAM'],
      ['Third party', 'THIRD_PARTY'],
    ]);
    const placed = map.touchpoints.map(({ stageId, initiatorId, receiverId, name }) => [
      ...[nameOf(map.stages, stageId)?.slice(0, 5), name.slice(0, 10)],
      ...[nameOf(map.departments, initiatorId), nameOf(map.departments, receiverId)],
    ]);
    expect(placed).toEqual([
      ['Start', 'Task form', 'Client', 'Project managers'],
      ['Start', 'Task dns', 'Third party', null],
      ['xxxxx', 'yyyyyyyyyy', 'Client', null],
      ['xxxxx', 'Task build', 'Project managers', null],
    ]);
  });

  it('has what is handed in as information, each fact once, and says who works with it', () => {
    expect(map.items.map(({ name, sensitivity, factKey }) => [name, sensitivity, factKey])).toEqual([
      ['Input asked', 'INTERNAL', null],
      ['Question domain', 'INTERNAL', 'shop.domain'],
      ['Input secret', 'SECRET', null],
      ['Input file', 'INTERNAL', null],
    ]);
    expect(flows).toEqual([
      'Task form: Client OUTPUT Input asked, asked',
      'Task form: Project managers USE Input asked',
      'Task form: Client OUTPUT Question domain, asked',
      'Task form: Project managers USE Question domain',
      'Task dns: Third party USE Input asked',
      'Task dns: Third party USE Question domain',
      'Task dns: Third party OUTPUT Input secret',
      'yyyyyyyyyy: Client OUTPUT Question domain',
      'yyyyyyyyyy: Client OUTPUT Input file, asked',
      'Task build: Project managers USE Question domain',
      'Task build: Project managers USE Input file',
    ]);
  });

  test.each(playbookKeys)('of %s is whole: every task, and all at home in Slipway', (key) => {
    const shipped = readPlaybook(key);
    const drawn = drawnOf(shipped);
    expect(drawn.touchpoints.length).toBe(shipped.phases.flatMap(({ tasks }) => tasks).length);
    const kinds = new Set(findGaps(drawn).map(({ kind }) => kind));
    for (const kind of [
      'DANGLING',
      'NO_OWNER',
      'NO_HOME',
      'TWO_HOMES',
      'HELD_OUTSIDE',
      'ASKED_TWICE',
      'REKEYED',
    ] as const) {
      expect([kind, kinds.has(kind)]).toEqual([kind, false]);
    }
  });
});

describe('a journey that begins with a template', () => {
  let app: TestApp;
  let pm: Session;
  let client: Session;
  let published: { id: string; name: string };
  beforeAll(async () => {
    app = await startTestApp();
    pm = await app.signIn(app.world.pm);
    client = await app.signIn(app.world.client);
    const { templates } = await pm.ask('{ templates(first: 50) { nodes { id name published { id } } } }');
    published = templates.nodes.find((one: { published: object | null }) => one.published !== null);
  });
  afterAll(() => app.close());

  const text = `mutation ($input: JourneyCreateInput!) { journeyCreate(input: $input) { userErrors { code } journey { id
    parts { stages { id } touchpoints { name } items { id name } departments { id name } systems { kind } } } } }`;
  const create = async (input: object, who = pm) =>
    who.gql(text, { input: { name: 'Drawn', idempotencyKey: crypto.randomUUID(), ...input } });

  it('has its tasks on the map, and what the company has by a name is not made twice', async () => {
    const first = (await create({ templateId: published.id })).data!.journeyCreate.journey;
    expect(first.parts.touchpoints.length).toBeGreaterThan(5);
    const second = (await create({ templateId: published.id })).data!.journeyCreate.journey;
    expect(second.parts.touchpoints).toEqual(first.parts.touchpoints);
    for (const list of ['items', 'departments', 'systems'] as const) {
      expect([list, second.parts[list].length]).toEqual([list, first.parts[list].length]);
    }
    expect(second.parts.systems.filter(({ kind }: { kind: string }) => kind === 'SLIPWAY')).toHaveLength(1);
    const both = (await create({ templateId: published.id, copyOfId: first.id })).data!.journeyCreate.journey;
    expect(both.parts.touchpoints.length).toBe(2 * first.parts.touchpoints.length);
  });

  it('is refused with a template that is not there, was never published, or is not theirs to see', async () => {
    const codeOf = (answer: Awaited<ReturnType<typeof create>>) => answer.errors?.[0]?.extensions?.code;
    const before = (await pm.ask('{ journeys { id } }')).journeys.length;
    expect(codeOf(await create({ templateId: crypto.randomUUID() }))).toBe('NOT_FOUND');
    expect(codeOf(await create({ templateId: 'x' }))).toBe('NOT_FOUND');
    const made = await pm.ask(
      'mutation ($input: TemplateCreateInput!) { templateCreate(input: $input) { template { id } } }',
      {
        input: {
          name: 'Never published',
          platform: 'CUSTOM',
          products: ['SEARCH'],
          idempotencyKey: crypto.randomUUID(),
        },
      },
    );
    expect(codeOf(await create({ templateId: made.templateCreate.template.id }))).toBe('NOT_FOUND');
    expect(codeOf(await create({ templateId: published.id }, client))).toBe('NOT_FOUND');
    expect((await pm.ask('{ journeys { id } }')).journeys.length, 'nothing stands half').toBe(before);
  });
});
