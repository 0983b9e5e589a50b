import type { Response } from 'express';
import type { Services } from '../services.ts';
import { isHttps } from './origin.ts';

/** The session, the random mark by which a sign-in link knows the browser that asked for it, and that of a guest. */
export type CookieName = 'slipway_session' | 'slipway_browser' | 'slipway_guest';

const dayMs = 86_400_000;

/**
 * Browsers keep no cookie longer than 400 days. How long a session lives is not told by its cookie but by its row,
 * which slides with use.
 */
const maxAgeMs = 400 * dayMs;

/** Under https the name carries `__Host-`, so that no neighbouring host and no plain-http page can plant the cookie. */
export function cookieName(services: Pick<Services, 'publicOrigin'>, name: CookieName): string {
  return isHttps(services) ? `__Host-${name}` : name;
}

export function readCookie(
  services: Pick<Services, 'publicOrigin'>,
  header: string | undefined,
  name: CookieName,
): string | null {
  const wanted = `${cookieName(services, name)}=`;
  const found = header?.split(';').find((part) => part.trimStart().startsWith(wanted));
  return found?.trim().slice(wanted.length) || null;
}

export function setCookie(services: Services, res: Response, name: CookieName, value: string): void {
  res.cookie(cookieName(services, name), value, { ...flags(services), maxAge: maxAgeMs });
}

export function clearCookie(services: Services, res: Response, name: CookieName): void {
  res.clearCookie(cookieName(services, name), flags(services));
}

function flags(services: Services) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps(services) } as const;
}
