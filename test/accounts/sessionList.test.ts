import { afterEach, beforeEach, expect, test } from 'vitest';
import { deviceOf } from '../../server/accounts/device.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let here: Session;
let there: Session;
let third: Session;
beforeEach(async () => {
  app = await startTestApp();
  [here, there, third] = (await Promise.all([1, 2, 3].map(() => app.signIn(app.world.client)))) as [
    Session,
    Session,
    Session,
  ];
});
afterEach(() => app.close());

const list = async (session: Session) =>
  (await session.ask('{ viewer { sessions { id isCurrent createdAt lastSeenAt browser system } } }')).viewer.sessions;
const end = 'mutation ($id: ID!) { sessionEnd(id: $id) { viewer { isStaff } } }';

test('a person sees where they are signed in, and no one else there', async () => {
  const seen = await list(here);
  expect(seen).toHaveLength(3);
  expect(seen.map((one: { isCurrent: boolean }) => one.isCurrent)).toEqual([true, false, false]);
  expect(await list(await app.signIn(app.world.otherClient))).toHaveLength(1);
});

test('ending one ends its sockets at once and leaves the others', async () => {
  const stream = there.subscribe('subscription ($id: ID!) { changes(projectId: $id, after: 0) { __typename } }', {
    id: app.world.project.id,
  });
  await stream.next();
  const thereId = (await list(there))[0].id;
  await here.ask(end, { id: thereId });
  await eventually(async () => {
    for (;;) await stream.next(1);
  }, 2_000).catch((error: Error) => expect(String(error)).toContain('4403'));
  expect((await there.ask('{ viewer { isStaff } }')).viewer).toBeNull();
  expect(await list(third)).toHaveLength(2);
  expect(await list(here)).toHaveLength(2);
});

test('all others end together; the one that asks stays', async () => {
  await here.ask('mutation { sessionsEndOthers { viewer { isStaff } } }');
  expect(await list(here)).toHaveLength(1);
  for (const gone of [there, third]) expect((await gone.ask('{ viewer { isStaff } }')).viewer).toBeNull();
});

test("another person's session is as if missing", async () => {
  const foreign = (await list(await app.signIn(app.world.otherClient)))[0].id;
  for (const id of [foreign, '01a1ff99-08b0-79b5-9a19-d6a2a325eb60', 'x']) {
    const { errors } = await here.gql(end, { id });
    expect(errors.map((error) => error.extensions?.code)).toEqual(['NOT_FOUND']);
  }
});

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Windows'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    'Safari',
    'macOS',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36',
    'Chrome',
    'Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    'Safari',
    'iPhone',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge',
    'Windows',
  ],
  ['curl/8', null, null],
])('%s', (userAgent, browser, system) => {
  expect(deviceOf(userAgent)).toEqual({ browser, system });
});
