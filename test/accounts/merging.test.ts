import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  accountCalendars,
  accountExternalIds,
  accountFacts,
  accountForwardings,
  accounts,
  apiTokens,
  events,
  invitations,
  people,
  projects,
} from '../../drizzle/schema/index.ts';
import type { Role } from '../../server/access/viewer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { enterNote } from '../support/noteClient.ts';
import type { Session } from '../support/session.ts';

/*
 * The second client of the sample turns out to be the first one, written down twice: `from` goes into `into`.
 */
let app: TestApp;
let manager: Session;
let into: string;
let from: string;
const opened: TestApp[] = [];
beforeEach(async () => {
  app = await startTestApp();
  opened.push(app);
  into = app.world.project.accountId;
  from = app.world.otherProject.accountId;
  manager = await app.signIn({ id: await person('MANAGER', null) });
});
afterAll(() => Promise.all(opened.map((one) => one.close())));

async function person(role: Role, accountId: string | null): Promise<string> {
  const [id, at] = [uuidv7(), app.clock.now()];
  await app.services.db.insert(people).values({
    id,
    email: `${id}@people.example`,
    name: `Somebody ${role}`,
    role,
    accountId,
    timeZone: 'UTC',
    isSample: true,
    createdAt: at,
    updatedAt: at,
  });
  return id;
}

const fields = `digest into { id name } from { id name } people { id } intoPeople { id } projects { id } intoProjects { id }
  facts { key value source } conflicts { key into { value } from { value } } externalIds { system externalId }
  invitationCount tokenCount`;
const preview = async (by = manager, [intoId, fromId] = [into, from]) =>
  (
    await by.ask(`query ($i: ID!, $f: ID!) { accountMergePreview(intoId: $i, fromId: $f) { ${fields} } }`, {
      i: intoId,
      f: fromId,
    })
  ).accountMergePreview;
const mergeText = `mutation ($id: ID!, $input: AccountMergeInput!) { accountMerge(id: $id, input: $input) {
  account { id revision name } userErrors { code field message } } }`;
const merge = async (input: Record<string, unknown>, by = manager, id = into) =>
  (await by.ask(mergeText, { id, input: { fromId: from, idempotencyKey: 'once', facts: [], ...input } })).accountMerge;
/** As somebody does it who wants the word of the account that stays wherever the two differ. */
const keepAll = async () => {
  const seen = await preview();
  const facts = seen.conflicts.map(({ key }: { key: string }) => ({ key, keep: 'INTO' }));
  return { digest: seen.digest, facts };
};
const db = () => app.services.db;
const factsOf = async (accountId: string) =>
  Object.fromEntries(
    (await db().select().from(accountFacts).where(eq(accountFacts.accountId, accountId))).map((row) => [row.key, row]),
  );
const projectsOf = async (session: Session) =>
  (await session.ask('{ projects(first: 100) { nodes { id } } }')).projects.nodes.map(({ id }: { id: string }) => id);

describe('what a merge moves', () => {
  test('everything of one account is the other one’s, in one transaction with its events', async () => {
    const at = app.clock.now();
    const fact = (accountId: string, key: string, value: string, source = 'CLIENT') => ({
      ...{ accountId, key, value, source, at },
    });
    await db()
      .insert(accountFacts)
      .values([
        fact(into, 'erp.name', 'SAP'),
        fact(from, 'erp.name', 'Navision'),
        fact(into, 'crm.name', 'Hub'),
        fact(from, 'crm.name', 'Sales'),
        fact(from, 'crm.owner', 'Support'),
        fact(into, 'same.thing', 'x'),
        fact(from, 'same.thing', 'x'),
      ]);
    await db().insert(accountExternalIds).values({ system: 'crm', externalId: '77', accountId: from, setAt: at });
    const removed = await person('CLIENT_MEMBER', from);
    await db().update(people).set({ removedAt: at }).where(eq(people.id, removed));
    await manager.ask(
      `mutation ($a: ID!) { personInvite(input: { email: "new@shop.example", name: "New", role: CLIENT_MEMBER,
        accountId: $a, idempotencyKey: "i" }) { userErrors { code message } } }`,
      { a: from },
    );
    const [moved, theirs] = [
      await db().select().from(projects).where(eq(projects.accountId, from)),
      await db().select().from(people).where(eq(people.accountId, from)),
    ];
    const seen = await preview();
    expect(seen.projects.map(({ id }: { id: string }) => id).sort()).toEqual(moved.map(({ id }) => id).sort());
    expect(seen.people).toHaveLength(theirs.length - 1);
    expect(seen.facts).toContainEqual({ key: 'crm.owner', value: 'Support', source: 'CLIENT' });
    expect(seen.externalIds).toEqual([{ system: 'crm', externalId: '77' }]);
    expect(seen.invitationCount).toBe(1);
    const named = seen.conflicts.map(({ key }: { key: string }) => key);
    expect(named).toEqual(expect.arrayContaining(['crm.name', 'erp.name']));
    expect(named).not.toContain('same.thing');

    const facts = named.map((key: string) => ({ key, keep: key === 'crm.name' ? 'FROM' : 'INTO' }));
    const before = await db().$count(events);
    const done = await merge({ digest: seen.digest, facts });
    expect(done).toMatchObject({ account: { id: into }, userErrors: [] });

    expect(await db().select().from(accounts).where(eq(accounts.id, from))).toEqual([]);
    for (const [table, column] of [
      [projects, projects.accountId],
      [people, people.accountId],
      [invitations, invitations.accountId],
      [accountFacts, accountFacts.accountId],
      [accountExternalIds, accountExternalIds.accountId],
    ] as const) {
      expect(await db().$count(table, eq(column, from))).toBe(0);
    }
    const known = await factsOf(into);
    expect(known['crm.name']).toMatchObject({ value: 'Sales', source: 'CLIENT', at });
    expect([known['erp.name']?.value, known['crm.owner']?.value]).toEqual(['SAP', 'Support']);
    const told = (await db().select().from(events).orderBy(asc(events.seq))).slice(before);
    const count = (kind: string) => told.filter((event) => event.kind === kind).length;
    expect(count('account.merged')).toBe(1);
    expect(count('person.accountChanged')).toBe(theirs.length);
    expect(
      told
        .filter((event) => event.kind === 'project.accountChanged')
        .map((event) => event.projectId)
        .sort(),
    ).toEqual(moved.map(({ id }) => id).sort());
    expect(told.filter((event) => event.kind === 'account.factSet').map((event) => event.facts)).toEqual(
      expect.arrayContaining([{ key: 'crm.name' }, { key: 'crm.owner' }]),
    );
    expect(count('account.factSet')).toBe(seen.facts.length + 1);
    for (const event of told.filter(({ projectId }) => projectId !== null)) {
      expect(event.audience, 'whose project it is reads both sides').toBe('SHARED');
    }
    for (const row of moved) {
      const now = (await db().select().from(projects).where(eq(projects.id, row.id)))[0]!;
      expect([now.accountId, now.revision]).toEqual([into, row.revision + 1]);
    }
  });

  test.each([
    { own: [], theirs: ['2027-05-01'], left: ['2027-05-01'], told: 1 },
    { own: ['2027-07-14'], theirs: ['2027-05-01'], left: ['2027-07-14'], told: 0 },
  ])('when it works: $theirs go where the one that stays had $own, so that $left are left', async (days) => {
    const of = (accountId: string, holidays: string[]) => ({ accountId, workingDays: null, holidays });
    await db()
      .delete(accountCalendars)
      .where(inArray(accountCalendars.accountId, [into, from]));
    await db()
      .insert(accountCalendars)
      .values([of(into, days.own), of(from, days.theirs)]);
    expect(await merge(await keepAll())).toMatchObject({ userErrors: [] });
    const left = await db()
      .select()
      .from(accountCalendars)
      .where(inArray(accountCalendars.accountId, [into, from]));
    expect(left).toEqual([of(into, days.left)]);
    const told = and(eq(events.kind, 'account.calendarSet'), eq(events.subjectId, into));
    expect(await db().$count(events, told)).toBe(days.told);
  });

  test('its old id answers with what it became, for staff alone and however often it went on', async () => {
    await merge(await keepAll());
    const ask = async (by: Session, id: string) =>
      await by.ask('query ($id: ID!) { account(id: $id) { id } node(id: $id) { id } }', { id });
    expect(await ask(manager, from)).toEqual({ account: { id: into }, node: { id: into } });
    for (const who of [app.world.client, app.world.otherClient]) {
      expect(await ask(await app.signIn(who), from)).toEqual(await ask(await app.signIn(who), uuidv7()));
    }
    const [third] = app.world.clients.map(({ account }) => account.id).filter((id) => id !== into && id !== from);
    const seen = await preview(manager, [third!, into]);
    const facts = seen.conflicts.map(({ key }: { key: string }) => ({ key, keep: 'FROM' }));
    await merge({ fromId: into, digest: seen.digest, facts, idempotencyKey: 'two' }, manager, third);
    expect(await ask(manager, from)).toEqual({ account: { id: third }, node: { id: third } });
    const found = await manager.ask('query ($text: String) { accounts(text: $text) { nodes { id } } }', {
      text: app.world.clients.find(({ account }) => account.id === from)!.account.name.toUpperCase(),
    });
    expect(found.accounts.nodes, 'and its old name finds it').toEqual([{ id: third }]);
  });
});

describe('who merges, and what is refused', () => {
  test('a stale preview is a conflict: somebody came, a fact was learnt, or the account was renamed', async () => {
    const input = await keepAll();
    const changes: (() => Promise<unknown>)[] = [
      () => person('CLIENT_MEMBER', from),
      () => person('CLIENT_MEMBER', into),
      () =>
        manager.ask(
          `mutation ($id: ID!) { accountFactSet(id: $id, input: { key: "new.thing", value: "1" }) { userErrors { code } } }`,
          { id: from },
        ),
      () =>
        manager.ask(
          `mutation ($id: ID!) { accountExternalIdSet(id: $id, input: { revision: 1, system: "a", externalId: "1" }) { userErrors { code } } }`,
          { id: into },
        ),
    ];
    let last = input.digest;
    for (const change of changes) {
      await change();
      const late = await merge({ ...input, digest: last, idempotencyKey: uuidv7() });
      expect(late.userErrors).toMatchObject([{ code: 'CONFLICT', field: 'digest' }]);
      expect(late.account).toMatchObject({ id: into });
      last = (await preview()).digest;
    }
    expect(await db().$count(accountForwardings)).toBe(0);
  });

  test('every fact that differs is decided, and nothing else', async () => {
    const { digest, facts } = await keepAll();
    expect(facts.length, 'the sample says shop.domain differently').toBeGreaterThan(0);
    for (const wrong of [[], facts.slice(1), [...facts, facts[0]], [...facts, { key: 'no.conflict', keep: 'FROM' }]]) {
      const refused = await merge({ digest, facts: wrong, idempotencyKey: uuidv7() });
      expect(refused.userErrors).toMatchObject([{ code: 'FACTS_UNDECIDED', field: 'facts' }]);
    }
    expect((await merge({ digest, facts: [], fromId: into })).userErrors).toMatchObject([{ code: 'SAME_ACCOUNT' }]);
  });

  test('more ids in other systems than an account keeps are refused whole, and told in a sentence', async () => {
    const ids = (accountId: string, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        accountId,
        system: 'crm',
        externalId: `${accountId} ${i}`,
        setAt: app.clock.now(),
      }));
    const had = async () => [
      await db().$count(accountExternalIds, eq(accountExternalIds.accountId, into)),
      await db().$count(accountExternalIds, eq(accountExternalIds.accountId, from)),
    ];
    const [ofInto = 0, ofFrom = 0] = await had();
    await db()
      .insert(accountExternalIds)
      .values([...ids(into, 12 - ofInto), ...ids(from, 9 - ofFrom)]);
    const [refusal] = (await merge(await keepAll())).userErrors;
    expect(refusal).toMatchObject({ code: 'EXTERNAL_IDS_TOO_MANY', field: null });
    expect(refusal.message).toContain(
      'Together the two have 21 ids in other systems, and an account keeps 20. Remove 1 ',
    );
    expect(await had()).toEqual([12, 9]);
    await db()
      .delete(accountExternalIds)
      .where(eq(accountExternalIds.externalId, `${from} 0`));
    expect((await merge(await keepAll())).userErrors).toEqual([]);
    expect(await had()).toEqual([20, 0]);
  });

  test('the same key answers the same once; two at once merge once', async () => {
    const input = await keepAll();
    const both = await Promise.all([merge(input), merge(input)]);
    expect(both.map((done) => done.userErrors)).toEqual([[], []]);
    expect((await merge(input)).account).toEqual(both[0]!.account);
    expect(await db().$count(accountForwardings)).toBe(1);
    const again = await manager.gql(mergeText, {
      id: into,
      input: { ...input, fromId: from, idempotencyKey: 'other' },
    });
    expect(again.errors[0]?.extensions?.code, 'it is not there any more').toBe('NOT_FOUND');
  });

  test('managers and admins alone; to a client neither account is there', async () => {
    const input = { ...(await keepAll()), fromId: from, idempotencyKey: 'k' };
    for (const role of ['CONTRIBUTOR', 'PM', 'DIRECTOR'] as const) {
      const session = await app.signIn({ id: await person(role, null) });
      expect(await preview(session)).toBeNull();
      expect((await session.gql(mergeText, { id: into, input })).errors[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    for (const accountId of [into, from]) {
      const session = await app.signIn({ id: await person('CLIENT_LEAD', accountId) });
      expect(await preview(session)).toBeNull();
      for (const [id, fromId] of [
        [into, from],
        [from, into],
        [accountId, uuidv7()],
      ] as const) {
        const { errors } = await session.gql(mergeText, { id, input: { ...input, fromId } });
        expect(errors[0]?.extensions?.code).toBe('NOT_FOUND');
      }
    }
    expect(await db().$count(accountForwardings)).toBe(0);
  });
});

describe('whoever is inside while it happens', () => {
  const changes = `subscription ($id: ID!) { changes(projectId: $id) { ... on Change { kind position } } }`;

  test('sees the projects of both from then on, in a socket that came back with those rights', async () => {
    const client = await app.signIn(app.world.otherClient);
    const own = app.world.otherProject.id;
    const [before, others] = [await projectsOf(client), await projectsOf(await app.signIn(app.world.client))];
    expect(before).not.toContain(app.world.project.id);
    const stream = client.subscribe(changes, { id: own });
    const stale = stream.next().then(
      (message) => message,
      (error: Error) => error,
    );
    const note = app.world.clients
      .find(({ project }) => project.id === own)!
      .tasks.find((task) => task.noteId !== null && task.visibility === 'SHARED');
    const room =
      note && (await client.ask('query ($id: ID!) { task(id: $id) { note { room } } }', { id: note.id })).task.note;
    const peer = room && enterNote({ url: app.url, cookie: client.cookie, room: room.room });
    await peer?.synced();

    await merge(await keepAll());
    // Either the event, or an end after which a page asks again: never silence, and never the rights of before.
    await eventually(async () => expect(await stale).toBeTruthy());
    expect((await projectsOf(client)).sort()).toEqual([...before, ...others].sort());
    expect((await projectsOf(await app.signIn(app.world.client))).sort()).toEqual([...before, ...others].sort());
    const { project } = await client.ask('query ($id: ID!) { project(id: $id) { account { id } position } }', {
      id: own,
    });
    expect(project.account).toEqual({ id: into });
    const renewed = client.subscribe(
      `subscription ($id: ID!, $p: Int) { changes(projectId: $id, after: $p) { ... on Change { kind position } } }`,
      {
        id: own,
        p: project.position - 1,
      },
    );
    expect((await renewed.next()).changes).toEqual({
      kind: 'project.accountChanged',
      position: project.position,
    });
    if (peer) {
      peer.addParagraph('Still mine to write in.');
      await peer.saved();
      peer.close();
    }
  });

  test('a token for the account: the client’s own is for the other one then, staff’s reaches what it reached', async () => {
    const at = app.clock.now();
    const token = (personId: string) => ({
      ...{ id: uuidv7(), personId, createdBy: personId, name: 't', prefix: 'p', scopes: ['projects:read'] },
      ...{ secretHash: uuidv7(), accountIds: [from], projectIds: null, createdAt: at },
    });
    const [own, staffs] = [token(app.world.otherClient.id), token(app.world.pm.id)];
    await db().insert(apiTokens).values([own, staffs]);
    const moved = await db().select().from(projects).where(eq(projects.accountId, from));
    expect((await preview()).tokenCount).toBe(2);
    await merge(await keepAll());
    const now = async (id: string) => (await db().select().from(apiTokens).where(eq(apiTokens.id, id)))[0]!;
    expect(await now(own.id)).toMatchObject({ accountIds: [into], projectIds: null });
    const kept = await now(staffs.id);
    expect([kept.accountIds, kept.projectIds?.sort()]).toEqual([[], moved.map(({ id }) => id).sort()]);
  });

  test('whoever opens a project of it at that moment is told that it is gone, and nothing is left behind', async () => {
    const input = await keepAll();
    const create = manager.gql(
      `mutation ($id: ID!) { projectCreate(input: { idempotencyKey: "p", accountId: $id, name: "Late", platform: SHOPIFY, templateKeys: [],
        products: [SEARCH], signedOn: "2026-02-01" }) { project { account { id } } userErrors { code } } }`,
      { id: from },
    );
    const [made, done] = await Promise.all([create, merge(input)]);
    const isFirst = made.errors.length === 0;
    // Before it, the preview is stale; after it, the account is gone. Never a project of nobody.
    if (isFirst) expect(done.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    else expect([made.errors[0]?.extensions?.code, done.userErrors]).toEqual(['NOT_FOUND', []]);
    const last = await db().select().from(projects).orderBy(desc(projects.createdAt)).limit(1);
    const isOf = await db().$count(accounts, and(eq(accounts.id, last[0]!.accountId)));
    expect(isOf).toBe(1);
  });
});
