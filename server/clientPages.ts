import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, type Router } from 'express';
import { pageWithNonce } from './platform/http/security.ts';

export const builtClient = fileURLToPath(new URL('../dist/client', import.meta.url));

/** The built client: hashed assets for ever, the page for every path of a screen, with the nonce of this answer. */
export function clientPages(folder: string = builtClient): Router {
  const router = express.Router();
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  router.use('/assets', compressed(join(folder, 'assets')));
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }));
  router.use('/assets', (_req, res) => void res.status(404).end());
  router.use(express.static(folder, { index: false, maxAge: '1h' }));
  router.get('/{*path}', (_req, res) => {
    res.set('Cache-Control', 'no-cache').type('html').send(pageWithNonce(page, res));
  });
  return router;
}

/** Hands out the gzipped copy that the build put beside an asset, to whoever takes gzip. */
function compressed(folder: string): RequestHandler {
  const copies = new Set(readdirSync(folder).filter((name) => name.endsWith('.gz')));
  return (req, res, next) => {
    const name = req.path.slice(1);
    if (!copies.has(`${name}.gz`)) return next();
    res.vary('Accept-Encoding');
    if (req.acceptsEncodings('gzip') !== 'gzip') return next();
    res.type(extname(name)).set('Content-Encoding', 'gzip');
    req.url = `/${name}.gz`;
    next();
  };
}
