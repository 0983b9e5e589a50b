import express, { type Router } from 'express';
import { viewerFromCookie } from '../../accounts/queries.ts';
import { type Budget, unpaidMs } from '../../platform/graphql/budget.ts';
import { isUuid } from '../../platform/graphql/ids.ts';
import { httpErrors, refuse } from '../../platform/http/errors.ts';
import { sendCsv, sendLines } from '../../platform/http/sendCsv.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { words } from '../../words/en.ts';
import { journeyLoader, partsAfter } from '../queries.ts';
import { toCsv } from './csv.ts';
import { toJson } from './json.ts';

/** What a map costs that is taken along, as in the API: `Journey.parts`. */
const price = 500;

/**
 * `GET /exports/journeys/<id>.json` and `.csv`: a map as a file that journeyImport reads, for the session of the cookie.
 * To whoever may not read journeys the addresses do not exist.
 */
export function journeyFileRoutes(services: Services, budget: Budget): Router {
  const router = express.Router();
  router.get(/^\/exports\/journeys\/([^/]+)\.(json|csv)$/, async (req, res) => {
    const { 0: id = '', 1: kind = '' } = req.params as Record<number, string | undefined>;
    const viewer = await viewerFromCookie(services, req.headers.cookie);
    const ctx: Ctx | null = viewer && { ...services, viewer, loaders: new Map() };
    const journey = ctx && isUuid(id) ? await journeyLoader(ctx).load(id) : null;
    if (!ctx || !viewer || !journey) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    const wait = await unpaidMs(budget, viewer, price);
    if (wait !== null) {
      const seconds = Math.ceil(wait / 1000);
      res.set('Retry-After', String(seconds));
      return refuse(res, 429, 'RATE_LIMITED', words.http.RATE_LIMITED({ seconds }));
    }
    const { parts } = await partsAfter(ctx, journey.id, 0);
    const fileName = words.journeyFiles.fileName({ name: inAddress(journey.name), kind });
    if (kind === 'csv') await sendCsv(res, fileName, once(toCsv(parts)));
    else await sendLines(res, fileName, 'application/json; charset=utf-8', once(toJson(parts, journey.name)));
  });
  router.use(httpErrors(services));
  return router;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** A name as the name of a file, in letters that every system knows. */
function inAddress(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return plain.replaceAll(/^-+|-+$/g, '').slice(0, 60) || 'map';
}
