import express, { type Response, type Router } from 'express';
import { company } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { httpErrors, refuse } from '../platform/http/errors.ts';
import { sameOriginOnly } from '../platform/http/sameOrigin.ts';
import type { Services } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { companyLogoSet } from './companySettings.ts';
import { companyOf, viewerFromCookie } from './queries.ts';

export const maxLogoBytes = 262_144;

/** The first bytes of the kinds of picture that a logo may be. SVG is not among them: it can hold scripts. */
const kinds = [
  { type: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], at: 0 },
  { type: 'image/jpeg', begins: [0xff, 0xd8, 0xff], at: 0 },
  { type: 'image/webp', begins: [0x57, 0x45, 0x42, 0x50], at: 8 },
];

/** What the bytes are, whatever they are said to be; null for what a logo may not be. */
export function pictureType(bytes: Uint8Array): string | null {
  const kind = kinds.find(({ begins, at }) => begins.every((byte, index) => bytes[at + index] === byte));
  return kind?.type ?? null;
}

/** The company's logo: anybody sees it, whoever edits the company replaces it. */
export function companyRoutes(services: Services): Router {
  const router = express.Router();

  router.get('/company/logo', async (_req, res) => {
    const [row] = await services.db.select({ logo: company.logo, type: company.logoType }).from(company).limit(1);
    if (!row?.logo || !row.type) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    res.set({
      'Content-Type': row.type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    });
    res.send(Buffer.from(row.logo));
  });

  router.use('/company/logo', sameOriginOnly(services));
  router.put('/company/logo', express.raw({ type: () => true, limit: maxLogoBytes }), async (req, res) => {
    const bytes: unknown = req.body;
    const type = Buffer.isBuffer(bytes) ? pictureType(bytes) : null;
    if (!Buffer.isBuffer(bytes) || type === null) return refuse(res, 415, 'NOT_A_PICTURE', words.http.NOT_A_PICTURE());
    await replace(req.headers.cookie, res, { type, bytes });
  });
  router.delete('/company/logo', (req, res) => replace(req.headers.cookie, res, null));
  router.use('/company', httpErrors(services));

  async function replace(cookie: string | undefined, res: Response, logo: { type: string; bytes: Uint8Array } | null) {
    const viewer = await viewerFromCookie(services, cookie);
    if (!viewer) return refuse(res, 401, 'UNAUTHENTICATED', words.apiErrors.UNAUTHENTICATED());
    if (!can(viewer, 'company.edit', null)) return refuse(res, 403, 'FORBIDDEN', words.apiErrors.FORBIDDEN());
    const { value } = await companyLogoSet({ ...services, viewer, loaders: new Map() }, logo);
    res.json({ revision: value.revision, logoUrl: (await companyOf(services)).logoUrl });
  }
  return router;
}
