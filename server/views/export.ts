import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Router } from 'express';
import { can } from '../access/policy.ts';
import { viewerFromCookie } from '../accounts/queries.ts';
import type { Budget } from '../platform/graphql/budget.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { httpErrors, refuse } from '../platform/http/errors.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { projectCount } from '../projects/queries.ts';
import { words } from '../words/en.ts';
import { columnsFor, headOf, linesOf } from './exportLines.ts';
import { parseExportQuery } from './exportQuery.ts';
import { integrationIds } from './queries.ts';

/**
 * `GET /exports/integrations.csv?<the overview's search parameters>`: the view as a file, for the session of the cookie.
 * To a client and to a stranger the address does not exist.
 */
export function exportRoutes(services: Services, budget: Budget): Router {
  const router = express.Router();
  router.get('/exports/integrations.csv', async (req, res) => {
    const viewer = await viewerFromCookie(services, req.headers.cookie);
    if (!viewer || !can(viewer, 'overview.export', null)) {
      return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    }
    const input = parseExportQuery(req.query);
    if (!input) return refuse(res, 400, 'BAD_USER_INPUT', words.http.BAD_EXPORT());
    const ctx: Ctx = { ...services, viewer, loaders: new Map() };
    const wait = await unpaidMs(ctx, budget, input.columns.length);
    if (wait !== null) {
      const seconds = Math.ceil(wait / 1000);
      res.set('Retry-After', String(seconds));
      return refuse(res, 429, 'RATE_LIMITED', words.http.RATE_LIMITED({ seconds }));
    }
    const found = await integrationIds(ctx, input, null, null).catch((error: unknown) => error as Error);
    if (found instanceof ApiError) return refuse(res, 400, 'BAD_USER_INPUT', found.message);
    if (found instanceof Error) throw found;
    const columns = await columnsFor(ctx, input.columns);
    const today = ctx.clock.now().toISOString().slice(0, 10);
    res.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${words.exports.fileName({ today })}"`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cache-Control': 'private, no-store',
    });
    await pipeline(Readable.from(parts(ctx, columns, found.ids)), res).catch(ignoreGone);
  });
  router.use(httpErrors(services));
  return router;
}

/**
 * Takes the price of the file from the reader's budget, as if they had asked for its cells by a query: of every line
 * that could be in it, since a filter looks at all of them. Null when it is paid, else how long to wait.
 */
async function unpaidMs(ctx: Ctx, budget: Budget, columns: number): Promise<number | null> {
  const cells = (await projectCount(ctx)) * (words.exports.first.length + columns);
  const unpaid = await budget.spend(ctx.viewer, '', Math.max(1, cells)).then(
    () => null,
    (error: unknown) => error,
  );
  if (unpaid === null) return null;
  if (!(unpaid instanceof ApiError)) throw unpaid;
  return Number(unpaid.detail.retryAfterMs);
}

async function* parts(
  ctx: Ctx,
  columns: Parameters<typeof linesOf>[1],
  ids: readonly string[],
): AsyncGenerator<string> {
  // Without the mark, spreadsheets read UTF-8 as something older.
  yield `\uFEFF${headOf(columns)}`;
  yield* linesOf(ctx, columns, ids);
}

/** The reader went away: nothing to tell anybody. */
function ignoreGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.code !== 'ECONNRESET') throw error;
}
