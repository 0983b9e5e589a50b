import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Tests that measure time or slow a line down: one at a time, so that nothing else takes the processor. */
const alone = ['test/**/*.alone.test.ts', 'test/e2e/validation.test.ts'];
/** Tests that drive a browser through screens, and measure nothing. */
const browser = ['test/e2e/**/*.test.ts', 'test/**/*.browser.test.ts'];

// Vite would load graphql's .mjs for our files while packages load its .js: two realms, and graphql refuses both.
const resolve = { alias: [{ find: /^graphql$/, replacement: `${root}node_modules/graphql/index.js` }] };

const shared = {
  root,
  setupFiles: ['test/support/setup.ts'],
  pool: 'forks' as const,
  // An app a file leaves much behind: a larger nursery is swept less often.
  execArgv: ['--max-semi-space-size=64'],
  // Nothing of ours keeps state in a module, and loading all of them anew costs each file two seconds of processor.
  isolate: false,
  hookTimeout: 60_000,
};

export default defineConfig({
  root,
  resolve,
  test: {
    // Once for the run, not once per project.
    globalSetup: ['test/support/globalSetup.ts'],
    allowOnly: false,
    passWithNoTests: false,
    // What the code prints belongs to a test only when it fails.
    silent: 'passed-only',
    projects: [
      {
        resolve,
        test: {
          ...shared,
          name: 'together',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...alone, ...browser],
          testTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve,
        test: {
          ...shared,
          name: 'browser',
          include: browser,
          exclude: alone,
          testTimeout: 120_000,
          // Whoever comes first makes the sample company for all, while the other waits for it.
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        test: {
          ...shared,
          name: 'alone',
          include: alone,
          testTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
