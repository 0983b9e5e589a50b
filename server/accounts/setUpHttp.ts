import express, { type Router } from 'express';
import { z } from 'zod';
import { refuse } from '../platform/http/errors.ts';
import type { Services } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { badInput, limited, signedIn, signingBrowser } from './answers.ts';
import { isEmail, normalEmail } from './commands.ts';
import type { SignInLimits } from './limits.ts';
import { isTimeZone, maxNameCharacters } from './memberLock.ts';
import { isFresh, isSetUpToken, setUp } from './setUp.ts';

const text = z.string().trim().min(1).max(maxNameCharacters);
const setUpBody = z.object({
  token: z.string().max(100),
  company: text,
  name: text,
  email: z.string().transform(normalEmail).refine(isEmail),
  timeZone: z.string().refine(isTimeZone),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

/** The first admin of a fresh installation. Once somebody exists, all of it is gone, whatever token comes. */
export function setUpRoutes(services: Services, limits: SignInLimits): Router {
  const router = express.Router();
  router.post('/auth/set-up', async (req, res) => {
    const seconds = await limits.linkUse(req);
    if (seconds !== null) return limited(res, seconds);
    if (!(await isFresh(services))) return refuse(res, 410, 'SET_UP_OVER', words.setUp.SET_UP_OVER());
    const token = z.object({ token: z.string() }).safeParse(req.body).data?.token ?? '';
    if (!isSetUpToken(services, token)) return refuse(res, 403, 'SET_UP_TOKEN', words.setUp.SET_UP_TOKEN());
    const body = setUpBody.safeParse(req.body);
    if (!body.success) return badInput(res);
    const signed = await setUp(services, body.data, signingBrowser(services, req));
    if (!signed) return refuse(res, 410, 'SET_UP_OVER', words.setUp.SET_UP_OVER());
    await signedIn(services, res, signed, '/overview');
  });
  return router;
}
