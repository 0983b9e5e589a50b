import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestModule, Vitest } from 'vitest/node';
import { startVitest } from 'vitest/node';
import { chromiumExecutable } from './support/chromium.ts';
import { postgresBinaries } from './support/postgresBinaries.ts';

/**
 * `npm test [-- filter...]`: brings up what the tests need, runs them, and ends with one line `N passed, N failed`.
 * Nothing is skipped for want of a tool: what is missing is installed, or named, and then the run fails.
 */
type Need = { what: string; packages: string[]; isThere: () => boolean };

const root = fileURLToPath(new URL('..', import.meta.url));
const needsServer: Need = {
  what: 'PostgreSQL server binaries (initdb, postgres)',
  packages: ['postgresql'],
  isThere: () => postgresBinaries() !== null,
};
const needsBrowser: Need = {
  what: 'Chromium',
  packages: ['chromium', 'fonts-liberation'],
  isThere: () => chromiumExecutable() !== null,
};

async function main(filters: string[]): Promise<void> {
  requireNode();
  const withBrowser = selectsBrowserTests(filters);
  const missing = [needsServer, ...(withBrowser ? [needsBrowser] : [])].filter((need) => !need.isThere());
  if (missing.length > 0) install(missing);
  buildClient();

  const vitest = await startVitest('test', filters, {
    config: `${root}test/vitest.config.ts`,
    root,
    watch: false,
    reporters: [['default', { summary: false }]],
  });
  const { passed, failed } = count(vitest);
  await vitest.close();
  finish(passed, failed);
}

function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    stop(`Node ${process.versions.node} is too old: 20.19 or newer is needed.`);
}

/** A filter is a part of a test file's path, as vitest takes it; none selects everything. */
function selectsBrowserTests(filters: string[]): boolean {
  const files = readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' }).map((name) => `test/${name}`);
  const drive = files.filter((path) => /^test\/e2e\/.*\.test\.ts$|\.(browser|alone)\.test\.ts$/.test(path));
  return filters.length === 0 || drive.some((path) => filters.some((filter) => path.includes(filter)));
}

function install(missing: Need[]): void {
  const packages = missing.flatMap((need) => need.packages);
  const names = missing.map((need) => need.what).join(' and ');
  const isRoot = process.getuid?.() === 0;
  const canInstall = isRoot && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!canInstall) stop(`The tests need ${names}. On Debian: sudo apt-get install ${packages.join(' ')}`);
  console.log(`Installing ${packages.join(', ')} for the tests.`);
  apt(['update', '-q']);
  // One missing name fails the whole call, so each need has its own.
  for (const need of missing) aptInstall(need.packages);
  // What drives most screens with less of the processor; Debian before 12 has none, and the tests do without.
  if (missing.includes(needsBrowser)) aptInstall(['chromium-headless-shell']);
  const still = missing.filter((need) => !need.isThere());
  if (still.length > 0) stop(`Could not install ${still.map((need) => need.what).join(' and ')}.`);
}

function aptInstall(packages: string[]): void {
  apt(['install', '-q', '-y', '--no-install-recommends', ...packages]);
}

function apt(args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
}

/** The app serves the built client, so every test of the app needs it. */
function buildClient(): void {
  const built = spawnSync(process.execPath, ['--import', 'tsx', `${root}client/build.ts`, '--if-stale'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (built.status !== 0) stop('The client does not build.');
}

/** A test that did not run counts as failed, as does a file that could not be loaded and an error outside any test. */
function count(vitest: Vitest): { passed: number; failed: number } {
  const modules = vitest.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const passed = tests.filter((test) => test.result().state === 'passed').length;
  const broken = modules.filter((module) => !module.ok() && !hasFailedTest(module)).length;
  return { passed, failed: tests.length - passed + broken + vitest.state.getUnhandledErrors().length };
}

function hasFailedTest(module: TestModule): boolean {
  return [...module.children.allTests()].some((test) => test.result().state !== 'passed');
}

function stop(reason: string): never {
  console.error(reason);
  return finish(0, 1);
}

/** The last line of every run. A run of nothing counts as one failure: a filter that matches no test must not look green. */
function finish(passed: number, failed: number): never {
  const counted = passed + failed === 0 ? 1 : failed;
  process.stdout.write(`${passed} passed, ${counted} failed\n`);
  process.exit(counted > 0 ? 1 : 0);
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  finish(0, 1);
});
