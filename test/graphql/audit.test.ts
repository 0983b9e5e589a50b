import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/**
 * Every audit of GraphQL over HTTP that the suite has, MUST, SHOULD and MAY alike, as a program without a cookie asks:
 * what we ask of a browser (its own origin, or a header that takes a preflight) is not asked of a request that carries
 * nobody's session.
 */
const audits = serverAudits({ url: () => `${app.url}/graphql` });

describe('GraphQL over HTTP, by the audits of graphql-http', () => {
  test('the suite is there whole', () => {
    expect(audits.length).toBeGreaterThanOrEqual(60);
  });

  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s: %s', async (_, __, audit) => {
    const result = await audit.fn();
    const reason = result.status === 'ok' ? '' : `${result.status}: ${result.reason}`;
    expect([result.status, reason]).toEqual(['ok', '']);
  });
});
