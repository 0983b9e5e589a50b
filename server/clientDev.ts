import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import { pageWithNonce } from './platform/http/security.ts';

/** The client as it is being written: Vite in the same process, for `npm run dev`. */
export async function clientDev(server: Server): Promise<{ router: Router; close(): Promise<void> }> {
  const { createServer } = await import('vite');
  const root = fileURLToPath(new URL('../client', import.meta.url));
  const vite = await createServer({
    configFile: fileURLToPath(new URL('../client/vite.config.ts', import.meta.url)),
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server } },
  });
  const router = express.Router();
  router.use(vite.middlewares);
  router.get('/{*path}', async (req, res) => {
    const template = await readFile(`${root}/index.html`, 'utf8');
    res.type('html').send(pageWithNonce(await vite.transformIndexHtml(req.originalUrl, template), res));
  });
  return { router, close: () => vite.close() };
}
