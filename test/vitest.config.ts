import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import { drivesBrowser } from './support/chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Tests that measure time or slow a line down: one at a time, so that nothing else takes the processor. */
const alone = ['test/**/*.alone.test.ts'];

/** What takes longest comes first, and what waits for processes of its own beside what needs the processor. */
const longest = [
  'e2e/screens.even',
  'start/start',
  'live/model',
  'start/crash',
  'e2e/screens.odd',
  'notes/model',
  'start/drain',
  'e2e/storyEmbedded',
  'security/foreignIds',
  'e2e/validation',
  'security/canaries',
];

/**
 * So that no worker is left alone at the end with something long. Those that drive a browser, which takes more than one
 * processor, alternate with others while there are any; within both the order is by size, as ever.
 */
class LongestFirst extends BaseSequencer {
  override async sort(...args: Parameters<BaseSequencer['sort']>) {
    const files = await super.sort(...args);
    const rankOf = ({ moduleId }: { moduleId: string }) =>
      longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
    const long = files.filter((file) => rankOf(file) >= 0).sort((a, b) => rankOf(a) - rankOf(b));
    const rest = files.filter((file) => rankOf(file) < 0);
    const driving = rest.filter(({ moduleId }) => drivesBrowser(moduleId));
    const others = rest.filter(({ moduleId }) => !drivesBrowser(moduleId));
    return [
      ...long,
      ...driving.flatMap((file, at) => [file, ...others.slice(at, at + 1)]),
      ...others.slice(driving.length),
    ];
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
  // As `eventually`: a second, as Vitest would have it, is short on two cores with a browser on each.
  expect: { poll: { timeout: 15_000 } },
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
          // One project for tests with and without a browser: its modules are made ready once, and no worker waits for
          // the other between the two.
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: alone,
          setupFiles: [...shared.setupFiles, 'test/support/browserTime.ts'],
          testTimeout: 60_000,
          maxWorkers: 2,
          // What a test throws away fills the first 16 MB again and again, each time with a collection: an eighth less
          // of the processor with more.
          execArgv: ['--min-semi-space-size=64', '--max-semi-space-size=128'],
          sequence: { groupOrder: 0 },
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
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
