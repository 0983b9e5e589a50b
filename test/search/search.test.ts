import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { searchDocuments, tasks } from '../../drizzle/schema/index.ts';
import { transaction } from '../../server/platform/database/transaction.ts';
import { append } from '../../server/platform/events/log.ts';
import { documentsFill } from '../../server/search/commands.ts';
import { readEverything, tokenOf } from '../security/tokenActor.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
let client: Session;
let other: Session;

beforeAll(async () => {
  app = await startTestApp({ sample: true });
  const lavande = app.world.clients.find((one) => one.account.name === 'Maison Lavande')!;
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(lavande.people[0]!);
  other = await app.signIn(app.world.clients.find((one) => one !== lavande)!.people[0]!);
}, 120_000);
afterAll(() => app.close());

type Hit = {
  kind: string;
  title: string;
  excerpt: { text: string; isMatch: boolean }[];
  project: { id: string } | null;
};

const query = `query ($text: String!, $kinds: [SearchKind!], $first: Int = 50, $after: String) {
  search(text: $text, kinds: $kinds, first: $first, after: $after) {
    nodes { kind title excerpt { text isMatch } project { id } node { id } }
    edges { cursor }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function found(as: Session, text: string, kinds?: string[]): Promise<Hit[]> {
  const { search } = await as.ask<{ search: { nodes: Hit[] } }>(query, { text, kinds });
  return search.nodes;
}
type Page = { nodes: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
const said = (hits: Hit[]) => hits.map((hit) => `${hit.title} ${hit.excerpt.map((part) => part.text).join('')}`);

async function say(as: Session, taskId: string, text: string, audience = 'SHARED'): Promise<string> {
  const { commentAdd } = await as.ask<{ commentAdd: { comment: { id: string } } }>(
    `mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } userErrors { code } } }`,
    { input: { taskId, text, audience, idempotencyKey: crypto.randomUUID() } },
  );
  return commentAdd.comment.id;
}

const lavande = () => app.world.clients.find((one) => one.account.name === 'Maison Lavande')!;
const feed = () => lavande().tasks.find((task) => task.key === 'feed')!;

describe('what is found', () => {
  test.each([
    ['PROJECT', 'lavande', 'Maison Lavande'],
    ['TASK', 'prod fee', 'Upload your product feed'],
    ['COMMENT', 'straight from our script', 'Version 2'],
    ['NOTE', 'gift boxes', 'gift boxes'],
    ['FILE', 'produits', 'produits-maison-lavande'],
    ['PERSON', 'camille', 'Camille Roussel'],
  ])('%s by "%s"', async (kind, text, expected) => {
    const hits = await found(client, text, [kind]);
    expect(said(hits).join('\n')).toContain(expected);
    expect(new Set(hits.map((hit) => hit.kind))).toEqual(new Set([kind]));
  });

  test('words without their accents, half typed, and with one wrong letter', async () => {
    expect(said(await found(client, 'theo march', ['PERSON']))).toEqual([expect.stringContaining('Théo Marchand')]);
    expect(said(await found(pm, 'nordlict outdoor', ['PROJECT'])).join()).toContain('Nordlicht Outdoor');
  });

  test('the excerpt shows what matched, and nothing of it is markup', async () => {
    await say(client, feed().id, 'An <img src=x onerror=alert(1)> of a zeppelin');
    const [hit] = await found(client, 'zeppelin');
    expect(hit!.excerpt).toContainEqual({ text: 'zeppelin', isMatch: true });
    expect(hit!.excerpt.map((part) => part.text).join('')).toContain('<img src=x onerror=alert(1)>');
  });

  test('a page goes on where it ended, without gap or double', async () => {
    const whole = (await found(pm, 'search')).length;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { search }: { search: Page } = await pm.ask<{ search: Page }>(query, { text: 'search', first: 7, after });
      seen.push(...search.nodes.map((hit) => hit.node.id));
      after = search.pageInfo.hasNextPage ? search.pageInfo.endCursor : null;
    } while (after !== null && seen.length < 50);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(whole);
  });

  test('a change is found the moment it is acknowledged, and what is deleted is not', async () => {
    const id = await say(client, feed().id, 'The colour is heliotrope');
    expect(await found(client, 'heliotrope')).toHaveLength(1);
    await client.ask(
      `mutation ($id: ID!, $input: CommentEditInput!) { commentEdit(id: $id, input: $input) { userErrors { code } } }`,
      { id, input: { text: 'The colour is vermilion', revision: 1 } },
    );
    expect(await found(client, 'heliotrope')).toEqual([]);
    expect(await found(client, 'vermilion')).toHaveLength(1);
    await client.ask(`mutation ($id: ID!) { commentDelete(id: $id, input: { revision: 2 }) { userErrors { code } } }`, {
      id,
    });
    expect(await found(client, 'vermilion')).toEqual([]);
    expect(await app.services.db.$count(searchDocuments, eq(searchDocuments.subjectId, id))).toBe(0);
  });

  test('an index that was lost is filled again', async () => {
    const before = await app.services.db.$count(searchDocuments);
    await app.services.db.delete(searchDocuments);
    await documentsFill(app.services);
    expect(await app.services.db.$count(searchDocuments)).toBe(before);
  });
});

describe('what is not', () => {
  test('[Z7] an internal comment, for a client', async () => {
    await say(pm, feed().id, 'internal quokka', 'INTERNAL');
    expect(await found(pm, 'quokka')).toHaveLength(1);
    expect(await found(client, 'quokka')).toEqual([]);
  });

  test('[Z7] what stands on an internal task, though its comment was shared', async () => {
    const task = lavande().tasks.find((one) => one.key === 'brand')!;
    await say(client, task.id, 'a shared pangolin');
    expect(await found(client, 'pangolin')).toHaveLength(1);
    await app.services.db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, task.id));
    expect(await found(client, 'pangolin')).toEqual([]);
    await app.services.db.update(tasks).set({ visibility: 'SHARED' }).where(eq(tasks.id, task.id));
  });

  test('anything of another account: no project, no task, no person, no count', async () => {
    for (const text of ['lavande', 'camille', 'gift boxes']) expect(await found(other, text)).toEqual([]);
    const own = app.world.clients.find((one) => one.people.some((person) => person.id === other.personId))!.project.id;
    for (const text of ['produits', 'search', 'feed']) {
      const hits = await found(other, text);
      expect(new Set(hits.map((hit) => hit.project?.id ?? own))).toEqual(new Set([own]));
    }
  });

  test('[Z5] neither that a page goes on nor its cursor tells of people of another account', async () => {
    for (const text of ['camille', 'c', 'theo']) {
      const { search } = await other.ask<{ search: Page }>(query, { text, kinds: ['PERSON'], first: 1 });
      const known = search.nodes.length;
      expect(search.pageInfo.endCursor === null).toBe(known === 0);
      if (known === 0) expect(search.pageInfo.hasNextPage).toBe(false);
    }
  });

  test('people, for a token that may not read of them, or is for another account', async () => {
    const plain = await tokenOf(pm, ['PROJECTS_READ']);
    expect(await found(plain, 'camille')).toEqual([]);
    const accountIds = [app.world.clients.find((one) => one !== lavande())!.account.id];
    const narrow = await tokenOf(pm, readEverything, { accountIds });
    expect(await found(narrow, 'camille')).toEqual([]);
    expect(await found(narrow, app.world.pm.email.split('@')[0]!, ['PERSON'])).toEqual([]);
    expect(await found(await tokenOf(pm), 'camille')).not.toEqual([]);
  });

  test('[Z17] a client finds nobody by their address, and staff do', async () => {
    expect(await found(client, app.world.pm.email.split('@')[1]!, ['PERSON'])).toEqual([]);
    expect(await found(pm, app.world.pm.email.split('@')[0]!, ['PERSON'])).toHaveLength(1);
  });

  test('anything for whoever is not signed in', async () => {
    const { errors } = await app.anonymous().gql(query, { text: 'lavande' });
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});

test('two acts on one thing at once, which lock different rows of it, both succeed, and the newest words are found', async () => {
  const { services } = app;
  const { id: taskId, projectId } = (await services.db.select().from(tasks).where(eq(tasks.id, feed().id)))[0]!;
  const on = { audience: 'SHARED' as const, actorId: null, subjectId: taskId, projectId, taskId };
  const event = { ...on, kind: 'task.edited' as const };
  let written = () => {};
  const isWritten = new Promise<void>((resolve) => {
    written = resolve;
  });
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const first = transaction(
    {
      ...services,
      beforeCommit: async (tx, pending, at) => {
        await services.beforeCommit?.(tx, pending, at);
        written();
        await gate;
      },
    },
    async (tx) => {
      await tx.update(tasks).set({ purpose: 'For the ocelot' }).where(eq(tasks.id, taskId));
      append(tx, { ...event, facts: { fields: 'purpose' } });
    },
  );
  await isWritten;
  let tries = 0;
  const second = transaction(services, async (tx) => {
    tries += 1;
    append(tx, { ...event, facts: { fields: 'purpose' } });
  });
  const waits = sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await eventually(async () => Number((await services.db.execute(waits))[0]?.n) > 0);
  letGo();
  await Promise.all([first, second]);
  expect(tries).toBe(2);
  expect(said(await found(client, 'ocelot'))).toHaveLength(1);
});

test.each([
  ['10,000 percent signs', '%'.repeat(10_000)],
  ['an underscore', '_'],
  ['a backslash', '\\'],
  ['a quote', "' or 1=1 --"],
  ['operators', '! & | ( :*'],
  ['a phrase and a weight', '<-> lavande:*A'],
  ['a NUL', '\u0000'],
  ['5,000 letters', 'a'.repeat(5_000)],
  ['letters of elsewhere', '𝕷𝖆𝖛 \u202e👩‍👩‍👧'],
  ['letters that stand for six', '㌖'.repeat(200)],
  ['nothing', ''],
])('[I2] %s: read as plain words, and nothing breaks', async (_, text) => {
  const { errors, data } = await pm.gql<{ search: { nodes: unknown[] } }>(query, { text });
  expect(errors).toEqual([]);
  expect(Array.isArray(data?.search.nodes)).toBe(true);
});
