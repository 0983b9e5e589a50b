import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Tests that measure time or slow a line down: one at a time, so that nothing else takes the processor. */
const alone = ['test/**/*.alone.test.ts'];
/** Tests that drive a browser through screens, and measure nothing. */
const browser = ['test/e2e/**/*.test.ts', 'test/**/*.browser.test.ts'];

/** What takes longest, so that no worker is left alone with it at the end; the others by their size, as ever. */
const longest =
  /start\/(start|crash|drain)\.test|security\/(foreignIds|canaries)\.test|screens\.(odd|even)\.test|e2e\/validation\.test/;
class LongestFirst extends BaseSequencer {
  override async sort(...args: Parameters<BaseSequencer['sort']>) {
    const files = await super.sort(...args);
    const isLong = ({ moduleId }: { moduleId: string }) => longest.test(moduleId);
    return [...files.filter(isLong), ...files.filter((file) => !isLong(file))];
  }
}

// Vite would load graphql's .mjs for our files while packages load its .js: two realms, and graphql refuses both.
const resolve = { alias: [{ find: /^graphql$/, replacement: `${root}node_modules/graphql/index.js` }] };

const shared = {
  root,
  setupFiles: ['test/support/setup.ts'],
  pool: 'forks' as const,
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
    sequence: { sequencer: LongestFirst },
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
