import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '../../server/access/viewer.ts';
import { ApiError } from '../../server/platform/graphql/errors.ts';
import { exportRoutes } from '../../server/views/export.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
});
afterAll(() => app.close());

const path = '/exports/integrations.csv';

test('[G15] a file is paid for from the budget that its reader has for queries, a filter or not', async () => {
  const remaining = async (): Promise<{ remaining: number; requested: number }> => {
    const answer = await pm.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ company { name } }' }),
    });
    return ((await answer.json()) as { extensions: { cost: { remaining: number; requested: number } } }).extensions
      .cost;
  };
  const { projects } = await pm.ask('{ projects { totalCount } }');
  let before = (await remaining()).remaining;
  for (const query of ['?cols=TARGET,PM', '?cols=TARGET,PM&q=finds-nothing']) {
    expect((await pm.fetch(path + query)).status).toBe(200);
    const after = await remaining();
    // Client, project and state stand in every file.
    expect(before - after.remaining).toBe(projects.totalCount * (3 + 2) + after.requested);
    before = after.remaining;
  }
});

test('[G15] whoever has spent this minute’s budget waits, and is told how long', async () => {
  const asked: { viewer: Viewer | null; cost: number }[] = [];
  const spent = {
    async spend(viewer: Viewer | null, _: string, cost: number): Promise<never> {
      asked.push({ viewer, cost });
      throw new ApiError('RATE_LIMITED', undefined, { retryAfterMs: 41_200 });
    },
  };
  const server = createServer(express().use(exportRoutes(app.services, spent)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}${path}`;
  const answer = await fetch(url, { headers: { cookie: pm.cookie } });
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('42');
  expect(await answer.json()).toMatchObject({ code: 'RATE_LIMITED', message: expect.stringContaining('42 seconds') });
  expect(asked).toMatchObject([{ viewer: { personId: app.world.pm.id } }]);
  // Before anything was counted for them, a stranger is told that there is nothing.
  expect((await fetch(url)).status).toBe(404);
  expect(asked).toHaveLength(1);
  await new Promise((resolve) => server.close(resolve));
});
