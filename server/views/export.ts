import express, { type Router } from 'express';
import { can } from '../access/policy.ts';
import { viewerFromCookie } from '../accounts/queries.ts';
import { type Budget, unpaidMs } from '../platform/graphql/budget.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { httpErrors, refuse } from '../platform/http/errors.ts';
import { sendCsv } from '../platform/http/sendCsv.ts';
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
    const wait = await unpaid(ctx, budget, input.columns.length);
    if (wait !== null) {
      const seconds = Math.ceil(wait / 1000);
      res.set('Retry-After', String(seconds));
      return refuse(res, 429, 'RATE_LIMITED', words.http.RATE_LIMITED({ seconds }));
    }
    const found = await integrationIds(ctx, input, null, null).catch((error: unknown) => error as Error);
    if (found instanceof ApiError) return refuse(res, 400, 'BAD_USER_INPUT', found.message);
    if (found instanceof Error) throw found;
    const columns = columnsFor(ctx, input.columns);
    const today = ctx.clock.now().toISOString().slice(0, 10);
    await sendCsv(res, words.exports.fileName({ today }), parts(ctx, columns, found.ids));
  });
  router.use(httpErrors(services));
  return router;
}

/**
 * Takes the price of the file from the reader's budget, as if they had asked for its cells by a query: of every line
 * that could be in it, since a filter looks at all of them. Null when it is paid, else how long to wait.
 */
async function unpaid(ctx: Ctx, budget: Budget, columns: number): Promise<number | null> {
  const cells = (await projectCount(ctx)) * (words.exports.first.length + columns);
  return unpaidMs(budget, ctx.viewer, cells);
}

async function* parts(
  ctx: Ctx,
  columns: Parameters<typeof linesOf>[1],
  ids: readonly string[],
): AsyncGenerator<string> {
  yield headOf(columns);
  yield* linesOf(ctx, columns, ids);
}
