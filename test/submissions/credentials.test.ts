import { Writable } from 'node:stream';
import { eq, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as schema from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import { credentialsReveal, credentialsSubmit } from '../../server/submissions/credentials/commands.ts';
import type { Session } from '../support/session.ts';
import { someCredentials } from '../support/taskWithInputs.ts';
import { type InputsWorld, key, revisionOf, startInputsWorld, taskText } from './inputsWorld.ts';

const { events, people, sealedCredentials, submissions } = schema;
const canary = 'Heron-canary-5up3r-9f1c';

let w: InputsWorld;
beforeAll(async () => {
  w = await startInputsWorld();
});
afterAll(() => w.close());

const submitText = `mutation ($input: CredentialsSubmitInput!) {
  credentialsSubmit(input: $input) { submission { id version answers { text } url } task { state } userErrors { code field message } }
}`;
const revealText = `mutation ($id: ID!, $field: String!) {
  credentialsReveal(id: $id, input: { field: $field }) { secret { value revealedUntil field } userErrors { code } }
}`;
const withdrawText = `mutation ($id: ID!) {
  credentialsWithdraw(id: $id) { submission { withdrawnAt } task { state } userErrors { code } }
}`;

async function submit(session: Session, task: { id: string; inputs: { id: string }[] }, password = canary) {
  const values = [
    { field: 'user', value: 'feed' },
    { field: 'password', value: password },
  ];
  const revision = await revisionOf(session, task.id);
  const input = { inputId: task.inputs[0]!.id, idempotencyKey: key(), revision, values };
  return { input, answer: await session.gql(submitText, { input }) };
}

const codeOf = (answer: { errors: { extensions?: { code?: string } }[] }) => answer.errors[0]?.extensions?.code;

/** Every row of every table but the column of sealed values, as text. */
async function everyRow(): Promise<string> {
  const tables = Object.values(schema).filter((value) => is(value, PgTable));
  const texts = await Promise.all(
    tables.map(async (table) => {
      const name = getTableName(table);
      const rows = await w.app.services.db.execute(sql.raw(`select to_jsonb(t) as row from "${name}" t`));
      return JSON.stringify(rows);
    }),
  );
  return texts.join('\n');
}

test('a secret is found nowhere: in no row, no event, no log, and in nothing that was sent to anybody but its revealer', async () => {
  const task = await w.task({}, someCredentials);
  const id = task.inputs[0]!.id;
  const { input, answer } = await submit(w.member, task);
  expect(answer.data).toMatchObject({
    credentialsSubmit: { submission: { version: 1 }, task: { state: 'IN_REVIEW' } },
  });
  await w.member.gql(submitText, { input });

  for (const session of [w.lead, w.member, w.sponsor, w.viewer, w.partner, w.pm, w.director]) {
    const seen = (await session.ask(taskText, { id: task.id })).task.inputs[0];
    expect(seen.fields).toEqual([
      { key: 'user', label: 'User name', isSecret: false, isRequired: true, isSet: true },
      { key: 'password', label: 'Password', isSecret: true, isRequired: true, isSet: true },
    ]);
    await session.ask(
      'query ($id: ID!) { task(id: $id) { changes { nodes { kind facts { version } } } latestSubmission { id url } } }',
      { id: task.id },
    );
  }
  const { credentialsReveal: revealed } = await w.pm.ask(revealText, { id, field: 'password' });
  expect(revealed.secret).toMatchObject({ value: canary, field: 'password' });

  const rows = await everyRow();
  expect(rows).not.toContain(canary);
  expect(rows).toContain(id);
  for (const session of [w.lead, w.member, w.sponsor, w.viewer, w.partner, w.director, w.stranger]) {
    expect(session.bytesSeen()).not.toContain(canary);
  }
  const [sealed] = await w.app.services.db.select().from(sealedCredentials).limit(1);
  expect(sealed!.sealed).not.toContain(Buffer.from(canary).toString('base64url').slice(0, 12));
});

test('no log line holds a secret, also when the database fails under it', async () => {
  const task = await w.task({}, someCredentials);
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const { services } = w.app;
  const log = pino({ level: 'trace' }, sink);
  const [pm] = await services.db.select().from(people).where(eq(people.id, w.pm.personId!));
  const viewer = viewerFrom({ personId: pm!.id, sessionId: '', role: pm!.role, accountId: null });
  const ctx = { ...services, log, viewer, loaders: new Map() };
  const input = {
    inputId: task.inputs[0]!.id,
    idempotencyKey: key(),
    revision: 1,
    values: [
      { field: 'user', value: canary },
      { field: 'password', value: canary },
    ],
  };
  const broken = { ...ctx, clock: { now: () => new Date(Number.NaN) } };
  const failure: unknown = await credentialsSubmit(broken, input).catch((error: unknown) => error);
  log.error({ err: failure }, 'graphql');
  expect(failure).toBeInstanceOf(Error);
  expect(lines.join('')).not.toContain(canary);
  expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(canary);
  await credentialsSubmit(ctx, input);
  await credentialsReveal(ctx, input.inputId, 'password');
  expect(lines.join('')).not.toContain(canary);
});

test('the partner and whoever only reads hand none in, and of the client nobody reads one back', async () => {
  const task = await w.task({}, someCredentials);
  const id = task.inputs[0]!.id;
  const turn = async (session: Session) =>
    (await session.ask('query ($id: ID!) { task(id: $id) { viewerCan { submit } } }', { id: task.id })).task.viewerCan
      .submit;
  expect([await turn(w.member), await turn(w.partner)]).toEqual([true, false]);
  for (const session of [w.partner, w.sponsor, w.viewer, w.director]) {
    expect(codeOf((await submit(session, task)).answer)).toBe('FORBIDDEN');
  }
  expect(
    codeOf(
      (
        await submit(w.stranger, { ...task, id: w.app.world.otherProject.id }).catch(() => ({
          answer: { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
        }))
      ).answer,
    ),
  ).toBe('NOT_FOUND');
  await submit(w.lead, task);
  for (const session of [w.lead, w.member, w.sponsor, w.viewer, w.partner, w.director]) {
    expect(codeOf(await session.gql(revealText, { id, field: 'password' }))).toBe('FORBIDDEN');
    expect((await session.ask(taskText, { id: task.id })).task.inputs[0].viewerCan.reveal).toBe(false);
  }
  expect(codeOf(await w.stranger.gql(revealText, { id, field: 'password' }))).toBe('NOT_FOUND');
  const internal = await w.task({ visibility: 'INTERNAL' }, someCredentials);
  expect(codeOf(await w.lead.gql(revealText, { id: internal.inputs[0]!.id, field: 'password' }))).toBe('NOT_FOUND');
});

test('each look is on record, for staff alone, and says until when it may be shown', async () => {
  const task = await w.task({}, someCredentials);
  const id = task.inputs[0]!.id;
  await submit(w.member, task);
  const { secret } = (await w.pm.ask(revealText, { id, field: 'password' })).credentialsReveal;
  expect(new Date(secret.revealedUntil).getTime() - w.app.clock.now().getTime()).toBe(30_000);
  expect(codeOf(await w.pm.gql(revealText, { id, field: '__proto__' }))).toBe('NOT_FOUND');
  const looks = await w.app.services.db.select().from(events).where(eq(events.taskId, task.id));
  const revealed = looks.filter((event) => event.kind === 'credentials.revealed');
  expect(revealed).toMatchObject([
    { audience: 'INTERNAL', actorId: w.pm.personId, sharedPosition: null, facts: { inputId: id, field: 'password' } },
  ]);
  const changes = 'query ($id: ID!) { task(id: $id) { changes { nodes { kind } } } }';
  expect(JSON.stringify(await w.lead.ask(changes, { id: task.id }))).not.toContain('revealed');
  expect(JSON.stringify(await w.pm.ask(changes, { id: task.id }))).toContain('credentials.revealed');
});

test('others in their place destroy the first, also when the task is done; taken back, nothing is left to look at', async () => {
  const task = await w.task({ isReviewWanted: false }, someCredentials);
  const id = task.inputs[0]!.id;
  await submit(w.member, task, 'first');
  expect((await w.taskNow(task.id)).state).toBe('DONE');
  expect((await submit(w.lead, task, 'second')).answer.data).toMatchObject({
    credentialsSubmit: { submission: { version: 2 }, task: { state: 'DONE' } },
  });
  expect((await w.pm.ask(revealText, { id, field: 'password' })).credentialsReveal.secret.value).toBe('second');
  const { db } = w.app.services;
  const own = await db.select().from(submissions).where(eq(submissions.inputId, id));
  const left = async () =>
    (await db.select().from(sealedCredentials)).filter((row) => own.some((one) => one.id === row.submissionId));
  expect(await left()).toHaveLength(2);

  expect(codeOf(await w.partner.gql(withdrawText, { id }))).toBe('FORBIDDEN');
  expect((await w.member.ask(withdrawText, { id })).credentialsWithdraw.submission.withdrawnAt).not.toBeNull();
  expect((await w.member.ask(withdrawText, { id })).credentialsWithdraw.userErrors).toEqual([]);
  expect(await left()).toEqual([]);
  expect(codeOf(await w.pm.gql(revealText, { id, field: 'password' }))).toBe('NOT_FOUND');
  const seen = (await w.lead.ask(taskText, { id: task.id })).task.inputs[0];
  expect(seen.fields.map((field: { isSet: boolean }) => field.isSet)).toEqual([false, false]);
});

test('a field that is missing or unknown is refused, and says nothing of the others', async () => {
  const task = await w.task({}, someCredentials);
  const send = async (values: object[]) => {
    const input = { inputId: task.inputs[0]!.id, idempotencyKey: key(), revision: 1, values };
    return w.member.gql(submitText, { input });
  };
  const missing = await send([{ field: 'password', value: canary }]);
  expect(missing.data).toMatchObject({ credentialsSubmit: { userErrors: [{ code: 'EMPTY', field: 'values.user' }] } });
  expect(codeOf(await send([{ field: '__proto__', value: canary }]))).toBe('BAD_USER_INPUT');
  const twice = [1, 2].map(() => ({ field: 'user', value: canary }));
  expect(codeOf(await send(twice))).toBe('BAD_USER_INPUT');
  expect(w.member.bytesSeen()).not.toContain(canary);
});

describe('a field that is optional', () => {
  const [user, password] = someCredentials.spec.fields;
  const optional = (field: object | undefined) => ({ ...field, isRequired: false });
  const asked = (...fields: object[]) => ({ ...someCredentials, spec: { kind: 'CREDENTIALS', fields } });
  const send = async (task: { id: string; inputs: { id: string }[] }, values: Record<string, string>) => {
    const revision = await revisionOf(w.member, task.id);
    const given = Object.entries(values).map(([field, value]) => ({ field, value }));
    const input = { inputId: task.inputs[0]!.id, idempotencyKey: key(), revision, values: given };
    return (await w.member.ask(submitText, { input })).credentialsSubmit;
  };
  const isSet = async (task: { id: string }) =>
    (await w.lead.ask(taskText, { id: task.id })).task.inputs[0].fields.map((field: { isSet: boolean }) => field.isSet);

  test('may be left out or empty, and is not there then; the others are asked for by name', async () => {
    const task = await w.task({}, asked(user!, optional(password)));
    const { fields } = (await w.member.ask(taskText, { id: task.id })).task.inputs[0];
    expect(fields).toMatchObject([
      { key: 'user', isRequired: true },
      { key: 'password', isRequired: false },
    ]);
    expect(await send(task, { user: 'feed' })).toMatchObject({ submission: { version: 1 }, userErrors: [] });
    expect(await isSet(task)).toEqual([true, false]);
    const id = task.inputs[0]!.id;
    expect(codeOf(await w.pm.gql(revealText, { id, field: 'password' }))).toBe('NOT_FOUND');
    for (const user of ['', '  \t']) {
      const missing = await send(task, { user, password: canary });
      expect(missing.userErrors).toMatchObject([{ code: 'EMPTY', field: 'values.user' }]);
    }
    expect(await isSet(task)).toEqual([true, false]);
  });

  test('that was given is gone once others come in their place without it', async () => {
    const task = await w.task({}, asked(user!, optional(password)));
    await send(task, { user: 'feed', password: canary });
    expect(await isSet(task)).toEqual([true, true]);
    await send(task, { user: 'feed', password: '' });
    expect(await isSet(task)).toEqual([true, false]);
  });

  test('does not make nothing at all out of credentials', async () => {
    const task = await w.task({}, asked(optional(user), optional(password)));
    const nothing = await send(task, { user: '', password: ' ' });
    expect(nothing.userErrors).toMatchObject([{ code: 'EMPTY', field: 'values' }]);
  });
});

test('a removed person hands nothing in and looks at nothing', async () => {
  const task = await w.task({}, someCredentials);
  await submit(w.member, task);
  const { db, clock } = w.app.services;
  const [{ id } = { id: '' }] = await db
    .insert(people)
    .values({
      id: crypto.randomUUID(),
      email: 'gone@inputs.example',
      name: 'Gone',
      role: 'PM',
      accountId: null,
      timeZone: 'UTC',
      isSample: true,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    .returning({ id: people.id });
  const gone = await w.app.signIn({ id });
  await db.update(people).set({ removedAt: clock.now() }).where(eq(people.id, id));
  expect(codeOf(await gone.gql(revealText, { id: task.inputs[0]!.id, field: 'password' }))).toBe('UNAUTHENTICATED');
});
