import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountFacts, accounts, company, events } from '../../drizzle/schema/index.ts';
import type { Session } from '../support/session.ts';
import { type InputsWorld, key, revisionOf, startInputsWorld } from './inputsWorld.ts';

let w: InputsWorld;
let accountId: string;
beforeAll(async () => {
  w = await startInputsWorld();
  accountId = w.app.world.client.accountId!;
});
afterAll(() => w.close());

const form = {
  key: 'about',
  label: 'About your sending',
  spec: {
    kind: 'FORM',
    questions: [
      { key: 'domain', label: 'Which domain do you send from?', kind: 'TEXT', fact: 'email.sendingDomain' },
      { key: 'why', label: 'Why that one?', kind: 'TEXT', isRequired: false },
    ],
  },
};
type Known = { value: string; from: string; at: string } | null;
const known = async (taskId: string, by: Session): Promise<Known | undefined> => {
  const { task } = await by.ask<{ task: { inputs: { questions: { known: Known }[] }[] } | null }>(
    'query ($id: ID!) { task(id: $id) { inputs { questions { known { value from at } } } } }',
    { id: taskId },
  );
  return task?.inputs[0]?.questions[0]?.known;
};
const handIn = async (task: { id: string; inputs: { id: string }[] }, text: string, by = w.member) => {
  const revision = await revisionOf(by, task.id);
  const answers = [{ question: 'domain', text }];
  const input = { inputId: task.inputs[0]!.id, idempotencyKey: key(), revision, answers };
  const { formSubmit } = await by.ask<{ formSubmit: { userErrors: unknown[] } }>(
    'mutation ($input: FormSubmitInput!) { formSubmit(input: $input) { userErrors { code } } }',
    { input },
  );
  expect(formSubmit.userErrors).toEqual([]);
};
const isThis = () => and(eq(accountFacts.accountId, accountId), eq(accountFacts.key, 'email.sendingDomain'));
const factNow = async () => (await w.app.services.db.select().from(accountFacts).where(isThis()))[0];
const avoided = async (by: Session) => {
  const { project } = await by.ask<{ project: { questionsAvoided: number | null } }>(
    'query ($id: ID!) { project(id: $id) { questionsAvoided } }',
    { id: w.projectId },
  );
  return project.questionsAvoided;
};

const avoidedInAll = async (by: Session) => {
  const { overview } = await by.ask<{ overview: { questionsAvoided: number } | null }>(
    '{ overview { questionsAvoided } }',
  );
  return overview?.questionsAvoided ?? null;
};

test('what is known is confirmed or corrected, and what is handed in is known from then on', async () => {
  const { db, clock } = w.app.services;
  await db.delete(accountFacts).where(isThis());
  const before = (await avoidedInAll(w.pm)) ?? 0;
  const first = await w.task({}, form);
  expect(await known(first.id, w.member)).toBeNull();
  await handIn(first, ' news.shop.example ');
  expect(await factNow()).toMatchObject({ value: 'news.shop.example', source: 'CLIENT' });
  // Nothing was known, so nothing was avoided.
  expect(await avoided(w.pm)).toBe(0);

  const second = await w.task({}, form);
  const [account] = await db.select().from(accounts).where(eq(accounts.id, accountId));
  expect(await known(second.id, w.member)).toMatchObject({ value: 'news.shop.example', from: account?.name });
  await handIn(second, 'news.shop.example');
  expect([await avoided(w.pm), await avoidedInAll(w.pm)]).toEqual([1, before + 1]);

  const source = 'a system that clients never hear of';
  await db.update(accountFacts).set({ value: 'old.shop.example', source, at: clock.now() }).where(isThis());
  const third = await w.task({}, form);
  const [ours] = await db.select().from(company);
  expect(await known(third.id, w.member)).toMatchObject({ value: 'old.shop.example', from: ours?.name });
  await handIn(third, 'right.shop.example');
  expect(await factNow()).toMatchObject({ value: 'right.shop.example', source: 'CLIENT' });
  // It was asked after all: what was known was wrong.
  expect([await avoided(w.pm), await avoidedInAll(w.pm)]).toEqual([1, before + 1]);
  // To a client there are no such figures.
  expect(await avoidedInAll(w.member)).toBeNull();
  const told = await db
    .select()
    .from(events)
    .where(and(eq(events.kind, 'task.factConfirmed'), eq(events.projectId, w.projectId)));
  expect(told.map(({ audience, facts }) => [audience, facts.isCorrected])).toEqual([
    ['INTERNAL', false],
    ['INTERNAL', true],
  ]);
  // The figure of all integrations is that of a year; a project keeps its own.
  const longAgo = new Date(clock.now().getTime() - 366 * 86_400_000);
  await db.update(events).set({ at: longAgo }).where(eq(events.kind, 'task.factConfirmed'));
  expect([await avoided(w.pm), await avoidedInAll(w.pm)]).toEqual([1, 0]);
});

test('is shown to whoever may hand the form in, of their own account, and to nobody else', async () => {
  const task = await w.task({}, form);
  expect(await known(task.id, w.pm)).toMatchObject({ value: 'right.shop.example' });
  expect(await known(task.id, w.partner)).toMatchObject({ value: 'right.shop.example' });
  expect(await known(task.id, w.viewer)).toBeNull();
  expect(await known(task.id, w.sponsor)).toBeNull();
  expect(await known(task.id, w.stranger)).toBeUndefined();
  expect(await avoided(w.member)).toBeNull();
});

test('two forms of one account, handed in at once, both count, and the last one is known', async () => {
  const [a, b] = [await w.task({}, form), await w.task({}, form)];
  await Promise.all([handIn(a, 'a.shop.example'), handIn(b, 'b.shop.example', w.lead)]);
  expect(['a.shop.example', 'b.shop.example']).toContain((await factNow())?.value);
});

test('what Sales handed over with the project is asked to be confirmed, and which department knew it is not told', async () => {
  const { db } = w.app.services;
  await db.delete(accountFacts).where(isThis());
  const input = {
    idempotencyKey: key(),
    accountId,
    platform: 'SHOPIFY',
    products: ['EMAIL'],
    templateKeys: [],
    name: 'From the CRM',
    signedOn: '2026-03-06',
    handOver: [{ key: 'email.sendingDomain', value: 'sold.shop.example' }],
  };
  const { projectCreate } = await w.pm.ask<{ projectCreate: { userErrors: unknown[] } }>(
    'mutation ($input: ProjectCreateInput!) { projectCreate(input: $input) { userErrors { code } } }',
    { input },
  );
  expect(projectCreate.userErrors).toEqual([]);
  const task = await w.task({}, form);
  const [ours] = await db.select().from(company);
  const { at } = (await factNow())!;
  expect(await known(task.id, w.member)).toEqual({
    value: 'sold.shop.example',
    from: ours?.name,
    at: at.toISOString(),
  });
  await handIn(task, 'sold.shop.example');
  expect(await factNow()).toMatchObject({ value: 'sold.shop.example', source: 'CLIENT' });
});
