import express, { type Router } from 'express';
import { z } from 'zod';
import { refuse } from '../platform/http/errors.ts';
import type { Services } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { badInput, limited, signedIn, signingBrowser } from './answers.ts';
import { isEmail, normalEmail } from './commands.ts';
import type { SignInLimits } from './limits.ts';
import { passwordBytes, passwordChange, passwordCharacters, passwordProblem, passwordSignIn } from './passwords.ts';
import { viewerFromCookie } from './queries.ts';
import { localPath } from './returnTo.ts';

const signInBody = z.object({
  email: z.string().max(1000),
  password: z.string(),
  returnTo: z.string().max(2000).nullish(),
});
const changeBody = z.object({ current: z.string().nullish(), next: z.string().nullable() });

/** Signing in by a password, and setting, changing or removing one's own. */
export function passwordRoutes(services: Services, limits: SignInLimits): Router {
  const router = express.Router();

  router.post('/auth/password', async (req, res) => {
    const body = signInBody.safeParse(req.body);
    if (!body.success) return badInput(res);
    const { email, password, returnTo } = body.data;
    const seconds = await limits.passwordTry(req, normalEmail(email));
    if (seconds !== null) return limited(res, seconds);
    // What cannot be an address (a NUL would be an error of the database) is nobody's.
    const signed =
      isEmail(normalEmail(email)) &&
      (await passwordSignIn(services, { email, password, ...signingBrowser(services, req) }));
    if (!signed) return refuse(res, 400, 'PASSWORD_NOT_RIGHT', words.signIn.PASSWORD_NOT_RIGHT());
    await signedIn(services, res, signed, localPath(returnTo));
  });

  router.post('/auth/password-change', async (req, res) => {
    const body = changeBody.safeParse(req.body);
    if (!body.success) return badInput(res);
    const viewer = await viewerFromCookie(services, req.headers.cookie);
    if (!viewer) return refuse(res, 401, 'UNAUTHENTICATED', words.apiErrors.UNAUTHENTICATED());
    if (viewer.viewedBy !== null) return refuse(res, 403, 'FORBIDDEN', words.apiErrors.FORBIDDEN());
    const { personId, sessionId } = viewer;
    const current = body.data.current ?? null;
    // Somebody at an open screen must not find the password out by trying.
    const seconds = current === null ? null : await limits.passwordTry(req, personId);
    if (seconds !== null) return limited(res, seconds);
    const { next } = body.data;
    const isMade = next === null || passwordProblem(next) === null;
    const changes = isMade ? await limits.passwordSet(personId) : null;
    if (changes !== null) return limited(res, changes);
    const changed = await passwordChange(services, { personId, sessionId, current, next });
    if ('problem' in changed) {
      if (changed.problem === 'SESSION_OVER') {
        return refuse(res, 401, 'UNAUTHENTICATED', words.apiErrors.UNAUTHENTICATED());
      }
      const params = { min: passwordCharacters.min, max: passwordBytes.max };
      const status = changed.problem === 'SIGN_IN_NOT_FRESH' ? 403 : 400;
      return refuse(res, status, changed.problem, words.signIn[changed.problem](params));
    }
    res.json({ ok: true });
  });

  return router;
}
