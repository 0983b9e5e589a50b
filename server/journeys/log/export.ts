import express, { type Router } from 'express';
import { z } from 'zod';
import { can } from '../../access/policy.ts';
import { viewerFromCookie } from '../../accounts/queries.ts';
import { type Budget, unpaidMs } from '../../platform/graphql/budget.ts';
import { csvLine } from '../../platform/http/csv.ts';
import { httpErrors, refuse } from '../../platform/http/errors.ts';
import { sendCsv, sendLines } from '../../platform/http/sendCsv.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { words } from '../../words/en.ts';
import { type LogFilter, loggedCases, loggedCount } from './queries.ts';
import { csvHead, csvRows, xesHead, xesTail, xesTrace } from './xes.ts';

/** The dearest file costs a quarter of a person's minute, as that of Activity does. */
const highestPrice = 250_000;

const query = z.strictObject({
  project: z.uuid().optional(),
  from: z.iso.datetime().optional(),
  before: z.iso.datetime().optional(),
});

/**
 * `GET /exports/process.xes` and `/exports/process.csv`, `?project&from&before`: what became of every task and when, a
 * case for each project, for tools of process mining: IEEE 1849-2016, and a table with PM4Py's names. For the session of
 * the cookie; to whoever may not take the overview along the addresses do not exist.
 */
export function processLogRoutes(services: Services, budget: Budget): Router {
  const router = express.Router();
  router.get(['/exports/process.xes', '/exports/process.csv'], async (req, res) => {
    const viewer = await viewerFromCookie(services, req.headers.cookie);
    if (!viewer || !can(viewer, 'overview.export', null)) {
      return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    }
    const { data } = query.safeParse(req.query);
    if (!data) return refuse(res, 400, 'BAD_USER_INPUT', words.http.BAD_PROCESS_EXPORT());
    const ctx: Ctx = { ...services, viewer, loaders: new Map() };
    const filter: LogFilter = {
      projectId: data.project,
      from: data.from ? new Date(data.from) : undefined,
      before: data.before ? new Date(data.before) : undefined,
    };
    const cells = (await loggedCount(ctx, filter)) * csvHead.length;
    const wait = await unpaidMs(budget, viewer, Math.min(cells, highestPrice));
    if (wait !== null) {
      const seconds = Math.ceil(wait / 1000);
      res.set('Retry-After', String(seconds));
      return refuse(res, 429, 'RATE_LIMITED', words.http.RATE_LIMITED({ seconds }));
    }
    const today = ctx.clock.now().toISOString().slice(0, 10);
    const isXes = req.path.endsWith('.xes');
    const name = words.processExport.fileName({ today, kind: isXes ? 'xes' : 'csv' });
    if (isXes) await sendLines(res, name, 'application/xml; charset=utf-8', xes(ctx, filter));
    else await sendCsv(res, name, csv(ctx, filter));
  });
  router.use(httpErrors(services));
  return router;
}

async function* xes(ctx: Ctx, filter: LogFilter): AsyncGenerator<string> {
  yield xesHead();
  for await (const one of loggedCases(ctx, filter)) yield xesTrace(one);
  yield xesTail;
}

async function* csv(ctx: Ctx, filter: LogFilter): AsyncGenerator<string> {
  yield csvLine(csvHead);
  for await (const one of loggedCases(ctx, filter)) yield csvRows(one).map(csvLine).join('');
}
