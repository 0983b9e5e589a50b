import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { setCookie } from '../platform/http/cookies.ts';
import { refuse } from '../platform/http/errors.ts';
import type { Services } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { badInput, limited, signingBrowser } from './answers.ts';
import { landingOfNew } from './invitationQueries.ts';
import { type InvitationProblem, invitationAccept, invitationLook } from './invitations.ts';
import type { SignInLimits } from './limits.ts';
import { isTimeZone, maxNameCharacters } from './memberLock.ts';
import { personName, viewerByPerson, viewerFromCookie } from './queries.ts';

const lookBody = z.object({ id: z.uuid(), token: z.string().min(1).max(100) });
const acceptBody = lookBody.extend({
  name: z.string().trim().min(1).max(maxNameCharacters).nullish(),
  timeZone: z.string().max(100).nullish(),
});

/** The page of an invitation: what it shows, and its button. Opening the page changes nothing. */
export function invitationRoutes(services: Services, limits: SignInLimits): Router {
  const router = express.Router();

  // What has run out is a whole answer to a look, and no error of who looked.
  router.post('/auth/invitation-look', async (req, res) => {
    const body = lookBody.safeParse(req.body);
    if (!body.success) return void res.json({ problem: 'INVITATION_INVALID' satisfies InvitationProblem });
    const seconds = await limits.linkUse(req);
    if (seconds !== null) return limited(res, seconds);
    const seen = await invitationLook(services, body.data);
    if ('problem' in seen) return void res.json({ problem: seen.problem });
    const viewer = await viewerFromCookie(services, req.headers.cookie);
    res.json({
      ...seen,
      signedInAs: viewer === null ? null : await personName(services, viewer.viewedBy ?? viewer.personId),
    });
  });

  router.post('/auth/invitation', async (req, res) => {
    const body = acceptBody.safeParse(req.body);
    if (!body.success) return badInput(res);
    const seconds = await limits.linkUse(req);
    if (seconds !== null) return limited(res, seconds);
    const viewer = await viewerFromCookie(services, req.headers.cookie);
    const { id, token, name = null, timeZone = null } = body.data;
    const accepted = await invitationAccept(services, {
      id,
      token,
      name: name?.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ') ?? null,
      timeZone: timeZone !== null && isTimeZone(timeZone) ? timeZone : null,
      ...signingBrowser(services, req),
      signedInId: viewer === null ? null : (viewer.viewedBy ?? viewer.personId),
    });
    if ('problem' in accepted) return refused(res, accepted.problem);
    setCookie(services, res, 'slipway_session', accepted.token);
    const joined = await viewerByPerson(services, accepted.personId);
    res.json({ landsOn: joined ? await landingOfNew(services, joined) : '/' });
  });

  return router;
}

function refused(res: Response, problem: InvitationProblem): void {
  const status = problem === 'INVITATION_OTHER_PERSON' ? 409 : 400;
  refuse(res, status, problem, words.invitation[problem]());
}
