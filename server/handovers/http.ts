import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { commentAdd } from '../comments/commands.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { addressKey, clientAddress } from '../platform/http/clientAddress.ts';
import { readCookie, setCookie } from '../platform/http/cookies.ts';
import { httpErrors, refuse } from '../platform/http/errors.ts';
import { jsonBodiesOnly, sameOriginReads } from '../platform/http/sameOrigin.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { submissionCreate, submissionFinish } from '../submissions/commands.ts';
import { formSubmit } from '../submissions/forms/commands.ts';
import { taskComplete, taskFlagStuck } from '../tasks/commands.ts';
import { words } from '../words/en.ts';
import { handoverGiveBack } from './commands.ts';
import { type HandoverProblem, handoverLook, handoverOpen, handoverRenew } from './guest/commands.ts';
import { createGuestPages } from './guest/door.ts';
import { guestPage } from './guest/queries.ts';
import { guestLimits } from './limits.ts';
import { type Guest, guestOf } from './queries.ts';

const token = z.string().min(1).max(100);
const linkBody = z.object({ token });
const openBody = z.object({ token, email: z.string().max(320), name: z.string().max(400).default('') });
const key = z.string().min(1).max(200);
const revision = z.number().int();
const answer = z.object({
  question: z.string().max(60),
  text: z.string().nullish(),
  number: z.number().nullish(),
  options: z.array(z.string().max(60)).max(50).nullish(),
  date: z.iso.date().nullish(),
  isYes: z.boolean().nullish(),
});
const acts = {
  comment: z.object({ text: z.string().max(100_000), key }),
  stuck: z.object({ reason: z.string().max(20_000), revision }),
  complete: z.object({ revision }),
  'give-back': z.object({ reason: z.string().max(20_000) }),
  'hand-in': z.object({
    inputId: z.uuid(),
    key,
    revision,
    url: z.string().max(5_000).nullish(),
    domain: z.string().max(1_000).nullish(),
    pages: z
      .array(
        z.object({
          url: z.string().max(5_000),
          type: z.enum(['HOME', 'CATEGORY', 'PRODUCT', 'CART', 'CONFIRMATION', 'OTHER']),
        }),
      )
      .max(20)
      .nullish(),
    answers: z.array(answer).max(60).nullish(),
  }),
} as const;
type Act = keyof typeof acts;
const isAct = (name: string): name is Act => Object.hasOwn(acts, name);

/**
 * The guests' own door: JSON, for the one task of a link. A guest is nobody anywhere else: their cookie is no session,
 * GraphQL, notes, uploads, downloads and exports do not know it, and what stands below is all that they can do.
 */
export function guestDoor(services: Services): { router: Router; close(): void } {
  const limits = guestLimits(services);
  const pages = createGuestPages(services);
  const router = express.Router();
  const cookieOf = (req: Request) => readCookie(services, req.headers.cookie, 'slipway_guest');
  const addressOf = (req: Request) => addressKey(clientAddress(services.config, req));

  router.use('/handed', (_, res, next) => {
    res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    next();
  });
  router.use('/handed', sameOriginReads(services), jsonBodiesOnly, express.json({ limit: 262_144 }));

  router.post('/handed/:id/look', async (req, res) => {
    const body = linkBody.safeParse(req.body);
    if (!body.success) return void res.json({ problem: 'HANDOVER_INVALID' satisfies HandoverProblem });
    const seconds = await limits.tryLink(addressOf(req));
    if (seconds !== null) return limited(res, seconds);
    res.json(await handoverLook(services, { id: req.params.id, token: body.data.token }));
  });

  router.post('/handed/:id/open', async (req, res) => {
    const body = openBody.safeParse(req.body);
    if (!body.success) return badInput(res);
    const seconds = await limits.tryLink(addressOf(req));
    if (seconds !== null) return limited(res, seconds);
    const opened = await handoverOpen(services, { id: req.params.id, ...body.data, oldToken: cookieOf(req) });
    if ('problem' in opened) return problem(res, opened.problem);
    setCookie(services, res, 'slipway_guest', opened.token);
    res.json({ ok: true });
  });

  router.post('/handed/:id/again', async (req, res) => {
    const body = linkBody.safeParse(req.body);
    if (!body.success) return badInput(res);
    const { id } = req.params;
    const seconds = (await limits.tryLink(addressOf(req))) ?? (await limits.askAgain(id));
    if (seconds !== null) return limited(res, seconds);
    const renewed = await handoverRenew(services, { id, token: body.data.token });
    if (renewed.problem !== null) return problem(res, renewed.problem);
    res.status(202).json({ ok: true });
  });

  router.get('/handed/:id', async (req, res) => {
    const guest = await guestIn(req, res);
    if (guest) res.json(await guestPage(ctxOf(guest), guest));
  });

  router.get('/handed/:id/changes', async (req, res) => {
    const guest = await guestIn(req, res);
    if (guest) pages.follow(guest, cookieOf(req), req, res);
  });

  router.post('/handed/:id/:act', async (req, res) => {
    const { act } = req.params;
    if (!isAct(act)) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    const guest = await guestIn(req, res);
    if (!guest) return;
    const seconds = await limits.act(guest.viewer.personId);
    if (seconds !== null) return limited(res, seconds);
    try {
      const isDone = await run(ctxOf(guest), guest, act, req.body);
      if (!isDone) return badInput(res);
      res.json({ ok: true });
    } catch (error) {
      if (error instanceof ActError) return refuse(res, 409, error.code, words.userErrors[error.code](error.params));
      if (!(error instanceof ApiError)) throw error;
      const { code } = error.extensions;
      refuse(res, code === 'BAD_USER_INPUT' ? 400 : 404, String(code), error.message);
    }
  });

  router.use('/handed', (_, res) => refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND()));
  router.use('/handed', httpErrors(services));

  const ctxOf = ({ viewer }: Guest): Ctx => ({ ...services, viewer, loaders: new Map() });

  /** The guest of this browser; whoever is none is answered, the same for what never was and what has ended. */
  async function guestIn(req: Request<{ id: string }>, res: Response): Promise<Guest | null> {
    const { id } = req.params;
    const guest = isUuid(id) ? await guestOf(services, id, cookieOf(req)) : null;
    if (guest === null) refuse(res, 401, 'HANDOVER_OVER', words.handover.HANDOVER_OVER());
    return guest;
  }

  return { router, close: pages.close };
}

/** Does one act on the guest's own task, whose id no request names; false for a body that is none. */
async function run(ctx: Ctx, { task, handover }: Guest, act: Act, given: unknown): Promise<boolean> {
  switch (act) {
    case 'comment': {
      const body = acts.comment.safeParse(given);
      if (!body.success) return false;
      const { text, key: idempotencyKey } = body.data;
      await commentAdd(ctx, { taskId: task.id, text, audience: 'SHARED', idempotencyKey });
      return true;
    }
    case 'stuck': {
      const body = acts.stuck.safeParse(given);
      if (!body.success) return false;
      // A guest waits for whoever gave it to them; whom those wait for is theirs to say.
      await taskFlagStuck(ctx, task.id, { ...body.data, side: 'CLIENT' });
      return true;
    }
    case 'complete': {
      const body = acts.complete.safeParse(given);
      if (!body.success) return false;
      await taskComplete(ctx, task.id, body.data);
      return true;
    }
    case 'give-back': {
      const body = acts['give-back'].safeParse(given);
      if (!body.success) return false;
      await handoverGiveBack(ctx, handover.id, body.data.reason);
      return true;
    }
    case 'hand-in': {
      const body = acts['hand-in'].safeParse(given);
      if (!body.success) return false;
      await handIn(ctx, task.id, body.data);
      return true;
    }
  }
}

/** Begins and finishes a version in one go. An input of another task is one that is not there. */
async function handIn(ctx: Ctx, taskId: string, given: z.infer<(typeof acts)['hand-in']>): Promise<void> {
  const { inputId, revision: seen, key: idempotencyKey, answers, url, domain, pages } = given;
  if (answers) {
    const filled = answers.map(
      ({ question, text = null, number = null, options = null, date = null, isYes = null }) => ({
        question,
        text,
        number,
        options,
        date,
        isYes,
      }),
    );
    await formSubmit(ctx, { inputId, idempotencyKey, revision: seen, answers: filled });
    return;
  }
  const check = domain || pages ? { domain: domain ?? null, pages: pages ?? null } : null;
  const begun = await submissionCreate(ctx, { taskId, inputId, idempotencyKey, url: url ?? null, check });
  await submissionFinish(ctx, begun.value.id, { revision: seen });
}

function badInput(res: Response): void {
  refuse(res, 400, 'BAD_USER_INPUT', words.http.BAD_USER_INPUT());
}

function limited(res: Response, seconds: number): void {
  res.set('Retry-After', String(seconds));
  refuse(res, 429, 'RATE_LIMITED', words.http.RATE_LIMITED({ seconds }));
}

function problem(res: Response, code: HandoverProblem): void {
  refuse(res, 400, code, words.handover[code]());
}
