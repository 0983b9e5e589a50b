import type { Request, Response } from 'express';
import { readCookie, setCookie } from '../platform/http/cookies.ts';
import { refuse } from '../platform/http/errors.ts';
import type { Services } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { landingOf, viewerByPerson } from './queries.ts';
import type { SigningBrowser } from './sessions.ts';

export function signingBrowser(services: Services, req: Request): SigningBrowser {
  return {
    userAgent: req.headers['user-agent'] ?? '',
    oldToken: readCookie(services, req.headers.cookie, 'slipway_session'),
  };
}

/** Hands the session's cookie out and says where to go on. */
export async function signedIn(
  services: Services,
  res: Response,
  session: { token: string; personId: string },
  returnTo: string | null,
): Promise<void> {
  const viewer = await viewerByPerson(services, session.personId);
  setCookie(services, res, 'slipway_session', session.token);
  res.json({ landsOn: returnTo ?? (viewer ? await landingOf(services, viewer) : '/') });
}

export function badInput(res: Response): void {
  refuse(res, 400, 'BAD_USER_INPUT', words.http.BAD_USER_INPUT());
}

export function limited(res: Response, seconds: number): void {
  res.set('Retry-After', String(seconds));
  refuse(res, 429, 'RATE_LIMITED', words.http.RATE_LIMITED({ seconds }));
}
