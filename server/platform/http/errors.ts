import type { ErrorRequestHandler, Response } from 'express';
import { words } from '../../words/en.ts';
import { unreachable } from '../database/errors.ts';
import type { Services } from '../services.ts';
import { requestIdOf } from './requestId.ts';

/** Every refusal outside GraphQL: a stable code for programs, a sentence for people, and the request's number. */
export function refuse(res: Response, status: number, code: string, message: string): void {
  res.status(status).json({ code, message, requestId: requestIdOf(res) });
}

type BodyError = { type: string; limit?: number };

/** The last stop of a router: errors of body parsers, a database that is away, and what nobody expected. */
export function httpErrors(services: Pick<Services, 'log'>): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) return next(error);
    if (isBodyError(error)) {
      if (error.type === 'entity.too.large') {
        return refuse(res, 413, 'PAYLOAD_TOO_LARGE', words.http.PAYLOAD_TOO_LARGE({ maxBytes: error.limit ?? 0 }));
      }
      return refuse(res, 400, 'BAD_USER_INPUT', words.http.BAD_USER_INPUT());
    }
    // A path whose %-signs mean nothing is the path of nothing.
    if (error instanceof URIError) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    if (unreachable(error)) {
      res.set('Retry-After', '5');
      return refuse(res, 503, 'UNAVAILABLE', words.http.UNAVAILABLE());
    }
    // The path alone: a query may hold a sign-in token.
    const requestId = requestIdOf(res);
    services.log.error({ err: error, method: req.method, path: req.path, requestId }, 'request failed');
    return refuse(res, 500, 'INTERNAL_SERVER_ERROR', words.http.INTERNAL_SERVER_ERROR());
  };
}

function isBodyError(error: unknown): error is BodyError {
  return error instanceof Error && 'type' in error && 'status' in error && Number(error.status) < 500;
}
