import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigError, environmentNames, readConfig } from '../server/config.ts';
import { root } from './support/source.ts';

const masterKey = 'A'.repeat(43);
const server = { DATABASE_URL: 'postgres://slipway@localhost/slipway', MASTER_KEY: masterKey };

/** The names that a `.env` file sets, in its order. */
function namesIn(file: string): string[] {
  return file.split('\n').flatMap((line) => /^#?\s?([A-Z][A-Z0-9_]+)=/.exec(line)?.[1] ?? []);
}

function valuesIn(file: string): Record<string, string> {
  return Object.fromEntries(
    file.split('\n').flatMap((line) => (/^[A-Z]/.test(line) ? [line.split(/=(.*)/s).slice(0, 2)] : [])),
  );
}

const example = readFileSync(`${root}/.env.example`, 'utf8');

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('.env.example names every variable that is read, and no other', () => {
  expect(namesIn(example).sort()).toEqual([...environmentNames].sort());
});

test('.env.example, taken as it is, is what an empty environment means', () => {
  expect(readConfig(valuesIn(example))).toEqual(readConfig({}));
});

test.each([
  ['DATABASE_URL', 'mysql://somewhere/else'],
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['PUBLIC_URL', 'slipway.example.com'],
  ['TRUST_PROXY', '-1'],
  ['MASTER_KEY', 'short'],
  ['SMTP_URL', 'https://mail.example.com'],
  ['MAIL_FROM', 'x'],
  ['SAMPLE_DATA', 'yes'],
  ['MAX_UPLOAD_BYTES', '0'],
  ['FETCH_PORTS', '8080,all'],
  ['DNS_RESOLVERS', 'one.one.one.one'],
  ['CHROMIUM_PATH', '/nowhere/chromium'],
  ['CHROMIUM_PATH', 'chromium'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by name', (name, value) => {
  const problems = problemsOf({ ...server, [name]: value });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(name);
});

test('every wrong variable is named at once', () => {
  const problems = problemsOf({ PORT: 'x', LOG_LEVEL: 'x', SAMPLE_DATA: 'x' });
  expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual(['LOG_LEVEL', 'PORT', 'SAMPLE_DATA']);
});

test('[K2] a server without a master key is not configured', () => {
  expect(problemsOf({ DATABASE_URL: server.DATABASE_URL }).join()).toContain('MASTER_KEY');
});

test('the embedded installation has sample data and listens on this machine only; a server has neither', () => {
  expect(readConfig({})).toMatchObject({ databaseUrl: null, sampleData: true, host: '127.0.0.1' });
  expect(readConfig({ SAMPLE_DATA: 'false' })).toMatchObject({ sampleData: false, host: '0.0.0.0' });
  expect(readConfig(server)).toMatchObject({ databaseUrl: server.DATABASE_URL, sampleData: false, host: '0.0.0.0' });
  expect(readConfig({ HOST: '0.0.0.0' })).toMatchObject({ sampleData: true, host: '0.0.0.0' });
});
