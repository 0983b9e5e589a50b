import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { eq, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as schema from '../../drizzle/schema/index.ts';
import { tokenOf } from '../security/tokenActor.ts';
import { certificateFor } from '../support/certificate.ts';
import { eventually } from '../support/eventually.ts';
import { hereOnly } from '../support/hereOnly.ts';
import type { GqlAnswer, Session } from '../support/session.ts';
import { triedAccess } from '../support/taskWithInputs.ts';
import { againText, checkText } from './checksWorld.ts';
import { type InputsWorld, key, startInputsWorld } from './inputsWorld.ts';

const { checks, events, people, sealedCredentials, submissions } = schema;
const canary = 'Heron-canary-5up3r-9f1c';
const day = 86_400_000;

let w: InputsWorld;
let at: string;
let answer: RequestListener;
let asked: string[] = [];
const servers: ReturnType<typeof createServer>[] = [];

beforeAll(async () => {
  const { cert, key: secretKey } = certificateFor(
    'shop.test',
    new Date(Date.now() - day),
    new Date(Date.now() + 90 * day),
  );
  const server = createServer({ cert, key: secretKey }, (req, res) => {
    asked.push(`${req.method} ${req.url} ${req.headers.authorization}`);
    answer(req, res);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  at = `https://shop.test:${port}`;
  w = await startInputsWorld({
    fetching: {
      allowedPorts: [port],
      ca: cert,
      ...hereOnly,
    },
  });
}, 120_000);
afterAll(async () => {
  await w.close();
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
const works: RequestListener = (req, res) => {
  const isRight = `${req.headers.authorization}`.includes(canary);
  res.writeHead(isRight ? 200 : 401).end(isRight ? `{"total_count":7,"echo":"${canary}"}` : `{"message":"${canary}"}`);
};
beforeEach(() => {
  answer = works;
  asked = [];
});

const submitText = `mutation ($input: CredentialsSubmitInput!) {
  credentialsSubmit(input: $input) { submission { id version state } task { state } userErrors { code field message } }
}`;
const withdrawText = `mutation ($id: ID!) {
  credentialsWithdraw(id: $id) { submission { id state withdrawnAt } task { state } userErrors { code } }
}`;
const codes = ({ errors }: GqlAnswer<unknown>) => errors.map((error) => error.extensions?.code);

type Task = Awaited<ReturnType<InputsWorld['task']>>;

async function handIn(session: Session, task: Task, token = canary, address = at) {
  const values = [
    { field: 'address', value: address },
    { field: 'token', value: token },
  ];
  const { revision } = await w.taskNow(task.id);
  const input = { inputId: task.inputs[0]!.id, idempotencyKey: key(), revision, values };
  const { credentialsSubmit } = await session.ask(submitText, { input });
  return { ...credentialsSubmit, id: credentialsSubmit.submission?.id as string };
}
const checkRow = async (id: string) =>
  (await w.app.services.db.select().from(checks).where(eq(checks.submissionId, id)))[0]!;
const settled = (id: string) => eventually(async () => !(await checkRow(id)).isRunning, 20_000);
const seen = async (session: Session, id: string) => (await session.ask(checkText, { id })).node;
const kindsOf = async (taskId: string) =>
  (await w.app.services.db.select().from(events).where(eq(events.taskId, taskId)).orderBy(events.seq)).map(
    ({ kind }) => kind,
  );

describe('credentials that a task has tried', () => {
  test('are called once, read nothing but what tells that they work, and go to review', async () => {
    const task = await w.task({}, triedAccess);
    const { id, submission, task: after } = await handIn(w.member, task);
    expect([submission.state, after.state]).toEqual(['VALIDATING', 'SUBMITTED']);
    await settled(id);
    expect(asked).toEqual([`GET /rest/V1/products?searchCriteria[pageSize]=1&fields=total_count Bearer ${canary}`]);
    expect(await seen(w.member, id)).toMatchObject({
      state: 'ACCEPTED',
      task: { state: 'IN_REVIEW' },
      check: { of: 'CREDENTIALS', subject: 'Magento', lastRun: { result: 'PASSED', findings: [] }, nextAt: null },
    });
    expect((await kindsOf(task.id)).slice(-2)).toEqual(['submission.checked', 'task.reviewStarted']);
  });

  test('that the platform refuses come back to the client with what to do, and others take their place', async () => {
    const task = await w.task({ isReviewWanted: false }, triedAccess);
    const { id } = await handIn(w.member, task, 'wrong-token');
    await settled(id);
    const refused = await seen(w.member, id);
    expect(refused).toMatchObject({ state: 'REJECTED', task: { state: 'CHANGES_REQUESTED' } });
    expect(refused.check.lastRun.findings).toMatchObject([
      {
        rule: 'CRED-01.refused',
        severity: 'ERROR',
        title: 'Magento refuses these credentials',
        expected: null,
        found: null,
      },
    ]);
    const second = await handIn(w.lead, task);
    await settled(second.id);
    expect(await seen(w.member, second.id)).toMatchObject({ state: 'ACCEPTED', version: 2, task: { state: 'DONE' } });
    expect((await seen(w.member, id)).check).toMatchObject({ isEnded: true, viewerCan: { checkAgain: false } });
  });

  /** Tried three times, a minute apart, and given up. */
  async function givenUp(address: string) {
    const task = await w.task({}, triedAccess);
    answer = (_, res) => void res.writeHead(503).end(canary);
    const { id } = await handIn(w.member, task, canary, address);
    for (let failures = 1; failures < 3; failures++) {
      await eventually(async () => (await checkRow(id)).failures === failures);
      expect((await seen(w.member, id)).check).toMatchObject({ isRunning: true, lastRun: null });
      w.app.clock.advance(60_001);
      await w.app.services.jobs.runDue();
    }
    await settled(id);
    expect(await seen(w.member, id)).toMatchObject({
      state: 'VALIDATING',
      task: { state: 'SUBMITTED' },
      check: { lastRun: null, viewerCan: { checkAgain: true } },
    });
    expect((await kindsOf(task.id)).at(-1)).toBe('submission.validationFailed');
    return id;
  }

  test('that could not be tried get no verdict: three tries, then it is said, and anybody may have it tried again', async () => {
    const id = await givenUp(at);
    expect(asked).toHaveLength(3);
    answer = works;
    await w.member.ask(againText, { id, key: key() });
    await settled(id);
    expect(await seen(w.member, id)).toMatchObject({ state: 'ACCEPTED', task: { state: 'IN_REVIEW' } });
  });

  test('whose shop has a name that our name servers say nothing of get no verdict either, and are sent nowhere', async () => {
    await givenUp(at.replace('shop.test', 'silent.test'));
    expect(asked).toEqual([]);
  });

  test.each([
    [
      'a redirect into our own network',
      (res: Parameters<RequestListener>[1]) => res.writeHead(302, { location: 'https://inside.test/' }),
    ],
    [
      'a redirect to another shop',
      (res: Parameters<RequestListener>[1]) => res.writeHead(301, { location: 'https://other.test/' }),
    ],
  ])('go through no redirect: %s', async (_, redirect) => {
    const task = await w.task({}, triedAccess);
    answer = (__, res) => void redirect(res).end();
    const { id } = await handIn(w.member, task);
    await settled(id);
    expect(asked).toHaveLength(1);
    const { check } = await seen(w.member, id);
    expect(check.lastRun.findings.map(({ rule }: { rule: string }) => rule)).toEqual(['CRED-01.address']);
    expect(JSON.stringify(check)).not.toMatch(/inside|other\.test/);
  });

  test('of a private address are sent nowhere, and it answers as an unknown name does', async () => {
    const told = [];
    for (const address of [
      'https://10.0.0.1/',
      'https://inside.test/',
      'https://nobody.example/',
      'https://169.254.169.254/',
    ]) {
      const task = await w.task({}, triedAccess);
      const { id } = await handIn(w.member, task, canary, address);
      await settled(id);
      told.push(JSON.stringify((await seen(w.member, id)).check.lastRun.findings));
    }
    expect(new Set(told).size).toBe(1);
    expect(told[0]).toContain('CRED-01.address');
    expect(asked).toEqual([]);
  });

  test('accepted by staff in spite of what was found go on', async () => {
    const task = await w.task({}, triedAccess);
    const { id } = await handIn(w.member, task, 'wrong-token');
    await settled(id);
    const { revision } = await w.taskNow(task.id);
    const accept = `mutation ($id: ID!, $input: SubmissionAcceptInput!) {
      submissionAccept(id: $id, input: $input) { submission { state } task { state } userErrors { code } } }`;
    const input = { revision, reason: 'Their firewall lets us in tomorrow.' };
    expect((await w.pm.ask(accept, { id, input })).submissionAccept.submission.state).toBe('ACCEPTED_WITH_WARNINGS');
  });
});

describe('while the call is under way', () => {
  /** Holds the answer back until it is let go. */
  function held(): () => void {
    let open: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    answer = (req, res) => void gate.then(() => works(req, res));
    return () => open();
  }

  test('they can be taken back: the verdict is not heard, and the task asks for them again', async () => {
    const open = held();
    const task = await w.task({ isReviewWanted: false }, triedAccess);
    const { id } = await handIn(w.member, task);
    await eventually(async () => asked.length === 1);
    const taken = (await w.member.ask(withdrawText, { id: task.inputs[0]!.id })).credentialsWithdraw;
    expect(taken).toMatchObject({ submission: { state: 'RECEIVED' }, task: { state: 'CHANGES_REQUESTED' } });
    open();
    await w.app.services.jobs.runDue();
    expect(await seen(w.member, id)).toMatchObject({
      state: 'RECEIVED',
      check: { isEnded: true, isRunning: false, lastRun: null, viewerCan: { checkAgain: false } },
    });
    expect((await kindsOf(task.id)).filter((kind) => kind === 'submission.checked')).toEqual([]);
    answer = works;
    const next = await handIn(w.member, task);
    await settled(next.id);
    expect(await seen(w.member, next.id)).toMatchObject({ state: 'ACCEPTED', task: { state: 'DONE' } });
  });

  test('others can take their place: of the first nothing is heard any more', async () => {
    const open = held();
    const task = await w.task({ isReviewWanted: false }, triedAccess);
    const first = await handIn(w.member, task, 'wrong-token');
    await eventually(async () => asked.length === 1);
    expect((await w.taskNow(task.id)).state).toBe('SUBMITTED');
    const second = await handIn(w.lead, task);
    open();
    await settled(second.id);
    expect(await seen(w.member, first.id)).toMatchObject({
      state: 'SUPERSEDED',
      check: { lastRun: null, isEnded: true },
    });
    expect(await seen(w.member, second.id)).toMatchObject({ state: 'ACCEPTED', task: { state: 'DONE' } });
    const own = await w.app.services.db.select().from(submissions).where(eq(submissions.taskId, task.id));
    const sealed = await w.app.services.db.select().from(sealedCredentials);
    expect(
      sealed.filter((row) => own.some(({ id }) => id === row.submissionId)).map((row) => row.submissionId),
    ).toEqual([second.id, second.id]);
  });

  test('replaced in a task that is done by what does not work, the task is open again, with what was found', async () => {
    const task = await w.task({ isReviewWanted: false }, triedAccess);
    await settled((await handIn(w.member, task)).id);
    expect((await w.taskNow(task.id)).state).toBe('DONE');
    const { id } = await handIn(w.member, task, 'wrong-token');
    await settled(id);
    expect(await seen(w.member, id)).toMatchObject({
      state: 'REJECTED',
      task: { state: 'CHANGES_REQUESTED', reason: { by: null, text: expect.stringContaining('refuses') } },
    });
    await settled((await handIn(w.member, task)).id);
    expect((await w.taskNow(task.id)).state).toBe('DONE');
  });
});

describe('[Z14] what is tried stays secret', () => {
  test('it stands in no row, event, mail or log line, and in nothing that anybody was sent', async () => {
    const lines: string[] = [];
    const { log } = w.app.services;
    const before = { error: log.error, warn: log.warn, info: log.info };
    for (const level of ['error', 'warn', 'info'] as const) {
      log[level] = ((...said: unknown[]) => {
        lines.push(
          JSON.stringify(said, (_, value) =>
            value instanceof Error ? `${value.stack}${JSON.stringify(value)}` : value,
          ),
        );
      }) as typeof log.error;
    }
    try {
      const task = await w.task({}, triedAccess);
      const good = await handIn(w.member, task);
      await settled(good.id);
      answer = (_, res) => void res.writeHead(500, { 'x-echo': canary }).end(canary);
      const { id } = await handIn(w.member, task);
      await eventually(async () => (await checkRow(id)).failures === 1);
      answer = (_, res) => void res.writeHead(403).end(canary);
      w.app.clock.advance(60_001);
      await w.app.services.jobs.runDue();
      await settled(id);
      for (const session of [w.lead, w.member, w.sponsor, w.viewer, w.partner, w.pm, w.director])
        await seen(session, id);
    } finally {
      Object.assign(log, before);
    }
    expect(lines.join('')).toContain('a check broke off');
    expect(lines.join('')).not.toContain(canary);
    const tables = Object.values(schema).filter((value) => is(value, PgTable));
    const rows = await Promise.all(
      tables.map(async (table) =>
        JSON.stringify(
          await w.app.services.db.execute(sql.raw(`select to_jsonb(t) as row from "${getTableName(table)}" t`)),
        ),
      ),
    );
    expect(rows.join('')).not.toContain(canary);
    expect(rows.join('')).not.toContain(at);
    for (const session of [w.lead, w.member, w.sponsor, w.viewer, w.partner, w.pm, w.director, w.stranger]) {
      expect(session.bytesSeen()).not.toContain(canary);
    }
    expect(JSON.stringify(await w.app.mails())).not.toContain(canary);
  });

  test('to another client, and of an internal task, the check is missing; nobody of them has it tried', async () => {
    const task = await w.task({}, triedAccess);
    const { id } = await handIn(w.member, task);
    await settled(id);
    expect(await seen(w.stranger, id)).toBe(null);
    expect(codes(await w.stranger.gql(againText, { id, key: key() }))).toEqual(['NOT_FOUND']);
    const internal = await w.task({ visibility: 'INTERNAL', side: 'COMPANY' }, triedAccess);
    const ours = await handIn(w.pm, internal);
    await settled(ours.id);
    for (const session of [w.member, w.lead, w.partner, w.sponsor]) {
      expect(await seen(session, ours.id)).toBe(null);
      expect(codes(await session.gql(againText, { id: ours.id, key: key() }))).toEqual(['NOT_FOUND']);
    }
    for (const session of [w.viewer, w.sponsor, w.director]) {
      expect((await seen(session, id)).check.viewerCan.checkAgain).toBe(false);
      expect(codes(await session.gql(againText, { id, key: key() }))).toEqual(['FORBIDDEN']);
    }
  });

  test('a token without the scope and somebody who was removed read and try nothing', async () => {
    const task = await w.task({}, triedAccess);
    const { id } = await handIn(w.member, task);
    await settled(id);
    const other = await tokenOf(w.member, ['TASKS_READ', 'PROJECTS_READ']);
    expect((await other.gql<{ node: unknown }>(checkText, { id })).data?.node ?? null).toBe(null);
    const reader = await tokenOf(w.member, ['SUBMISSIONS_READ', 'TASKS_READ', 'PROJECTS_READ']);
    expect((await seen(reader, id)).check.viewerCan.checkAgain).toBe(false);
    expect(codes(await reader.gql(againText, { id, key: key() }))).toEqual(['FORBIDDEN']);
    const { id: partnerId } = (await w.partner.ask('{ viewer { person { id } } }')).viewer.person;
    await w.app.services.db.update(people).set({ removedAt: w.app.clock.now() }).where(eq(people.id, partnerId));
    expect(codes(await w.partner.gql(againText, { id, key: key() }))).toEqual(['UNAUTHENTICATED']);
  });
});

test('an input says how it is tried, before anything is handed in', async () => {
  const shopify = {
    ...triedAccess,
    spec: { ...triedAccess.spec, test: { platform: 'SHOPIFY', scopes: ['read_products'] } },
  };
  const task = await w.task({}, shopify, { ...triedAccess, key: 'other', spec: { ...triedAccess.spec, test: null } });
  const text = 'query ($id: ID!) { task(id: $id) { inputs { wanted { of platform scopes everyMinutes } } } }';
  expect((await w.member.ask(text, { id: task.id })).task.inputs.map((one: { wanted: unknown }) => one.wanted)).toEqual(
    [{ of: 'CREDENTIALS', platform: 'SHOPIFY', scopes: ['read_products'], everyMinutes: null }, null],
  );
});
