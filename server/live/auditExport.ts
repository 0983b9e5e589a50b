import express, { type Router } from 'express';
import { z } from 'zod';
import { can } from '../access/policy.ts';
import { accountLoader, peopleLoader, viewerFromCookie } from '../accounts/queries.ts';
import type { StoredEvent } from '../events.ts';
import { type Budget, unpaidMs } from '../platform/graphql/budget.ts';
import { csvLine } from '../platform/http/csv.ts';
import { httpErrors, refuse } from '../platform/http/errors.ts';
import { sendCsv } from '../platform/http/sendCsv.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { projectLoader } from '../projects/queries.ts';
import { taskLoader } from '../tasks/queries.ts';
import { words } from '../words/en.ts';
import { type AuditFilter, type AuditNoun, auditNouns, editsLoader, eventCount, eventsBefore } from './audit.ts';

/** So many are read at once. */
const page = 200;
/** The dearest file costs a quarter of a person's minute: a long list may be taken, and not again and again. */
const highestPrice = 250_000;

const exportQuery = z.strictObject({
  about: z.enum(Object.keys(auditNouns) as [AuditNoun, ...AuditNoun[]]).optional(),
  person: z.uuid().optional(),
  account: z.uuid().optional(),
  from: z.iso.datetime().optional(),
  before: z.iso.datetime().optional(),
});

/**
 * `GET /exports/activity.csv?about&person&account&from&before`: the audit list as a file, newest first, for the session
 * of the cookie. Days are told as instants. To whoever may not read the list the address does not exist.
 */
export function auditExportRoutes(services: Services, budget: Budget): Router {
  const router = express.Router();
  router.get('/exports/activity.csv', async (req, res) => {
    const viewer = await viewerFromCookie(services, req.headers.cookie);
    if (!viewer || !can(viewer, 'audit.read', null)) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    const { data } = exportQuery.safeParse(req.query);
    if (!data) return refuse(res, 400, 'BAD_USER_INPUT', words.http.BAD_AUDIT_EXPORT());
    const ctx: Ctx = { ...services, viewer, loaders: new Map() };
    const filter: AuditFilter = {
      nouns: data.about ? [data.about] : null,
      actorId: data.person,
      accountId: data.account,
      from: data.from ? new Date(data.from) : null,
      before: data.before ? new Date(data.before) : null,
    };
    const cells = (await eventCount(ctx, filter)) * words.auditExport.head.length;
    const wait = await unpaidMs(budget, viewer, Math.min(cells, highestPrice));
    if (wait !== null) {
      const seconds = Math.ceil(wait / 1000);
      res.set('Retry-After', String(seconds));
      return refuse(res, 429, 'RATE_LIMITED', words.http.RATE_LIMITED({ seconds }));
    }
    const today = ctx.clock.now().toISOString().slice(0, 10);
    await sendCsv(res, words.auditExport.fileName({ today }), lines(ctx, filter));
  });
  router.use(httpErrors(services));
  return router;
}

async function* lines(ctx: Ctx, filter: AuditFilter): AsyncGenerator<string> {
  yield csvLine(words.auditExport.head);
  for (let last: number | null = null; ; ) {
    const events: StoredEvent[] = await eventsBefore(ctx, filter, last, page);
    // What was loaded for a page is of no use to the next.
    yield await linesOf({ ...ctx, loaders: new Map() }, events);
    if (events.length < page) return;
    last = events.at(-1)?.seq ?? null;
  }
}

async function linesOf(ctx: Ctx, events: readonly StoredEvent[]): Promise<string> {
  const { yes, no, slipway, change } = words.auditExport;
  const told = events.map(async (event) => {
    const [actor, project, task, edits] = await Promise.all([
      event.actorId === null ? null : peopleLoader(ctx).load(event.actorId),
      event.projectId === null ? null : projectLoader(ctx).load(event.projectId),
      event.taskId === null ? null : taskLoader(ctx).load(event.taskId),
      editsLoader(ctx).load(event.id),
    ]);
    const account = project ? await accountLoader(ctx).load(project.accountId) : null;
    return csvLine([
      event.at.toISOString(),
      event.actorId === null ? slipway : (actor?.name ?? event.actorId),
      event.kind,
      account?.name ?? '',
      project?.name ?? '',
      task?.title ?? '',
      event.audience === 'INTERNAL' ? yes : no,
      edits.map(({ field, before, after }) => change({ field, before: before ?? '', after: after ?? '' })).join('\n'),
    ]);
  });
  return (await Promise.all(told)).join('');
}
