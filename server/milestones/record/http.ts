import express, { type Router } from 'express';
import { viewerFromCookie } from '../../accounts/queries.ts';
import { isUuid } from '../../platform/graphql/ids.ts';
import { httpErrors, refuse } from '../../platform/http/errors.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { projectLoader } from '../../projects/queries.ts';
import { words } from '../../words/en.ts';
import { recordPage, recordPolicy } from './page.ts';
import { projectRecord } from './queries.ts';

/**
 * `GET /records/<project id>`: what was approved and signed off in a project, as a page to print, for the session of the
 * cookie. To whoever may not read the project the address does not exist. The page reaches nothing and runs nothing.
 */
export function recordRoutes(services: Services): Router {
  const router = express.Router();
  router.get('/records/:projectId', async (req, res) => {
    const viewer = await viewerFromCookie(services, req.headers.cookie);
    const { projectId } = req.params;
    const ctx: Ctx | null = viewer && { ...services, viewer, loaders: new Map() };
    const project = ctx && isUuid(projectId) ? await projectLoader(ctx).load(projectId) : null;
    if (!ctx || !project) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    const now = ctx.clock.now();
    const fileName = words.milestones.record.fileName({ today: now.toISOString().slice(0, 10) });
    res.set({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Disposition': `inline; filename="${fileName}"`,
      'Content-Security-Policy': recordPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    });
    res.send(recordPage(await projectRecord(ctx, project), now));
  });
  router.use(httpErrors(services));
  return router;
}
