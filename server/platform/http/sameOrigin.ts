import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { words } from '../../words/en.ts';
import type { Services } from '../services.ts';
import { readCookie } from './cookies.ts';
import { refuse } from './errors.ts';
import { ownOrigin } from './origin.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Headers that a page of another site cannot set without a preflight, which we never grant. */
const preflightHeaders = ['x-slipway-csrf', 'apollo-require-preflight', 'authorization'];

/** Refuses every writing request that a page of another site could have made a browser send. */
export function sameOriginOnly(services: Services): RequestHandler {
  return (req, res, next) => {
    if (safeMethods.has(req.method) || isOurOwn(services, req)) return next();
    return refuse(res, 403, 'FORBIDDEN_ORIGIN', words.http.FORBIDDEN_ORIGIN());
  };
}

/** As above for reading too: an answer is not to be had by a page of another site, nor its time to be measured. */
export function sameOriginReads(services: Services): RequestHandler {
  return (req, res, next) => {
    if (isOurOwn(services, req)) return next();
    return refuse(res, 403, 'FORBIDDEN_ORIGIN', words.http.FORBIDDEN_ORIGIN());
  };
}

/** Refuses the bodies that a form can send without a preflight: text, url-encoded, multipart. No body at all is let by. */
export const jsonBodiesOnly: RequestHandler = (req, res, next) => {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  if (!hasBody || req.is('application/json')) return next();
  return refuse(res, 415, 'UNSUPPORTED_MEDIA_TYPE', words.http.UNSUPPORTED_MEDIA_TYPE());
};

function isOurOwn(services: Services, req: IncomingMessage): boolean {
  const { origin } = req.headers;
  if (origin !== undefined) return origin === ownOrigin(services, req.headers.host);
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  // Neither header: not a browser of today. Without a cookie there is nothing to ride on.
  const cookies = ['slipway_session', 'slipway_guest'] as const;
  const hasSession = cookies.some((name) => readCookie(services, req.headers.cookie, name) !== null);
  return !hasSession || preflightHeaders.some((name) => req.headers[name] !== undefined);
}
