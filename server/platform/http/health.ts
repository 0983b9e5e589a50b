import { sql } from 'drizzle-orm';
import express, { type Router } from 'express';
import type { Services } from '../services.ts';

/** `/healthz`: the process lives. `/readyz`: it can serve, that is, it is not draining and the database answers. */
export function health(services: Pick<Services, 'db'>, isDraining: () => boolean): Router {
  const router = express.Router();
  router.get('/healthz', (_req, res) => void res.json({ status: isDraining() ? 'draining' : 'ok' }));
  router.get('/readyz', async (_req, res) => {
    const isReady = !isDraining() && (await answers(services));
    res.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready' });
  });
  return router;
}

async function answers({ db }: Pick<Services, 'db'>): Promise<boolean> {
  try {
    await db.execute(sql`select 1`);
    return true;
  } catch {
    return false;
  }
}
