import { readdirSync } from 'node:fs';
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import * as schema from '../drizzle/schema/index.ts';
import { roles } from '../server/access/viewer.ts';
import { clockProblems, mutableStateProblems, roleProblems, sqlProblems, writeProblems } from './support/codeRules.ts';
import { importProblems, purityProblems } from './support/layers.ts';
import { code, filesUnder, root, type Source } from './support/source.ts';

const server = code('server');
const tables = code('drizzle/schema');
const client = code('client').filter((file) => !file.path.endsWith('.d.ts'));

/**
 * Rows that are no part of the domain, or are its log: they change without an event of their own. `files` holds uploads
 * under way; what is delivered is a submission, which has its events. `reports` holds how far checking it has got; what
 * that comes to is an event of the submission. `firstLooks` holds how far making one has got; that one is there is an event.
 */
const exemptTables = [
  'sessions',
  'signInLinks',
  'guestSessions',
  'apiTokenUses',
  'files',
  'reports',
  'checks',
  'firstLooks',
  'checkRuns',
  'readMarks',
  'formDrafts',
  'idempotencyKeys',
  'defaultViews',
  'noteUpdates',
  'noteSnapshots',
  'dueMoments',
  'projectPositions',
  'projectStandings',
  'logHead',
  'events',
  'revisions',
  'searchDocuments',
  'inboxItems',
  'inboxMarks',
  'inboxPositions',
];
const allTables = Object.entries(schema).flatMap(([name, value]) => (is(value, PgTable) ? [name] : []));
const domainTables = allTables.filter((name) => !exemptTables.includes(name));

const snippet = (path: string, text: string): Source => ({ path, text });

describe('who may import whom', () => {
  test('every import points down the order, across nouns only through types, commands and queries', () => {
    expect([...server, ...tables, ...client].flatMap(importProblems)).toEqual([]);
  });

  test.each([
    ['server/access/policy.ts', '../platform/clock.ts'],
    ['server/comments/commands.ts', '../notes/commands.ts'],
    ['server/tasks/commands.ts', '../comments/queries.ts'],
    ['server/tasks/resolvers.ts', '../projects/court.ts'],
    ['server/tasks/court.ts', '../submissions/validation/address.ts'],
    ['server/firstLook/website/page.ts', '../../submissions/fetching/urlFacts.ts'],
    ['server/platform/jobs/boss.ts', '../../tasks/commands.ts'],
    ['server/live/feed.ts', '../../client/api/apollo.ts'],
    ['server/app.ts', './main.ts'],
    ['server/odd/commands.ts', '../platform/clock.ts'],
    ['client/screens/task/TaskScreen.tsx', '../project/ProjectScreen.tsx'],
    ['client/features/comments/Thread.tsx', '../notes/Note.tsx'],
    ['client/components/Card.tsx', '../features/comments/Thread.tsx'],
    ['client/api/apollo.ts', '../../server/config.ts'],
    ['client/features/journeys/Map.tsx', '../../../server/journeys/queries.ts'],
    ['client/features/journeys/Gaps.tsx', '../../../server/words/en.ts'],
    ['client/components/Card.tsx', '../api/apollo.ts'],
  ])('%s may not import %s', (path, target) => {
    expect(importProblems(snippet(path, `import { x } from '${target}';`))).toHaveLength(1);
  });

  test.each([
    ['server/tasks/commands.ts', '../projects/queries.ts'],
    ['server/tasks/commands.ts', './court.ts'],
    ['server/firstLook/website/page.ts', '../../submissions/validation/facts/markup.ts'],
    ['client/features/journeys/Map.tsx', '../../../server/journeys/gaps/findGaps.ts'],
    ['client/features/journeys/Gaps.tsx', '../../../server/words/gaps.ts'],
    ['server/app.ts', './notes/rooms.ts'],
    ['server/main.ts', './app.ts'],
    ['client/screens/task/TaskScreen.tsx', '../../features/comments/Thread.tsx'],
    ['client/routes.tsx', './screens/task/TaskScreen.tsx'],
  ])('%s may import %s', (path, target) => {
    expect(importProblems(snippet(path, `import { x } from '${target}';`))).toEqual([]);
  });

  test('a pure engine imports nothing but itself', () => {
    expect(server.flatMap(purityProblems)).toEqual([]);
    const path = 'server/journeys/gaps/findGaps.ts';
    const outside = ['node:fs', 'drizzle-orm', '../commands.ts', '../../platform/clock.ts', '../../events.ts'];
    for (const target of outside) {
      expect(purityProblems(snippet(path, `import { x } from '${target}';`))).toHaveLength(1);
    }
    expect(purityProblems(snippet(path, "import type { Gap } from './gap.ts'; import '../map.ts';"))).toEqual([]);
  });
});

describe('the layout', () => {
  test('only the agreed names stand at the top', () => {
    const agreed =
      'package.json package-lock.json tsconfig.json README.md ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE schema.graphql drizzle server client test Dockerfile compose.yaml node_modules dist';
    const names = readdirSync(root).filter((name) => !name.startsWith('.'));
    expect(names.filter((name) => !agreed.split(' ').includes(name))).toEqual([]);
  });

  test('no file is longer than 400 lines', () => {
    const written = ['server', 'client', 'test', 'drizzle/schema']
      .flatMap((folder) => filesUnder(folder, ['.ts', '.tsx', '.css', '.html', '.md']))
      .filter((file) => !file.path.endsWith('.generated.d.ts'));
    expect(written.filter((file) => isTooLong(file)).map((file) => file.path)).toEqual([]);
    expect(isTooLong(snippet('a.ts', 'x\n'.repeat(401)))).toBe(true);
    expect(isTooLong(snippet('a.ts', 'x\n'.repeat(400)))).toBe(false);
  });
});

function isTooLong({ text }: Source): boolean {
  return text.trimEnd().split('\n').length > 400;
}

describe('state and time', () => {
  test('no module of the server holds state that changes', () => {
    expect(server.flatMap(mutableStateProblems)).toEqual([]);
  });

  test.each([
    'let count = 0;',
    'export const cache = new Map();',
    'const seen = new Set<string>();',
    'const list: string[] = [];',
    "const known = new Map([['a', 1]]);\nfunction f() { known.set('b', 2); }",
    'const table = { a: 1 };\nfunction f(k: string) { table[k] = 2; }',
  ])('%j is state', (text) => {
    expect(mutableStateProblems(snippet('server/x.ts', text))).toHaveLength(1);
  });

  test.each([
    'const limit = 3;',
    "const kinds = new Set(['a', 'b']);",
    'function f() { const seen = new Map(); let n = 0; return [seen, n]; }',
    'const none: ReadonlyMap<string, string> = new Map();',
  ])('%j is not', (text) => {
    expect(mutableStateProblems(snippet('server/x.ts', text))).toEqual([]);
  });

  test('time comes from the clock: no now() in the tables, no Date of its own in a noun', () => {
    const nouns = server.filter(({ path }) => !/^server\/(platform\/|[^/]+\.ts$)/.test(path));
    expect([...tables, ...nouns].flatMap(clockProblems)).toEqual([]);
  });

  test.each([
    ['drizzle/schema/x.ts', "const at = timestamp('at').defaultNow();"],
    ['drizzle/schema/x.ts', "const at = timestamp('at').default(sql`now()`);"],
    ['server/tasks/commands.ts', 'const at = new Date();'],
    ['server/tasks/commands.ts', 'const at = Date.now();'],
    ['server/tasks/commands.ts', 'const late = sql`due_at < now()`;'],
  ])('%s: %s is refused', (path, text) => {
    expect(clockProblems(snippet(path, text))).toHaveLength(1);
  });
});

describe('rights, SQL and the log', () => {
  test('roles are named in access/ and nowhere else', () => {
    // In a playbook, PM is who gets a task when a project starts; in the overview, a column to group by.
    const others = server.filter(
      ({ path }) =>
        !/^server\/(access|sample|words|templates\/(document|projectRoad)\.ts|templates\/playbooks|views\/list\.ts)/.test(
          path,
        ),
    );
    expect(others.flatMap((file) => roleProblems(file, roles))).toEqual([]);
    expect(roleProblems(snippet('server/x.ts', "if (viewer.role === 'PM') go();"), roles)).toHaveLength(1);
  });

  test('no resolver runs SQL, no command knows GraphQL', () => {
    expect(server.flatMap(sqlProblems)).toEqual([]);
    const drizzle = "import { sql } from 'drizzle-orm';";
    expect(sqlProblems(snippet('server/tasks/resolvers.ts', drizzle))).toHaveLength(1);
    expect(sqlProblems(snippet('server/tasks/court.ts', drizzle))).toHaveLength(1);
    expect(sqlProblems(snippet('server/tasks/resolvers.ts', 'return ctx.db.select();'))).toHaveLength(1);
    expect(sqlProblems(snippet('server/tasks/commands.ts', "import { GraphQLError } from 'graphql';"))).toHaveLength(1);
    expect(sqlProblems(snippet('server/tasks/queries.ts', drizzle))).toEqual([]);
  });

  test('a row of the domain changes only in a transaction that appends its event', () => {
    expect(server.flatMap((file) => writeProblems(file, domainTables, server))).toEqual([]);
    const path = 'server/tasks/commands.ts';
    expect(writeProblems(snippet(path, 'ctx.db.update(tasks).set({}); append(tx, e);'), domainTables)).toHaveLength(1);
    expect(writeProblems(snippet(path, 'tx.insert(comments).values({});'), domainTables)).toHaveLength(1);
    expect(writeProblems(snippet(path, 'tx.delete(tasks); append(tx, e);'), domainTables)).toEqual([]);
    const carrier = snippet('server/projects/commands.ts', 'function touch(tx: Tx) { tx.update(projects).set({}); }');
    expect(writeProblems(carrier, domainTables, [snippet(path, 'touch(tx); append(tx, e);')])).toEqual([]);
    expect(writeProblems(carrier, domainTables, [snippet(path, 'touch(tx);')])).toHaveLength(1);
    expect(writeProblems(snippet(path, 'ctx.db.update(sessions).set({});'), domainTables)).toEqual([]);
  });

  test('every exempt table exists, and every table is one or the other', () => {
    expect(exemptTables.filter((name) => !allTables.includes(name))).toEqual([]);
    expect(allTables.length).toBe(
      new Set(Object.values(schema).flatMap((v) => (is(v, PgTable) ? [getTableName(v)] : []))).size,
    );
  });
});
