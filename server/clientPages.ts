import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import { pageWithNonce } from './platform/http/security.ts';

export const builtClient = fileURLToPath(new URL('../dist/client', import.meta.url));

/** The built client: hashed assets for ever, the page for every path of a screen, with the nonce of this answer. */
export function clientPages(folder: string = builtClient): Router {
  const router = express.Router();
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }));
  router.use('/assets', (_req, res) => void res.status(404).end());
  router.use(express.static(folder, { index: false, maxAge: '1h' }));
  router.get('/{*path}', (_req, res) => {
    res.set('Cache-Control', 'no-cache').type('html').send(pageWithNonce(page, res));
  });
  return router;
}
