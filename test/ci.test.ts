import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './support/source.ts';

/** Runs `.ci/run` with an `npm` that does what the two scripts say instead. */
function ciRun(ci: string, npmTest: string) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-ci-'));
  const script = `#!/bin/sh\nif [ "$1" = ci ]; then ${ci}; else ${npmTest}; fi\n`;
  writeFileSync(join(folder, 'npm'), script, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const { status, stdout } = spawnSync(join(root, '.ci/run'), { env, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  const lines = stdout.trimEnd().split('\n');
  return { status, last: lines.at(-1), counts: lines.filter((line) => /^\d+ passed, \d+ failed$/.test(line)).length };
}

test('.ci/run calls the command that README tells', () => {
  const command = 'npm ci && npm test';
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`${command}\n`);
  expect(readFileSync(join(root, '.ci/run'), 'utf8')).toContain(`'${command}'`);
});

test.each([
  ['all is well', 'true', 'echo "7 passed, 0 failed"', 0, '7 passed, 0 failed'],
  ['a test fails', 'true', 'echo "6 passed, 1 failed"; exit 1', 1, '6 passed, 1 failed'],
  ['the install fails', 'exit 3', 'true', 3, '0 passed, 1 failed'],
  ['the runner dies without a count', 'true', 'echo oh; exit 9', 9, '0 passed, 1 failed'],
  ['the runner says nothing and is content', 'true', 'true', 1, '0 passed, 1 failed'],
  [
    'the line is printed twice',
    'true',
    'echo "1 passed, 0 failed"; echo "7 passed, 0 failed"',
    0,
    '7 passed, 0 failed',
  ],
])('.ci/run ends with one count and the right code when %s', (_, ci, npmTest, status, last) => {
  expect(ciRun(ci, npmTest)).toEqual({ status, last, counts: 1 });
});
