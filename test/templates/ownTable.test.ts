import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReportsWorld, startReportsWorld } from '../submissions/reportsWorld.ts';
import type { Session } from '../support/session.ts';

let w: ReportsWorld;
beforeAll(async () => {
  w = await startReportsWorld();
}, 120_000);
afterAll(() => w.close());

const stores = {
  title: 'Stores',
  fields: [
    { name: 'code', title: 'Store number', constraints: { required: true, pattern: '[A-Z]{2}-\\d{3}' } },
    { name: 'opened', title: 'Opened on', type: 'date' },
  ],
  missingValues: ['', 'n/a'],
  primaryKey: 'code',
};
const check = { rules: 'own-table', profile: null, threshold: 0.95, declared: {} };
const spec = { kind: 'FILE', acceptedExtensions: ['.csv'], check: { ...check, table: stores } };

describe('a table of columns in a template', () => {
  const draft = `draft { revision problems { code taskKey message } changes { thing key fields } phases { tasks { key title
    type purpose minutes side visibility isGate assignee isReviewWanted after dueInBusinessDays documentation
    inputs { key label isRequired kind acceptedExtensions wanted everyMinutes statement ofTask minutes
      check { rules table profile threshold declared { key value } } } } } }`;
  const outcome = `template { id ${draft} } userErrors { code field }`;
  let id: string;
  type Task = Record<string, unknown> & { key: string; inputs: { check: { table: string } | null }[] };
  type Draft = {
    revision: number;
    problems: { code: string; message: string }[];
    changes: unknown[];
    phases: { tasks: Task[] }[];
  };
  let now: Draft;

  const taskOf = (key: string) => now.phases.flatMap((phase) => phase.tasks).find((task) => task.key === key)!;

  /** The feed of the template, judged by this table; answers what the API said. */
  async function judgedBy(table: unknown, by: Session = w.pm) {
    const task = taskOf('feed');
    const text = typeof table === 'string' ? table : JSON.stringify(table);
    const inputs = [{ ...task.inputs[0], check: { ...check, declared: [], table: text } }];
    const answer = await by.gql(
      `mutation ($id: ID!, $input: TemplateTaskEditInput!) { templateTaskEdit(id: $id, input: $input) { ${outcome} } }`,
      { id, input: { revision: now.revision, task: { ...task, inputs } } },
    );
    const changed = answer.data?.templateTaskEdit;
    if (changed?.userErrors.length === 0) now = changed.template.draft;
    return answer;
  }

  beforeAll(async () => {
    const { templates } = await w.pm.ask('{ templates(first: 100) { nodes { id key } } }');
    const copyOfId = templates.nodes.find((node: { key: string }) => node.key === 'searchShopify').id;
    const input = { name: 'Stores', platform: 'SHOPIFY', products: ['SEARCH'], copyOfId, idempotencyKey: 'own table' };
    const { templateCreate } = await w.pm.ask(
      `mutation ($input: TemplateCreateInput!) { templateCreate(input: $input) { ${outcome} } }`,
      { input },
    );
    id = templateCreate.template.id;
    now = templateCreate.template.draft;
  });

  test('is kept with its draft, and comes back as it was', async () => {
    await judgedBy(stores);
    expect(JSON.parse(taskOf('feed').inputs[0]!.check!.table)).toEqual(stores);
    expect(now.problems).toEqual([]);
  });

  test('may be unfinished in a draft; what is wrong is told by its name and keeps it from being published', async () => {
    await judgedBy({ fields: [] });
    expect(now.problems).toMatchObject([
      { code: 'check.table', message: expect.stringContaining('Its columns: The list is empty.') },
    ]);
    await judgedBy({ fields: [{ name: 'a', constraints: { pattern: '(a+)+$' } }] });
    const [problem] = now.problems;
    expect(problem?.message).toMatch(
      /^The table of columns of “.+” is not right\. Column “a”, pattern: This is no regular expression, or one that could take forever/,
    );
    await judgedBy({ fields: [{ name: 'a', title: 'Where', type: 'date', format: '%d.%m' }] });
    expect(now.problems[0]?.message).toContain('Column “Where”, format: It lacks the year (%Y).');
    await judgedBy({ fields: [{ name: '', type: 'date' }] });
    expect(now.problems[0]?.message).toContain('Column 1, name: It is empty.');
    const { templatePublish } = await w.pm.ask(
      `mutation ($id: ID!, $input: TemplateDraftSeenInput!) { templatePublish(id: $id, input: $input) { userErrors { code } } }`,
      { id, input: { revision: now.revision } },
    );
    expect(templatePublish.userErrors.length).toBeGreaterThan(0);
    await judgedBy(stores);
  });

  test.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['a property that there is not', { ...stores, foreignKeys: [] }],
    ['a NUL', { fields: [{ name: 'a\0b' }] }],
    ['nested for ever', `{"fields":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ])('is refused as %s', async (_, table) => {
    const { errors } = await judgedBy(table);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  test('with 10,000 columns is refused', async () => {
    const wide = { fields: Array.from({ length: 10_000 }, (_, at) => ({ name: `c${at}` })) };
    const { data } = await judgedBy(wide);
    expect(data.templateTaskEdit.userErrors).toMatchObject([{ code: 'TEMPLATE_TOO_LARGE' }]);
  });
});

const reportText = `query ($id: ID!) { node(id: $id) { ... on Submission { report { rulesName
  knownColumns { name title isRequired } columns { source column } findings { rule title column count } } } } }`;

test('a file is judged by the table of its input, whose columns are called by their titles', async () => {
  const task = await w.task({}, { key: 'stores', label: 'Stores', spec });
  const { task: seen } = await w.member.ask('query ($id: ID!) { task(id: $id) { inputs { check { rules table } } } }', {
    id: task.id,
  });
  expect(JSON.parse(seen.inputs[0].check.table)).toEqual(stores);

  const id = await w.deliver(
    w.member,
    task.id,
    'Store number;opened;note\nDE-001;2001-02-03;a\nDE-2;soon;b\nDE-001;n/a;c\n',
  );
  expect(await w.judged(w.member, id)).toMatchObject({ state: 'REJECTED', task: { state: 'CHANGES_REQUESTED' } });
  const { node } = await w.member.ask(reportText, { id });
  expect(node.report).toMatchObject({
    rulesName: 'Stores',
    knownColumns: [
      { name: 'code', title: 'Store number', isRequired: true },
      { name: 'opened', title: 'Opened on', isRequired: false },
    ],
  });
  expect(node.report.columns).toContainEqual({ source: 'Store number', column: 'code' });
  const titles = node.report.findings.map((finding: { title: string }) => finding.title);
  expect(titles).toEqual(
    expect.arrayContaining([
      'Store number is not of the form that is wanted',
      'Opened on is not a date',
      'Two rows have the same Store number',
    ]),
  );
});
