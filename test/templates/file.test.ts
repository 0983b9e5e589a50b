import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Playbook } from '../../server/templates/document.ts';
import { playbookKeys, readPlaybook } from '../../server/templates/playbooks.ts';
import { readTemplateFile, writeTemplateFile } from '../../server/templates/templateFile.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

const playbook = readPlaybook('searchShopify');
/** A file of the playbook with something else in it. */
const changed = (change: (file: { slipwayTemplate: unknown; template: Playbook }) => void) => {
  const file = JSON.parse(writeTemplateFile(playbook));
  change(file);
  return JSON.stringify(file);
};
const firstTask = (template: Playbook) => template.phases[0]!.tasks[0]!;

describe('a template as a file', () => {
  it.each(playbookKeys)('reads back as the same document: %s', (key) => {
    const document: Playbook = readPlaybook(key);
    expect(readTemplateFile(writeTemplateFile(document))).toEqual({
      document: { ...document, version: 1 },
      problems: null,
    });
  });

  it('is read with a byte order mark, and unfinished', () => {
    expect(readTemplateFile(`\uFEFF${writeTemplateFile(playbook)}`).problems).toBeNull();
    expect(readTemplateFile(writeTemplateFile({ ...playbook, name: '', phases: [] })).problems).toBeNull();
  });

  const cases: [why: string, file: string, place: RegExp, message: RegExp][] = [
    ['no JSON', '{"slipwayTemplate": 1,\n "template": {\n', /^$/, /line 3/],
    ['another JSON', '[1, 2]', /^$/, /no file of a template/],
    ['no template in it', '{"slipwayTemplate":1,"template":[]}', /^$/, /no file of a template/],
    ['a newer format', changed((file) => Object.assign(file, { slipwayTemplate: 2 })), /^$/, /another format than 1/],
    ['a part beside the template', changed((file) => Object.assign(file, { publish: true })), /^$/, /“publish”/],
    ['an unknown part', changed(({ template }) => Object.assign(template, { owner: 'x' })), /template/, /“owner”/],
    [
      'an unknown part of a task',
      changed(({ template }) => Object.assign(firstTask(template), { owner: 'x' })),
      /phase “Kick-off and access”, task “Share the kick-off plan”/,
      /“owner”/,
    ],
    [
      'a number that is none',
      changed(({ template }) => Object.assign(firstTask(template), { minutes: 'many' })),
      /task “Share the kick-off plan”, minutes/,
      /number/,
    ],
    [
      'text that cannot be kept',
      changed(({ template }) => Object.assign(firstTask(template), { documentation: 'half \u0000' })),
      /task “Share the kick-off plan”, documentation/,
      /cannot be kept/,
    ],
    ['half a character', changed(({ template }) => Object.assign(template, { name: '\ud83d' })), /name/, /cannot be/],
    [
      'two tasks under one key',
      changed(({ template }) => template.phases[1]!.tasks.push(firstTask(template))),
      /kickoffPlan/,
      /same key/,
    ],
    [
      'more than a template holds',
      changed(({ template }) => {
        for (const phase of template.phases) for (const task of phase.tasks) task.documentation = 'x'.repeat(40_000);
      }),
      /^$/,
      /more than a template may hold/,
    ],
  ];
  it.each(cases)('is refused with its place: %s', (_, file, place, message) => {
    const { document, problems } = readTemplateFile(file);
    expect(document).toBeNull();
    expect(problems?.[0]?.place).toMatch(place);
    expect(problems?.[0]?.message).toMatch(message);
  });

  it('names at most 20 problems, and pollutes nothing', () => {
    const file = changed(({ template }) => {
      for (const phase of template.phases) for (const task of phase.tasks) task.minutes = -1;
    });
    expect(readTemplateFile(file).problems?.length).toBeLessThanOrEqual(20);
    readTemplateFile('{"slipwayTemplate":1,"template":{"__proto__":{"polluted":1}}}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('taking one in', () => {
  let app: TestApp;
  let pm: Session;
  let client: Session;
  beforeAll(async () => {
    app = await startTestApp();
    pm = await app.signIn(app.world.pm);
    client = await app.signIn(app.world.client);
  });
  afterAll(() => app.close());

  type Outcome = {
    template: { id: string; key: string; published: null; draft: { id: string; file: string } } | null;
    userErrors: { code: string; field: string; message: string }[];
  };
  const take = async (file: string, idempotencyKey: string, by = pm) => {
    const { templateImport } = await by.ask<{ templateImport: Outcome }>(
      `mutation ($input: TemplateImportInput!) { templateImport(input: $input) {
         template { id key published { id } draft { id file } } userErrors { code field message } } }`,
      { input: { file, idempotencyKey } },
    );
    return templateImport;
  };

  it('makes a draft beside the one it came from, once, that exports as the same file', async () => {
    const { templates } = await pm.ask<{ templates: { nodes: { key: string; published: { file: string } }[] } }>(
      '{ templates(first: 20) { nodes { key published { file } } } }',
    );
    const { file } = templates.nodes.find(({ key }) => key === 'searchShopify')!.published;
    const taken = await take(file, 'first');
    expect(taken.userErrors).toEqual([]);
    expect(taken.template).toMatchObject({ published: null });
    expect(taken.template?.key).not.toBe('searchShopify');
    expect(taken.template?.draft.file).toBe(file.replace('"searchShopify"', `"${taken.template?.key}"`));
    expect((await take(file, 'first')).template?.id).toBe(taken.template?.id);
    const elsewhere = await take(file.replace('"searchShopify"', '"fromElsewhere"'), 'second');
    expect(elsewhere.template?.key).toBe('fromElsewhere');
  });

  it('answers what is wrong with a file, and makes nothing of it', async () => {
    const count = () => pm.ask<{ templates: { nodes: unknown[] } }>('{ templates(first: 100) { nodes { id } } }');
    const before = (await count()).templates.nodes.length;
    const { template, userErrors } = await take(
      changed(({ template: inside }) => Object.assign(firstTask(inside), { minutes: 0 })),
      'third',
    );
    expect(template).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'TEMPLATE_FILE_INVALID', field: expect.stringContaining('minutes') }]);
    expect((await count()).templates.nodes.length).toBe(before);
  });

  it('is for those who may edit templates', async () => {
    await expect(take(writeTemplateFile(playbook), 'fourth', client)).rejects.toThrow(/FORBIDDEN/);
  });
});
