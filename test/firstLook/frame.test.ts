import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frameRoute } from '../../server/firstLook/frame.ts';
import { security } from '../../server/platform/http/security.ts';
import { words } from '../../server/words/en.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;
let server: Server;
let url: string;
const folder = mkdtempSync(join(tmpdir(), 'frame-'));

beforeAll(async () => {
  app = await startTestApp();
  const site = express();
  site.use(security(app.services));
  site.get('/first-look/frame', frameRoute(folder));
  server = createServer(site);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/first-look/frame`;
});
afterAll(async () => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
  await app.close();
});

test('a frame that is not built says so', async () => {
  const answer = await fetch(url);
  expect([answer.status, await answer.json()]).toMatchObject([503, { message: words.http.FRAME_NOT_BUILT() }]);
});

test('[F3] the frame carries all that it runs, and reaches nothing', async () => {
  mkdirSync(join(folder, 'frame'));
  writeFileSync(join(folder, 'frame/frame.js'), 'const a = "</script><script>alert(1)</script><!--";');
  writeFileSync(join(folder, 'frame/frame.css'), 'a { content: "</style><script>"; }');
  const answer = await fetch(url);
  const html = await answer.text();
  const policy = answer.headers.get('content-security-policy') ?? '';
  const [, nonce] = /script-src 'nonce-([^']+)'/.exec(policy) ?? [];
  expect(policy).toBe(
    [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      'img-src blob: data:',
      "connect-src 'none'",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
      'sandbox allow-scripts',
    ].join('; '),
  );
  expect(answer.headers.get('x-frame-options')).toBeNull();
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(html.match(/<script/g)).toHaveLength(3);
  expect(html.match(/<\/script>/g)).toHaveLength(1);
  expect(html.match(/<\/style>/g)).toHaveLength(1);
  expect(html).toContain('const a = "\\x3c/script><script>alert(1)\\x3c/script>\\x3c!--";');
  expect((await (await fetch(url)).text()).includes(nonce!)).toBe(false);
});

test('the pages of Slipway show frames of their own alone, and stand in none', async () => {
  const answer = await app.anonymous().fetch('/');
  const policy = answer.headers.get('content-security-policy');
  expect(policy).toContain("frame-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(answer.headers.get('x-frame-options')).toBe('DENY');
});
