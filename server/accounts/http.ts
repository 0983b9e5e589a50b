import express, { type Router } from 'express';
import { z } from 'zod';
import { sessionOwner } from '../access/viewer.ts';
import { clearCookie, readCookie, setCookie } from '../platform/http/cookies.ts';
import { httpErrors, refuse } from '../platform/http/errors.ts';
import { jsonBodiesOnly, sameOriginOnly } from '../platform/http/sameOrigin.ts';
import type { Services } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { badInput, limited, signedIn, signingBrowser } from './answers.ts';
import { isEmail, normalEmail } from './commands.ts';
import { invitationRoutes } from './invitationHttp.ts';
import { signInLimits } from './limits.ts';
import { codeUse, linkAsk, linkMinutes, linkUse } from './links.ts';
import { passwordRoutes } from './passwordHttp.ts';
import { companyOf, viewerFromCookie } from './queries.ts';
import { localPath } from './returnTo.ts';
import { sampleOffer } from './sampleOffer.ts';
import { sampleSignIn, signOut } from './sessions.ts';
import { isFresh } from './setUp.ts';
import { setUpRoutes } from './setUpHttp.ts';
import { newToken } from './tokens.ts';

const linkBody = z.object({ email: z.string(), returnTo: z.string().max(2000).nullish() });
const codeBody = z.object({ code: z.string().max(20) });
const sessionBody = z.object({ id: z.uuid(), token: z.string().min(1).max(100) });
const sampleBody = z.object({ personId: z.uuid(), returnTo: z.string().max(2000).nullish() });
const browserToken = /^[A-Za-z0-9_-]{43}$/;

const acts = [
  'code',
  'invitation',
  'invitation-look',
  'link',
  'options',
  'password',
  'password-change',
  'sample',
  'session',
  'set-up',
  'sign-out',
];

/** Sign-in and sign-out: JSON in and out, a refusal is `{ code, message }`. */
export function accountsRoutes(services: Services): Router {
  const limits = signInLimits(services);
  const router = express.Router();

  router.use('/auth', (_, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  router.use('/auth', sameOriginOnly(services), jsonBodiesOnly, express.json({ limit: 16_384 }));

  router.get('/auth/options', async (req, res) => {
    const asked = [companyOf(services), sampleOffer(services, req), isFresh(services)] as const;
    const [company, samplePeople, isSetUpOpen] = await Promise.all(asked);
    res.json({ company, samplePeople, isFresh: isSetUpOpen });
  });

  router.post('/auth/link', async (req, res) => {
    const body = linkBody.safeParse(req.body);
    if (!body.success) return badInput(res);
    const email = normalEmail(body.data.email);
    if (!isEmail(email)) return refuse(res, 400, 'EMAIL_INVALID', words.signIn.EMAIL_INVALID());
    const seconds = await limits.linkAsk(req, email);
    if (seconds !== null) return limited(res, seconds);
    const known = readCookie(services, req.headers.cookie, 'slipway_browser');
    const browser = known !== null && browserToken.test(known) ? known : newToken();
    const returnTo = body.data.returnTo ?? null;
    const hasCode = await limits.mayHaveCode(email);
    await linkAsk(services, { email, returnTo, browserToken: browser, hasCode });
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

  router.post('/auth/code', async (req, res) => {
    const body = codeBody.safeParse(req.body);
    if (!body.success) return badInput(res);
    const seconds = await limits.linkUse(req);
    if (seconds !== null) return limited(res, seconds);
    const used = await codeUse(services, {
      // As it stands in the mail, in two threes, and however else people write six digits down.
      code: body.data.code.replace(/[\s.-]/g, ''),
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
    if (viewer) await signOut(services, sessionOwner(viewer));
    clearCookie(services, res, 'slipway_session');
    res.json({ ok: true });
  });

  router.use(passwordRoutes(services, limits), invitationRoutes(services, limits), setUpRoutes(services, limits));

  router.all('/auth/:act', (req, res) => {
    if (acts.includes(req.params.act)) return refuse(res, 405, 'METHOD_NOT_ALLOWED', words.http.METHOD_NOT_ALLOWED());
    return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
  });

  router.use('/auth', httpErrors(services));
  return router;
}
