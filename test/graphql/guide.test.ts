import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Example, examplesOf, filled, sectionsOf } from '../../client/screens/guide/fill.ts';
import { makeToken } from '../security/tokenActor.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { root } from '../support/source.ts';

const guide = readFileSync(`${root}/client/words/en/guide.md`, 'utf8');
const examples = examplesOf(guide).filter(({ language }) => language !== 'sh');

let app: TestApp;
let secret: string;
let text: string;
beforeAll(async () => {
  app = await startTestApp();
  const owner = app.world.clients[0]!;
  const client = await app.signIn(owner.people[0]!);
  ({ secret } = await makeToken(client, ['PROJECTS_READ', 'TASKS_READ', 'COMMENTS_WRITE']));
  const task = owner.tasks.find(({ visibility }) => visibility === 'SHARED')!;
  text = filled(guide, { origin: app.url, projectId: owner.project.id, taskId: task.id });
});
afterAll(() => app.close());

/** Runs what a reader would run: a line of a shell, or a module of Node, with nothing but the token around it. */
function run({ language, code }: Example): Promise<{ code: number | null; output: string }> {
  const [command, args] =
    language === 'curl' ? ['bash', ['--norc', '-c', code]] : [process.execPath, ['--input-type=module', '-e', code]];
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, SLIPWAY_TOKEN: secret };
    const child = spawn(command as string, args as string[], {
      cwd: root,
      env,
      timeout: 15_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    child.on('error', reject);
    child.on('close', (ended) => resolve({ code: ended, output }));
  });
}

/** Where there is no curl, what it would have sent is sent all the same. */
async function curlByFetch(code: string): Promise<{ code: number; output: string }> {
  const [, url = ''] = /curl -sS (\S+)/.exec(code) ?? [];
  const [, body = ''] = /-d '([\s\S]*)'\s*$/.exec(code) ?? [];
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  return { code: 0, output: await response.text() };
}

const hasCurl = spawnSync('curl', ['--version']).status === 0;

describe('every example of the guide runs as it stands', () => {
  test('there are some in both languages, and each says what it prints', () => {
    for (const language of ['curl', 'js']) {
      expect(examples.filter((example) => example.language === language).length).toBeGreaterThan(5);
    }
    expect(examples.every(({ info }) => /prints="[^"]+"/.test(info))).toBe(true);
  });

  test.each(examples.map((example, i) => [i, example.language, example.info.trim()] as const))(
    'example %i, %s, %s',
    async (i, language, info) => {
      const example = examplesOf(text).filter((one) => one.language !== 'sh')[i]!;
      expect(example.code).not.toContain('{{');
      const ran = language === 'curl' && !hasCurl ? await curlByFetch(example.code) : await run(example);
      const [, prints = ''] = /prints="([^"]+)"/.exec(info) ?? [];
      expect(ran.output).toContain(prints);
      expect(ran.code).toBe(0);
      if (!info.endsWith('fails')) expect(ran.output).not.toMatch(/"errors":|Error:/);
    },
    20_000,
  );
});

test('the guide shows one language at a time, and what there is in one alone always', () => {
  const fences = (language: 'curl' | 'js') =>
    sectionsOf(guide, language).flatMap((section) => examplesOf(section.text).map((example) => example.language));
  expect(new Set(fences('curl'))).toEqual(new Set(['sh', 'curl', 'js']));
  expect(new Set(fences('js'))).toEqual(new Set(['sh', 'js']));
  expect(sectionsOf(guide, 'curl').map((section) => section.id)).toContain('live-changes');
});

test('what the guide says of limits is what the server holds', async () => {
  const { limits } = await import('../../server/platform/graphql/limits.ts');
  const { budgets } = await import('../../server/platform/graphql/budget.ts');
  const { maxSocketsPerPerson } = await import('../../server/platform/http/upgrades.ts');
  const said = guide.slice(guide.indexOf('## Limits'), guide.indexOf('## Live'));
  const en = new Intl.NumberFormat('en');
  for (const number of [limits.cost, limits.depth, limits.fields, budgets.token, maxSocketsPerPerson]) {
    expect(said).toContain(en.format(number));
  }
  expect(limits.queryBytes).toBe(64 * 1024);
});
