import { randomBytes } from 'node:crypto';
import express, { type RequestHandler, type Response, type Router } from 'express';
import helmet from 'helmet';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { httpErrors } from './errors.ts';
import { isHttps, ownOrigin } from './origin.ts';

export const cspReportPath = '/csp-report';

/** What stands in the built page where the nonce of the answer goes (`html.cspNonce` of Vite). */
export const noncePlaceholder = '__CSP_NONCE__';

type SecurityOptions = {
  /** Vite's development server writes inline scripts (with the nonce) and connects to a socket of its own. */
  isDevelopment?: boolean;
};

/** The headers of every answer. `res.locals.cspNonce` holds the nonce of this one. */
export function security(services: Services, { isDevelopment = false }: SecurityOptions = {}): RequestHandler {
  const headers = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: isHttps(services) && { maxAge: 31_536_000, includeSubDomains: false },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  return (req, res, next) => {
    const nonce = randomBytes(18).toString('base64url');
    res.locals.cspNonce = nonce;
    const own = ownOrigin(services, req.headers.host);
    res.setHeader('Content-Security-Policy', policy(nonce, own, isDevelopment));
    res.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    headers(req, res, next);
  };
}

/** The page with the nonce of this answer, so that the styles that Mantine writes at run time are let in. */
export function pageWithNonce(html: string, res: Response): string {
  return html.replaceAll(noncePlaceholder, String(res.locals.cspNonce));
}

function policy(nonce: string, own: string | null, isDevelopment: boolean): string {
  // Older Safari does not count ws: as 'self'.
  const socket = own === null ? '' : ` ${own.replace(/^http/, 'ws')}`;
  return [
    "default-src 'none'",
    `script-src 'self'${isDevelopment ? ` 'nonce-${nonce}'` : ''}`,
    // Mantine, TipTap and the scroll lock of dialogs write <style> elements: by nonce.
    `style-src 'self' 'nonce-${nonce}'`,
    // The carets of other people are drawn with style attributes, and an attribute cannot carry a nonce. All it can do
    // is to change how its own element looks.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${socket}${isDevelopment ? ' ws://localhost:* ws://127.0.0.1:*' : ''}`,
    // What the first look runs in: a page of ours that is sandboxed and reaches nothing.
    "frame-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    `report-uri ${cspReportPath}`,
  ].join('; ');
}

const report = z.object({
  'csp-report': z.object({
    'effective-directive': z.string().max(100).optional(),
    'violated-directive': z.string().max(400).optional(),
    'blocked-uri': z.string().max(2000).optional(),
    'document-uri': z.string().max(2000).optional(),
  }),
});

/** Takes what browsers report about the policy being broken, and logs it. Mount it before `sameOriginOnly`. */
export function cspReports(services: Pick<Services, 'log'>): Router {
  const router = express.Router();
  const body = express.json({ limit: '8kb', type: ['application/csp-report', 'application/json'] });
  router.post(cspReportPath, body, (req, res) => {
    const parsed = report.safeParse(req.body);
    if (parsed.success) {
      const told = parsed.data['csp-report'];
      services.log.warn(
        {
          directive: told['effective-directive'] ?? told['violated-directive'],
          blocked: withoutQuery(told['blocked-uri']),
          page: withoutQuery(told['document-uri']),
        },
        'csp violation',
      );
    }
    res.status(204).end();
  });
  router.use(cspReportPath, httpErrors(services));
  return router;
}

/** A query may hold a sign-in token, which no log may. */
function withoutQuery(uri: string | undefined): string | undefined {
  return uri?.replace(/[?#].*$/, '');
}
