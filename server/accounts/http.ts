import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { clearCookie, readCookie, setCookie } from '../platform/http/cookies.ts';
import { httpErrors, refuse } from '../platform/http/errors.ts';
import { jsonBodiesOnly, sameOriginOnly } from '../platform/http/sameOrigin.ts';
import type { Services } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { normalEmail } from './commands.ts';
import { signInLimits } from './limits.ts';
import { linkAsk, linkMinutes, linkUse } from './links.ts';
import { companyOf, landingOf, viewerByPerson, viewerFromCookie } from './queries.ts';
import { localPath } from './returnTo.ts';
import { sampleOffer } from './sampleOffer.ts';
import { sampleSignIn, signOut } from './sessions.ts';
import { newToken } from './tokens.ts';

const linkBody = z.object({ email: z.string(), returnTo: z.string().max(2000).nullish() });
const emailAddress = z.email().max(254);
const sessionBody = z.object({ id: z.uuid(), token: z.string().min(1).max(100) });
const sampleBody = z.object({ personId: z.uuid(), returnTo: z.string().max(2000).nullish() });
const browserToken = /^[A-Za-z0-9_-]{43}$/;

/** Sign-in and sign-out: JSON in and out, a refusal is `{ code, message }`. */
export function accountsRoutes(services: Services): Router {
  const limits = signInLimits(services.config);
  const router = express.Router();

  router.use('/auth', (_, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  router.use('/auth', sameOriginOnly(services), jsonBodiesOnly, express.json({ limit: 16_384 }));

  router.get('/auth/options', async (req, res) => {
    const [company, samplePeople] = await Promise.all([companyOf(services), sampleOffer(services, req)]);
    res.json({ company, samplePeople });
  });

  router.post('/auth/link', async (req, res) => {
    const body = linkBody.safeParse(req.body);
    if (!body.success) return badInput(res);
    const email = emailAddress.safeParse(normalEmail(body.data.email));
    if (!email.success) return refuse(res, 400, 'EMAIL_INVALID', words.signIn.EMAIL_INVALID());
    const seconds = await limits.linkAsk(req, email.data);
    if (seconds !== null) return limited(res, seconds);
    const known = readCookie(services, req.headers.cookie, 'slipway_browser');
    const browser = known !== null && browserToken.test(known) ? known : newToken();
    await linkAsk(services, { email: email.data, returnTo: body.data.returnTo ?? null, browserToken: browser });
    setCookie(services, res, 'slipway_browser', browser);
    res.status(202).json({ ok: true });
  });

  router.post('/auth/session', async (req, res) => {
    const body = sessionBody.safeParse(req.body);
    if (!body.success) return refuse(res, 400, 'LINK_INVALID', words.signIn.LINK_INVALID());
    const seconds = await limits.linkUse(req);
    if (seconds !== null) return limited(res, seconds);
    const used = await linkUse(services, {
      ...body.data,
      ...signingBrowser(services, req),
      browserToken: readCookie(services, req.headers.cookie, 'slipway_browser'),
    });
    if ('problem' in used) {
      return refuse(res, 400, used.problem, words.signIn[used.problem]({ minutes: linkMinutes }));
    }
    await signedIn(services, res, used, used.returnTo);
  });

  router.post('/auth/sample', async (req, res) => {
    const body = sampleBody.safeParse(req.body);
    if (!body.success) return badInput(res);
    const { personId, returnTo } = body.data;
    const isOffered = (await sampleOffer(services, req)).some((person) => person.id === personId);
    const signed = isOffered ? await sampleSignIn(services, personId, signingBrowser(services, req)) : null;
    if (!signed) return refuse(res, 403, 'SAMPLE_NOT_OFFERED', words.signIn.SAMPLE_NOT_OFFERED());
    await signedIn(services, res, signed, localPath(returnTo));
  });

  router.post('/auth/sign-out', async (req, res) => {
    const viewer = await viewerFromCookie(services, req.headers.cookie);
    if (viewer) await signOut(services, viewer.personId);
    clearCookie(services, res, 'slipway_session');
    res.json({ ok: true });
  });

  router.all('/auth/:act', (req, res) => {
    const isKnown = ['link', 'session', 'sample', 'sign-out', 'options'].includes(req.params.act);
    if (isKnown) return refuse(res, 405, 'METHOD_NOT_ALLOWED', words.http.METHOD_NOT_ALLOWED());
    return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
  });

  router.use('/auth', httpErrors(services));
  return router;
}

function signingBrowser(services: Services, req: Request) {
  return {
    userAgent: req.headers['user-agent'] ?? '',
    oldToken: readCookie(services, req.headers.cookie, 'slipway_session'),
  };
}

async function signedIn(
  services: Services,
  res: Response,
  session: { token: string; personId: string },
  returnTo: string | null,
): Promise<void> {
  const viewer = await viewerByPerson(services, session.personId);
  setCookie(services, res, 'slipway_session', session.token);
  res.json({ landsOn: returnTo ?? (viewer ? await landingOf(services, viewer) : '/') });
}

function badInput(res: Response): void {
  refuse(res, 400, 'BAD_USER_INPUT', words.http.BAD_USER_INPUT());
}

function limited(res: Response, seconds: number): void {
  res.set('Retry-After', String(seconds));
  refuse(res, 429, 'RATE_LIMITED', words.http.RATE_LIMITED({ seconds }));
}
