import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, expect, test } from 'vitest';
import { cutSlowBodies } from '../../server/platform/http/slowBodies.ts';
import { eventually } from '../support/eventually.ts';

const server = createServer(
  express()
    .use(cutSlowBodies(100))
    .use(express.json())
    .post('/{*path}', (_, res) => void res.json({ ok: true }))
    .get('/slow', (_, res) => void setTimeout(() => res.json({ ok: true }), 300)),
);
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('[G13] a body that never ends is hung up on; an upload and a slow answer are not', async () => {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const begin = (path: string) => {
    const state = { isCut: false };
    const headers = { 'content-type': 'application/json', 'content-length': '1000' };
    const req = request({ port, path, method: 'POST', headers });
    req.on('error', () => {
      state.isCut = true;
    });
    req.write('{');
    return state;
  };
  const upload = begin('/uploads/1');
  const question = begin('/graphql');
  const answer = await fetch(`http://localhost:${port}/slow`);
  expect(await answer.json()).toEqual({ ok: true });
  await eventually(() => expect(question.isCut).toBe(true));
  expect(upload.isCut).toBe(false);
});
