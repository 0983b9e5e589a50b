import type { RequestHandler } from 'express';

/** A body that is not all there by then is no longer waited for. Files have a way in of their own, and all the time. */
const bodyMs = 15_000;

/** Hangs up on a request whose body trickles in: the server's own limit is off, since uploads may take hours. */
export function cutSlowBodies(ms: number = bodyMs): RequestHandler {
  return (req, res, next) => {
    if (req.path.startsWith('/uploads/')) return next();
    const timer = setTimeout(() => {
      if (!req.complete) req.destroy();
    }, ms).unref();
    res.once('close', () => clearTimeout(timer));
    return next();
  };
}
