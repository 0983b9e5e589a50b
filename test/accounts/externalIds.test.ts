import { desc, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { accountExternalIds, accounts, events, revisions } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
let id: string;
let otherId: string;
const opened: TestApp[] = [];
beforeEach(async () => {
  app = await startTestApp();
  opened.push(app);
  pm = await app.signIn(app.world.pm);
  id = app.world.project.accountId;
  otherId = (await app.services.db.query.people.findFirst({ where: (p) => eq(p.id, app.world.otherClient.id) }))!
    .accountId!;
});
afterAll(() => Promise.all(opened.map((one) => one.close())));

const payload = '{ account { revision externalIds { system externalId } } userErrors { code field message } }';
const set = async (input: Record<string, unknown>, { by = pm, account = id } = {}) =>
  (
    await by.ask(
      `mutation ($id: ID!, $input: AccountExternalIdSetInput!) { accountExternalIdSet(id: $id, input: $input) ${payload} }`,
      { id: account, input },
    )
  ).accountExternalIdSet;
const remove = async (input: Record<string, unknown>) =>
  (
    await pm.ask(
      `mutation ($id: ID!, $input: AccountExternalIdRemoveInput!) { accountExternalIdRemove(id: $id, input: $input) ${payload} }`,
      { id, input },
    )
  ).accountExternalIdRemove;
const revision = async (account = id) =>
  (await app.services.db.select().from(accounts).where(eq(accounts.id, account)))[0]!.revision;
const found = async (system: string, externalId: string, by = pm) =>
  (
    await by.ask('query ($s: String!, $e: String!) { accountByExternalId(system: $s, externalId: $e) { id } }', {
      s: system,
      e: externalId,
    })
  ).accountByExternalId;

describe('what other systems call an account', () => {
  test('is written down under the next revision, with the system in the log and the id beside it', async () => {
    const seen = await revision();
    const done = await set({ revision: seen, system: ' Salesforce ', externalId: ' 0015g00000XyZ ' });
    expect(done).toEqual({
      account: { revision: seen + 1, externalIds: [{ system: 'salesforce', externalId: '0015g00000XyZ' }] },
      userErrors: [],
    });
    const [event] = await app.services.db.select().from(events).orderBy(desc(events.seq)).limit(1);
    expect(event).toMatchObject({
      kind: 'account.externalIdSet',
      audience: 'INTERNAL',
      subjectId: id,
      projectId: null,
    });
    expect(event!.facts).toEqual({ system: 'salesforce' });
    const [kept] = await app.services.db.select().from(revisions).where(eq(revisions.eventId, event!.id));
    expect(kept).toMatchObject({ before: { externalId: null }, after: { externalId: '0015g00000XyZ' } });
    expect(await found('SALESFORCE', '0015g00000XyZ')).toEqual({ id });
    expect(await found('salesforce', '0015g00000xyz'), 'the id itself tells capitals apart').toBeNull();
  });

  test('is replaced in one act and forgotten in another; both refuse a stale revision', async () => {
    await set({ revision: await revision(), system: 'hubspot', externalId: '1' });
    const seen = await revision();
    const replaced = await set({ revision: seen, system: 'hubspot', externalId: '2', replaces: '1' });
    expect(replaced.account.externalIds).toEqual([{ system: 'hubspot', externalId: '2' }]);
    for (const late of [
      await set({ revision: seen, system: 'hubspot', externalId: '3' }),
      await remove({ revision: seen, system: 'hubspot', externalId: '2' }),
    ]) {
      expect(late.userErrors).toMatchObject([{ code: 'CONFLICT', field: 'revision' }]);
      expect(late.account, 'with the account as it is now').toEqual(replaced.account);
    }
    const gone = await remove({ revision: seen + 1, system: 'hubspot', externalId: '2' });
    expect(gone).toEqual({ account: { revision: seen + 2, externalIds: [] }, userErrors: [] });
    expect(await found('hubspot', '2')).toBeNull();
  });

  test('said again changes nothing and writes nothing', async () => {
    await set({ revision: await revision(), system: 'hubspot', externalId: '1' });
    const [seen, before] = [await revision(), await app.services.db.$count(events)];
    expect((await set({ revision: seen, system: 'hubspot', externalId: '1' })).userErrors).toEqual([]);
    expect((await set({ revision: seen, system: 'hubspot', externalId: '1', replaces: '1' })).userErrors).toEqual([]);
    expect((await remove({ revision: seen, system: 'hubspot', externalId: 'never' })).userErrors).toEqual([]);
    expect([await revision(), await app.services.db.$count(events)]).toEqual([seen, before]);
  });

  test('is the same with marks that nobody sees, as copying brings them along', async () => {
    await set({ revision: await revision(), system: 'hubspot', externalId: '\u200b47\u200d11\ufeff ' });
    expect(await found('hubspot', '4711')).toEqual({ id });
    expect(await found('hubspot', '\u20604711')).toEqual({ id });
    const input = { revision: await revision(otherId), system: 'hubspot', externalId: '47\u00ad11' };
    expect((await set(input, { account: otherId })).userErrors).toMatchObject([{ code: 'EXTERNAL_ID_TAKEN' }]);
    const nothing = await set({ revision: await revision(), system: 'crm', externalId: '\u200b\u200b' });
    expect(nothing.userErrors).toMatchObject([{ code: 'EMPTY', field: 'externalId' }]);
  });

  test('is one account’s alone, and whoever tries is told whose', async () => {
    await set({ revision: await revision(), system: 'hubspot', externalId: '1' });
    const taken = await set(
      { revision: await revision(otherId), system: 'HubSpot', externalId: '1' },
      { account: otherId },
    );
    const { name } = (await app.services.db.select().from(accounts).where(eq(accounts.id, id)))[0]!;
    expect(taken.userErrors).toMatchObject([{ code: 'EXTERNAL_ID_TAKEN', field: 'externalId' }]);
    expect(taken.userErrors[0].message).toContain(name);
    expect(taken.account.externalIds).toEqual([]);
    expect(await found('hubspot', '1')).toEqual({ id });
  });

  test('is refused where it is no id, and where there are twenty', async () => {
    const cases: [Record<string, string>, string, string][] = [
      [{ system: 'our crm', externalId: '1' }, 'EXTERNAL_ID_INVALID', 'system'],
      [{ system: '', externalId: '1' }, 'EXTERNAL_ID_INVALID', 'system'],
      [{ system: 'crm', externalId: '  ' }, 'EMPTY', 'externalId'],
      [{ system: 'crm', externalId: 'x'.repeat(201) }, 'TOO_LONG', 'externalId'],
    ];
    for (const [input, code, field] of cases) {
      expect((await set({ revision: await revision(), ...input })).userErrors).toMatchObject([{ code, field }]);
    }
    for (let i = 0; i < 20; i++) await set({ revision: await revision(), system: 'crm', externalId: `${i}` });
    const full = await set({ revision: await revision(), system: 'crm', externalId: '20' });
    expect(full.userErrors).toMatchObject([{ code: 'TOO_MANY', field: 'externalId' }]);
    expect(await app.services.db.$count(accountExternalIds)).toBe(20);
  });

  test('two who give the same id to two accounts at once: one of them has it', async () => {
    const [one, two] = [await revision(), await revision(otherId)];
    const both = await Promise.all([
      set({ revision: one, system: 'crm', externalId: 'same' }),
      set({ revision: two, system: 'crm', externalId: 'same' }, { account: otherId }),
    ]);
    expect(both.map((done) => done.userErrors.length).sort()).toEqual([0, 1]);
    expect(await app.services.db.$count(accountExternalIds)).toBe(1);
  });

  test('exists for no client, whose account it is or not', async () => {
    await set({ revision: await revision(), system: 'crm', externalId: 'secret-1' });
    for (const who of [app.world.client, app.world.otherClient]) {
      const session = await app.signIn(who);
      expect(await found('crm', 'secret-1', session)).toBeNull();
      const { viewer } = await session.ask('{ viewer { account { externalIds { system externalId } } } }');
      expect(viewer.account.externalIds).toEqual([]);
    }
    const ask = async (account: string) =>
      (
        await (
          await app.signIn(app.world.otherClient)
        ).gql(
          `mutation ($id: ID!) { accountExternalIdSet(id: $id, input: { revision: 1, system: "crm", externalId: "x" }) ${payload} }`,
          { id: account },
        )
      ).errors.map((error) => [error.message, error.extensions?.code]);
    expect(await ask(id)).toEqual(await ask(uuidv7()));
  });
});
