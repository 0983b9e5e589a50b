import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../drizzle/schema/index.ts';
import type { Role } from '../../server/access/viewer.ts';
import { personAdd } from '../../server/accounts/commands.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let admin: Session;

beforeAll(async () => {
  app = await startTestApp({ sample: true });
  admin = await person('ADMIN', null);
}, 120_000);
afterAll(() => app.close());

async function person(role: Role, accountId: string | null): Promise<Session> {
  const email = `${role.toLowerCase()}-${crypto.randomUUID()}@lumen-commerce.example`;
  await personAdd(app.services, null, { email, name: role, role, accountId, timeZone: 'UTC', isSample: false });
  const rows = await app.services.db.select().from(people);
  return app.signIn(rows.find((row) => row.email === email)!);
}

const read = `query { companySettings { revision name accentColor senderName replyTo workingDays opensAt closesAt holidays } }`;
const edit = `mutation ($input: CompanyEditInput!) {
  companyEdit(input: $input) { settings { revision name accentColor holidays workingDays } userErrors { code field message } }
}`;
const revision = async () => (await admin.ask(read)).companySettings.revision as number;
const change = async (input: object) =>
  (await admin.ask(edit, { input: { revision: await revision(), ...input } })).companyEdit;

describe('the settings of the company', () => {
  test('only what is given changes, and the log says which fields', async () => {
    const { settings, userErrors } = await change({
      senderName: 'Lumen onboarding',
      holidays: ['2026-12-25', '2026-01-01'],
    });
    expect(userErrors).toEqual([]);
    expect(settings).toMatchObject({ name: 'Lumen Commerce', holidays: ['2026-01-01', '2026-12-25'] });
    const found = await app.services.db.query.events.findFirst({
      where: (row, { eq }) => eq(row.kind, 'company.edited'),
      orderBy: (row, { desc }) => desc(row.seq),
    });
    expect(found?.facts).toEqual({ fields: ['senderName', 'holidays'] });
  });

  test('whoever was too late is told, and sees what stands there now', async () => {
    const seen = await revision();
    await change({ name: 'Lumen' });
    const { companyEdit } = await admin.ask(edit, { input: { revision: seen, name: 'Other' } });
    expect(companyEdit).toMatchObject({ settings: { name: 'Lumen' }, userErrors: [{ code: 'CONFLICT' }] });
    await change({ name: 'Lumen Commerce' });
  });

  test.each([
    [{ accentColor: '#ffcc00' }, 'CONTRAST_TOO_LOW', 'accentColor'],
    [{ accentColor: 'red' }, 'INVALID_COLOR', 'accentColor'],
    [{ replyTo: 'nobody' }, 'INVALID_EMAIL', 'replyTo'],
    [{ timeZone: 'Mars/Olympus' }, 'INVALID_TIME_ZONE', 'timeZone'],
    [{ name: ' ' }, 'EMPTY', 'name'],
    [{ workingDays: [] }, 'INVALID_CALENDAR', 'workingDays'],
    [{ workingDays: [0] }, 'INVALID_CALENDAR', 'workingDays'],
    [{ opensAt: '18:00', closesAt: '09:00' }, 'INVALID_CALENDAR', 'opensAt'],
    [{ currency: 'euro' }, 'NOT_A_SUM', 'currency'],
  ])('%j is refused as %s', async (input, code, field) => {
    const { userErrors } = await change(input);
    expect(userErrors).toEqual([{ code, field, message: expect.stringMatching(/\w/) }]);
  });

  test('a colour that is too light is refused with a shade that works, which is then taken', async () => {
    const { userErrors } = await change({ accentColor: '#ffcc00' });
    const shade = /#[0-9a-f]{6}/.exec(userErrors[0].message)![0];
    expect((await change({ accentColor: shade })).settings.accentColor).toBe(shade);
    const { company } = await app.anonymous().ask(`{ company { accent { light { accent } dark { accentText } } } }`);
    expect(company.accent.light.accent).toBe(shade);
  });

  test.each<Role>(['CLIENT_LEAD', 'CONTRIBUTOR', 'PM', 'MANAGER', 'DIRECTOR'])(
    '%s neither reads nor edits them',
    async (role) => {
      const session = await person(role, role.startsWith('CLIENT') ? app.world.client.accountId : null);
      expect((await session.ask(read)).companySettings).toBeNull();
      const { errors } = await session.gql(edit, { input: { revision: 1, name: 'Taken' } });
      expect(errors.map((error) => error.extensions?.code)).toEqual(['FORBIDDEN']);
    },
  );

  test('a client reads nothing of the sender, the calendar or their change', async () => {
    const { errors } = await app.anonymous().gql(read);
    expect(errors.map((error) => error.extensions?.code)).toEqual(['UNAUTHENTICATED']);
  });
});

describe('the logo', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const put = (session: Session, body: Buffer, type = 'image/png') =>
    session.fetch('/company/logo', { method: 'PUT', body: new Uint8Array(body), headers: { 'Content-Type': type } });

  test('is shown to anybody, as what it is, and never as a page', async () => {
    const answer = await put(admin, png);
    expect(answer.status).toBe(200);
    const { logoUrl } = (await answer.json()) as { logoUrl: string };
    const shown = await app.anonymous().fetch(logoUrl);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await shown.arrayBuffer()).equals(png)).toBe(true);
  });

  test.each([
    ['a page', Buffer.from('<html><script>alert(1)</script>')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is refused, whatever it is called', async (_, body) => {
    expect((await put(admin, body)).status).toBe(415);
  });

  test('a picture over 256 kB is refused', async () => {
    expect((await put(admin, Buffer.concat([png, Buffer.alloc(300_000)]))).status).toBe(413);
  });

  test('only whoever edits the company replaces or removes it', async () => {
    const pm = await app.signIn(app.world.pm);
    expect((await put(pm, png)).status).toBe(403);
    expect((await pm.fetch('/company/logo', { method: 'DELETE' })).status).toBe(403);
    expect((await put(app.anonymous(), png)).status).toBe(401);
    expect((await admin.fetch('/company/logo', { method: 'DELETE' })).status).toBe(200);
    expect((await app.anonymous().fetch('/company/logo')).status).toBe(404);
  });
});
