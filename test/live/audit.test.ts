import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../drizzle/schema/index.ts';
import { type Role, roles } from '../../server/access/viewer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let admin: Session;

beforeAll(async () => {
  app = await startTestApp({ sample: true });
  await app.services.db.update(people).set({ role: 'ADMIN' }).where(eq(people.id, app.world.pm.id));
  admin = await app.signIn(app.world.pm);
}, 120_000);
afterAll(() => app.close());

const query = `query ($filter: AuditFilter, $first: Int, $after: String) {
  audit(filter: $filter, first: $first, after: $after) {
    edges { cursor node { kind at actor { id } project { id } edits { field before after } } }
    pageInfo { hasNextPage endCursor }
  }
}`;
type Entry = {
  kind: string;
  at: string;
  actor: { id: string } | null;
  project: { id: string } | null;
  edits: { field: string; before: string | null; after: string | null }[];
};
type Page = { edges: { cursor: string; node: Entry }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };

async function page(variables: object): Promise<Page> {
  return (await admin.ask<{ audit: Page }>(query, variables as Record<string, unknown>)).audit;
}
const entries = async (filter: object) => (await page({ filter, first: 100 })).edges.map((edge) => edge.node);

test('everything is there once, newest first, page by page', async () => {
  const seen: string[] = [];
  let after: string | null = null;
  let last = Number.POSITIVE_INFINITY;
  do {
    const one: Page = await page({ first: 100, after });
    for (const edge of one.edges) {
      const seq = Number(JSON.parse(Buffer.from(edge.cursor, 'base64url').toString('utf8'))[0]);
      expect(seq).toBeLessThan(last);
      last = seq;
    }
    seen.push(...one.edges.map((edge) => edge.cursor));
    after = one.pageInfo.hasNextPage ? one.pageInfo.endCursor : null;
  } while (after !== null);
  const stored = await app.services.db.query.events.findMany({ columns: { seq: true } });
  expect(seen.length).toBe(stored.length);
});

test('it is narrowed to a noun, a person, a project and a time', async () => {
  const ofPeople = await entries({ nouns: ['PEOPLE'] });
  expect(ofPeople.length).toBeGreaterThan(0);
  expect(ofPeople.every((entry) => /^(person|partner)\./.test(entry.kind))).toBe(true);
  const client = app.world.client;
  const byClient = await entries({ actorId: client.id });
  expect(new Set(byClient.map((entry) => entry.actor?.id))).toEqual(new Set([client.id]));
  const inProject = await entries({ projectId: app.world.project.id });
  expect(new Set(inProject.map((entry) => entry.project?.id))).toEqual(new Set([app.world.project.id]));
  const [middle] = byClient;
  const before = await entries({ before: middle!.at });
  expect(before.every((entry) => entry.at < middle!.at)).toBe(true);
  expect((await entries({ from: middle!.at })).every((entry) => entry.at >= middle!.at)).toBe(true);
});

test('it says what a change was before, and after', async () => {
  const [settings] = [(await admin.ask(`{ companySettings { revision } }`)).companySettings];
  await admin.ask(`mutation ($input: CompanyEditInput!) { companyEdit(input: $input) { userErrors { code } } }`, {
    input: { revision: settings.revision, name: 'Lumen & Sons' },
  });
  const [entry] = await entries({ nouns: ['COMPANY'] });
  expect(entry).toMatchObject({
    kind: 'company.edited',
    edits: [{ field: 'name', before: 'Lumen Commerce', after: 'Lumen & Sons' }],
  });
});

test.each([['nonsense'], ["' or 1=1 --"], ['00000000-0000-0000-0000-000000000000']])(
  'a person %j did nothing',
  async (id) => {
    expect(await entries({ actorId: id })).toEqual([]);
  },
);

const readers: readonly Role[] = ['MANAGER', 'DIRECTOR', 'ADMIN'];
test.each(roles.filter((role) => !readers.includes(role)))(
  '%s does not read it, nor what a change was before',
  async (role) => {
    const [person] = await app.services.db.select().from(people).where(eq(people.id, app.world.client.id));
    await app.services.db.update(people).set({ role }).where(eq(people.id, person!.id));
    const session = await app.signIn(person!);
    const { errors } = await session.gql(query, {});
    expect(errors.map((error) => error.extensions?.code)).toEqual(['FORBIDDEN']);
    const { data } = await session.gql(
      `query ($id: ID!) { project(id: $id) { changes(last: 50) { nodes { edits { field } } } } }`,
      {
        id: app.world.project.id,
      },
    );
    const edits = (data?.project?.changes.nodes ?? []).flatMap((node: { edits: unknown[] }) => node.edits);
    expect(edits).toEqual([]);
  },
);
