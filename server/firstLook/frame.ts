import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import { codeOf } from '../platform/blobs/disk.ts';
import { refuse } from '../platform/http/errors.ts';
import { words } from '../words/en.ts';

const builtClient = fileURLToPath(new URL('../../dist/client', import.meta.url));

/**
 * `GET /first-look/frame`: the page that mocks run in. It carries its script and style inside, holds nothing of anybody,
 * and reaches nothing: no address, no cookie, no storage, also when somebody opens it by itself.
 */
export function frameRoute(clientFolder: string = builtClient): RequestHandler {
  return async (_req, res) => {
    const parts = await readParts(join(clientFolder, 'frame'));
    if (!parts) return refuse(res, 503, 'UNAVAILABLE', words.http.FRAME_NOT_BUILT());
    const nonce = String(res.locals.cspNonce);
    res.removeHeader('X-Frame-Options');
    // It has no origin that a cluster could be keyed by.
    res.removeHeader('Origin-Agent-Cluster');
    res.set({
      'Content-Security-Policy': policy(nonce),
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    });
    res.type('html').send(page(parts, nonce));
  };
}

type Parts = { script: string; style: string };

async function readParts(folder: string): Promise<Parts | null> {
  try {
    const [script, style] = await Promise.all(
      ['frame.js', 'frame.css'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    return { script: script ?? '', style: style ?? '' };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    'img-src blob: data:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-scripts',
  ].join('; ');
}

/** What would end the element that it stands in is written otherwise; in a script it means the same. */
function page({ script, style }: Parts, nonce: string): string {
  const safeScript = script.replace(/<(\/script|!--)/gi, '\\x3c$1');
  const safeStyle = style.replace(/<\/style/gi, '<\\/style');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.http.FRAME_TITLE()}</title>
<style nonce="${nonce}">${safeStyle}</style>
</head>
<body>
<div id="root"></div>
<script type="module" nonce="${nonce}">${safeScript}</script>
</body>
</html>
`;
}
