import type { IncomingMessage, ServerResponse } from 'node:http';
import { eq } from 'drizzle-orm';
import { graphql } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkRuns, checks, events, people, revisions } from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import { webhookHeaders } from '../../server/platform/secrets/webhookSignature.ts';
import { createSchema } from '../../server/schema.ts';
import { tokenOf } from '../security/tokenActor.ts';
import { countStatements } from '../support/countedStatements.ts';
import { eventually } from '../support/eventually.ts';
import type { GqlAnswer } from '../support/session.ts';
import { aDomain, againText, aWebhook, aZone, type ChecksWorld, checkText, startChecksWorld } from './checksWorld.ts';
import { key } from './inputsWorld.ts';

let w: ChecksWorld;
beforeAll(async () => {
  w = await startChecksWorld();
}, 120_000);
afterAll(() => w.close());
beforeEach(() => {
  w.dns.zone = aZone;
});
const codes = ({ errors }: GqlAnswer<unknown>) => errors.map((error) => error.extensions?.code);
const aPage = { key: 'shop', label: 'Your shop', spec: { kind: 'CHECK', check: { of: 'URL' } } };

describe('[Z14] what was looked at is as hidden as what was handed in', () => {
  test('to another client it is missing, and nobody of theirs can have it looked at', async () => {
    const task = await w.task({}, aDomain());
    const id = await w.deliver(w.member, task.id, { domain: 'shop.test' });
    expect(await w.seen(w.stranger, id)).toBe(null);
    expect(codes(await w.stranger.gql(againText, { id, key: key() }))).toEqual(['NOT_FOUND']);
    expect(codes(await w.stranger.gql(againText, { id: task.id, key: key() }))).toEqual(['NOT_FOUND']);
    expect(codes(await w.member.gql(againText, { id: task.id, key: key() }))).toEqual(['NOT_FOUND']);
  });

  test('of an internal task it is missing for the client', async () => {
    const task = await w.task({ visibility: 'INTERNAL', side: 'COMPANY' }, aDomain());
    const id = await w.deliver(w.pm, task.id, { domain: 'shop.test' });
    expect((await w.seen(w.pm, id)).check.lastRun.findingCount).toBe(1);
    for (const session of [w.member, w.lead, w.partner, w.sponsor]) {
      expect(await w.seen(session, id)).toBe(null);
      expect(codes(await session.gql(againText, { id, key: key() }))).toEqual(['NOT_FOUND']);
    }
  });

  test('who only reads sees it and has nothing looked at; of our own work a client has nothing looked at either', async () => {
    const task = await w.task({}, aDomain());
    const ours = await w.task({ side: 'COMPANY' }, aDomain());
    const id = await w.deliver(w.member, task.id, { domain: 'shop.test' });
    const ourId = await w.deliver(w.pm, ours.id, { domain: 'shop.test' });
    for (const session of [w.viewer, w.sponsor, w.director]) {
      expect((await w.seen(session, id)).check).toMatchObject({
        subject: 'shop.test',
        viewerCan: { checkAgain: false },
      });
      expect(codes(await session.gql(againText, { id, key: key() }))).toEqual(['FORBIDDEN']);
    }
    expect((await w.seen(w.member, ourId)).check.viewerCan.checkAgain).toBe(false);
    expect(codes(await w.member.gql(againText, { id: ourId, key: key() }))).toEqual(['FORBIDDEN']);
  });

  test('somebody who was removed, and a token without the scope, read and start nothing', async () => {
    const task = await w.task({}, aDomain());
    const id = await w.deliver(w.member, task.id, { domain: 'shop.test' });
    const reader = await tokenOf(w.member, ['SUBMISSIONS_READ', 'TASKS_READ', 'PROJECTS_READ']);
    expect((await w.seen(reader, id)).check).toMatchObject({ subject: 'shop.test', viewerCan: { checkAgain: false } });
    expect(codes(await reader.gql(againText, { id, key: key() }))).toEqual(['FORBIDDEN']);
    const other = await tokenOf(w.member, ['TASKS_READ', 'PROJECTS_READ']);
    expect((await other.gql(checkText, { id })).data?.node ?? null).toBe(null);
    const listed = await other.gql('query ($id: ID!) { task(id: $id) { latestSubmission { check { subject } } } }', {
      id: task.id,
    });
    expect(listed.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', scope: 'submissions:read' });

    const { id: partnerId } = (await w.partner.ask('{ viewer { person { id } } }')).viewer.person;
    await w.app.services.db.update(people).set({ removedAt: w.app.clock.now() }).where(eq(people.id, partnerId));
    expect(codes(await w.partner.gql(againText, { id, key: key() }))).toEqual(['UNAUTHENTICATED']);
  });

  test('six versions with their runs take as many statements as two', async () => {
    const api = createSchema();
    const { db, statements, end } = countStatements(w.app.config.databaseUrl!);
    const task = await w.task({}, aDomain());
    const source = `query ($id: ID!) { task(id: $id) { submissions(first: 20) { nodes { id check {
      subject viewerCan { checkAgain } lastRun { findings { rule marks { fix } } } runs(first: 5) { nodes { result } }
    } } } inputs { wanted { of records { name } } viewerCan { reveal } } } }`;
    const count = async () => {
      const viewer = viewerFrom({ personId: w.app.world.pm.id, sessionId: '', role: 'PM', accountId: null });
      const contextValue = { ...w.app.services, db, viewer, loaders: new Map() };
      statements.length = 0;
      const { errors } = await graphql({ schema: api, source, variableValues: { id: task.id }, contextValue });
      expect(errors).toBeUndefined();
      return statements.length;
    };
    for (let n = 0; n < 2; n++) await w.deliver(w.member, task.id, { domain: 'shop.test' });
    const few = await count();
    for (let n = 0; n < 4; n++) await w.deliver(w.member, task.id, { domain: 'shop.test' });
    expect(await count()).toBe(few);
    expect(few).toBeLessThanOrEqual(12);
    await end();
  });
});

describe('having it looked at again', () => {
  test('a second asking joins the run under way, and too many are refused', async () => {
    const task = await w.task({}, aPage);
    let asked = 0;
    let open: (() => void) | null = null;
    w.web.answer = (req, res) => {
      if (req.url === '/robots.txt') return void res.writeHead(404).end();
      asked += 1;
      const done = () => void res.setHeader('content-type', 'text/html').end('<title>Shop</title>');
      if (asked === 1) return done();
      open = done;
    };
    const id = await w.deliver(w.member, task.id, { url: `${w.at}/` });
    expect((await w.again(w.member, id)).userErrors).toEqual([]);
    await eventually(async () => open !== null);
    expect((await w.again(w.pm, id)).userErrors).toEqual([]);
    await w.app.services.jobs.runDue();
    open!();
    await w.settled(id);
    expect(asked).toBe(2);
    expect((await w.kindsOf(task.id)).filter((kind) => kind === 'submission.rechecked')).toHaveLength(1);

    w.web.answer = (_, res) => void res.writeHead(404).end();
    const errors: string[] = [];
    for (let n = 0; n < 12; n++) {
      errors.push(...(await w.again(w.member, id)).userErrors.map((error: { code: string }) => error.code));
      await w.settled(id);
    }
    expect(errors).toContain('TOO_OFTEN');
    expect(errors.every((code) => code === 'TOO_OFTEN')).toBe(true);
  });

  test('what is no domain, no address, or not what is asked for is refused before anything is looked at', async () => {
    const task = await w.task({}, aDomain(), aPage);
    const [domain, page] = task.inputs;
    const tried = async (inputId: string, check: object) =>
      (await w.create(w.member, task.id, check, { inputId })).userErrors.map(
        (error: { code: string; field: string }) => [error.code, error.field],
      );
    const before = w.dns.asked.length;
    const told = new Set<string>();
    for (const given of ['not a domain', 'localhost', 'info@shop.test', '127.0.0.1']) {
      const { userErrors } = await w.create(w.member, task.id, { domain: given }, { inputId: domain!.id });
      expect(userErrors).toMatchObject([{ code: 'INVALID_DOMAIN', field: 'check.domain' }]);
      told.add(userErrors[0].message);
    }
    expect(told.size).toBe(4);
    expect(await tried(domain!.id, {})).toEqual([['EMPTY', 'check.domain']]);
    expect(await tried(page!.id, { url: 'file:///etc/passwd' })).toEqual([['INVALID_URL', 'check.url']]);
    expect(await tried(page!.id, { url: 'https://user:pass@shop.test/' })).toEqual([['INVALID_URL', 'check.url']]);
    expect(w.dns.asked).toHaveLength(before);
  });
});

describe('the secret of a webhook', () => {
  const careful = (secret: () => string) => async (req: IncomingMessage, res: ServerResponse) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    const id = `${req.headers['webhook-id']}`;
    const sentAt = new Date(Number(req.headers['webhook-timestamp']) * 1000);
    const right = webhookHeaders({ id, sentAt, body }, [secret()])['webhook-signature'] ?? '';
    const isFresh = Math.abs(sentAt.getTime() - w.app.clock.now().getTime()) < 300_000;
    const isRight = `${req.headers['webhook-signature']}`.split(' ').includes(right);
    res.writeHead(isFresh && isRight ? 204 : 401).end();
  };

  test('it is made by us, shown once to whoever hands in, signs the test events, and stands nowhere', async () => {
    const task = await w.task({ isReviewWanted: false }, aWebhook);
    const input = { taskId: task.id, idempotencyKey: key(), check: { url: `${w.at}/hook` } };
    const createText = `mutation ($input: SubmissionCreateInput!) {
      submissionCreate(input: $input) { submission { id } secret userErrors { code } } }`;
    const { submission, secret } = (await w.member.ask(createText, { input })).submissionCreate;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    // What was only begun binds nobody: whoever begins anew is shown a secret of their own.
    const anew = await w.lead.ask(createText, { input: { ...input, idempotencyKey: key() } });
    expect(anew.submissionCreate.secret).toMatch(/^whsec_/);
    expect(anew.submissionCreate.secret).not.toBe(secret);
    // A repeat of the same request, whose answer was lost, tells it too; nothing else does.
    expect((await w.member.ask(createText, { input })).submissionCreate.secret).toBe(secret);
    w.web.answer = (req, res) => void careful(() => secret)(req, res);
    await w.finish(w.member, submission.id, task.id);
    await w.settled(submission.id);
    const seen = await w.seen(w.member, submission.id);
    // The server of this test speaks plain http; in all else the receiver is flawless.
    expect(seen.check.lastRun.findings.map((one: { rule: string }) => one.rule)).toEqual(['HOOK-01.https']);
    expect(seen.check.hasSecret).toBe(true);
    expect((await w.member.ask(createText, { input })).submissionCreate.secret).toBe(null);

    const reveal = `mutation ($id: ID!, $field: String!) {
      credentialsReveal(id: $id, input: { field: $field }) { secret { value } userErrors { code } } }`;
    const ofInput = { id: task.inputs[0]!.id, field: 'secret' };
    expect((await w.pm.ask(reveal, ofInput)).credentialsReveal.secret.value).toBe(secret);
    for (const session of [w.member, w.lead, w.director]) {
      expect(codes(await session.gql(reveal, ofInput))).toEqual(['FORBIDDEN']);
    }
    expect(codes(await w.stranger.gql(reveal, ofInput))).toEqual(['NOT_FOUND']);
    expect(codes(await w.pm.gql(reveal, { ...ofInput, field: 'password' }))).toEqual(['NOT_FOUND']);
    expect((await w.kindsOf(task.id)).at(-1)).toBe('credentials.revealed');

    // The next version goes on with it, unless another one is wanted.
    const second = await w.create(w.lead, task.id, { url: `${w.at}/other` });
    expect(second.secret).toBe(null);
    expect((await w.create(w.lead, task.id, { url: `${w.at}/hook`, renewSecret: true })).secret).not.toBe(secret);

    const { db } = w.app.services;
    const stored = await Promise.all([
      db.select().from(checks),
      db.select().from(checkRuns),
      db.select().from(events),
      db.select().from(revisions),
    ]);
    expect(JSON.stringify(stored)).not.toContain(secret.slice(6));
    expect(JSON.stringify(stored)).not.toContain('whsec_');
  });

  test('one that cannot be opened is our own fault: tried three times, then told, and never a verdict', async () => {
    const task = await w.task({}, aWebhook);
    const { submission } = await w.create(w.member, task.id, { url: `${w.at}/hook` });
    await w.app.services.db.update(checks).set({ sealed: 'x' }).where(eq(checks.submissionId, submission.id));
    await w.finish(w.member, submission.id, task.id);
    for (let failures = 1; failures < 3; failures++) {
      await eventually(async () => (await w.checkRow(submission.id)).failures === failures);
      w.app.clock.advance(60_001);
      await w.app.services.jobs.runDue();
    }
    await w.settled(submission.id);
    expect(await w.seen(w.member, submission.id)).toMatchObject({ state: 'VALIDATING', check: { lastRun: null } });
    expect((await w.kindsOf(task.id)).at(-1)).toBe('submission.validationFailed');
  });
});
