import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cspReports, noncePlaceholder, pageWithNonce, security } from '../../server/platform/http/security.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

let base: TestServices;
const lines: Record<string, unknown>[] = [];
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  base = await startTestServices();
});
afterAll(async () => {
  for (const close of closing) await close();
  await base.close();
});

async function start(publicUrl: string | null = null): Promise<string> {
  const sink = new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const services = {
    ...base,
    config: { ...base.config, publicUrl },
    publicOrigin: () => publicUrl ?? 'http://localhost',
    log: pino({ level: 'warn' }, sink),
  };
  const app = express();
  app.use(security(services), cspReports(services));
  app.get('/', (_, res) => {
    res.send(pageWithNonce(`<style nonce="${noncePlaceholder}"></style>`, res));
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

function directives(policy: string | null): Map<string, string> {
  return new Map(policy!.split('; ').map((part) => [part.split(' ')[0]!, part.split(' ').slice(1).join(' ')]));
}

test('the policy lets in our own scripts, styles by a fresh nonce, and our own socket', async () => {
  const url = await start();
  const first = await fetch(url);
  const policy = directives(first.headers.get('content-security-policy'));
  const nonce = /nonce="([\w-]+)"/.exec(await first.text())![1]!;
  expect(policy.get('default-src')).toBe("'none'");
  expect(policy.get('script-src')).toBe("'self'");
  expect(policy.get('style-src')).toBe(`'self' 'nonce-${nonce}'`);
  expect(policy.get('connect-src')).toBe(`'self' ${url.replace('http', 'ws')}`);
  for (const closed of ['object-src', 'base-uri', 'frame-ancestors']) expect(policy.get(closed)).toBe("'none'");
  const second = await (await fetch(url)).text();
  expect(second).not.toContain(nonce);
});

test('every answer carries nosniff, a same-origin referrer policy and no word of what serves it', async () => {
  const { headers } = await fetch(await start());
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('strict-transport-security')).toBeNull();
});

test('only an https installation asks for https for good', async () => {
  const { headers } = await fetch(await start('https://slipway.example.com'));
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  expect(headers.get('content-security-policy')).toContain('wss://slipway.example.com');
});

test('[I8] a report of a broken policy is logged, without the query that may hold a token', async () => {
  const url = await start();
  const report = {
    'document-uri': `${url}/sign-in/link?id=1&token=canary-token`,
    'effective-directive': 'script-src-elem',
    'blocked-uri': 'https://evil.example/x.js?canary-token',
  };
  const answer = await fetch(`${url}/csp-report`, {
    method: 'POST',
    headers: { 'content-type': 'application/csp-report' },
    body: JSON.stringify({ 'csp-report': report }),
  });
  expect(answer.status).toBe(204);
  const logged = lines.filter((line) => line.msg === 'csp violation');
  expect(logged).toMatchObject([{ directive: 'script-src-elem', blocked: 'https://evil.example/x.js' }]);
  expect(JSON.stringify(lines)).not.toContain('canary-token');
});

test('[I4] a report cannot forge a line of the log', async () => {
  const url = await start();
  lines.length = 0;
  await fetch(`${url}/csp-report`, {
    method: 'POST',
    headers: { 'content-type': 'application/csp-report' },
    body: JSON.stringify({ 'csp-report': { 'effective-directive': 'x\n{"level":60,"msg":"forged"}' } }),
  });
  expect(lines.map((line) => line.msg)).toEqual(['csp violation']);
});
