import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, projects, sessions } from '../../drizzle/schema/index.ts';
import type { Viewer } from '../../server/access/viewer.ts';
import { downloadUrl, fileLoader, fileRow } from '../../server/files/queries.ts';
import { submissionFinish } from '../../server/submissions/commands.ts';
import { type Delivering, patch, startDelivering } from './delivering.ts';

let d: Delivering;
beforeAll(async () => {
  d = await startDelivering();
});
afterAll(() => d.close());

/** A delivered file, and a link to it for this viewer. */
async function delivered(
  bytes: Uint8Array,
  name = 'products.csv',
  reader: Viewer = d.pm,
): Promise<{ fileId: string; link: string }> {
  const task = await d.task();
  const { id, fileId } = await d.begin(d.client, task, bytes.length, name);
  await patch(await d.session(d.client), fileId, 0, bytes as BodyInit);
  await submissionFinish(d.as(d.client), id, { revision: task.revision });
  return { fileId, link: await linkFor(reader, fileId) };
}

async function linkFor(viewer: Viewer, fileId: string): Promise<string> {
  const file = await fileRow(d.services.db, fileId);
  return downloadUrl(d.as(viewer), file!)!;
}

/** Asks as somebody who is signed in, or as nobody; the PM, for whom links are made where nothing else is said. */
async function get(path: string, headers: Record<string, string> = {}, reader: Viewer | null = d.pm) {
  const options = { headers };
  return reader ? (await d.session(reader)).fetch(path, options) : fetch(`${d.url}${path}`, options);
}

/** What a file that never was answers. */
async function expectMissing(path: string, reader: Viewer | null = d.pm): Promise<void> {
  const never = '/files/00000000-0000-7000-8000-00000000abcd';
  const [wrong, missing] = await Promise.all([get(path, {}, reader), get(never, {}, reader)]);
  expect(wrong.status).toBe(404);
  expect(await wrong.text()).toBe(await missing.text());
  expect([...wrong.headers.keys()]).toEqual([...missing.headers.keys()]);
}

test('a delivered file comes back byte for byte', async () => {
  const bytes = randomBytes(200_000);
  const { link } = await delivered(bytes);
  const response = await get(link);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-length')).toBe('200000');
  expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), bytes)).toBe(0);
});

test('a part of a file can be asked for', async () => {
  const { link } = await delivered(Buffer.from('0123456789'));
  const part = await get(link, { range: 'bytes=2-4' });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
  expect((await get(link, { range: 'bytes=20-' })).status).toBe(416);
  expect(await (await get(link, { range: 'bytes=0-1,4-5' })).text()).toBe('0123456789');
});

const harmful = [
  ['page.html', '<script>fetch("/graphql")</script>'],
  ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['table.csv', 'id,name\n1,<script>alert(1)</script>'],
  ['paper.pdf', '%PDF-1.7 /OpenAction << /S /JavaScript /JS (app.alert(1)) >>'],
];

test.each(harmful)('[U2] %s is saved and never shown, whatever is in it', async (name, content) => {
  const { link } = await delivered(Buffer.from(content), name);
  const { headers } = await get(link);
  expect(headers.get('content-disposition')).toBe(`attachment; filename="${name}"; filename*=UTF-8''${name}`);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(headers.get('content-type')).toMatch(/^(application\/octet-stream|text\/csv(; charset=utf-8)?)$/);
});

test('[U1] a hostile name reaches the header encoded and the disk not at all', async () => {
  const { fileId, link } = await delivered(Buffer.from('x'), '../../č"\r\nSet-Cookie: a=b.csv');
  const { headers } = await get(link);
  expect(headers.get('set-cookie')).toBeNull();
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename=".._.._____Set-Cookie: a=b.csv"; filename*=UTF-8''.._.._%C4%8D%22__Set-Cookie%3A%20a%3Db.csv`,
  );
  expect((await fileRow(d.services.db, fileId))?.blobKey).toMatch(/^[0-9a-f]{48}$/);
});

test('[Z13] a link lives five minutes', async () => {
  const { fileId } = await delivered(Buffer.from('x'));
  const link = await linkFor(d.pm, fileId);
  d.services.clock.advance(5 * 60_000 - 1);
  expect((await get(link)).status).toBe(200);
  d.services.clock.advance(1);
  await expectMissing(link);
});

test('[Z13] a link in which anything was changed leads nowhere', async () => {
  const { fileId, link } = await delivered(Buffer.from('x'));
  const other = await delivered(Buffer.from('y'));
  const url = new URL(link, d.url);
  const changed = (name: string, value: string) => {
    const copy = new URL(url);
    copy.searchParams.set(name, value);
    return copy.pathname + copy.search;
  };
  await expectMissing(link.replace(fileId, other.fileId));
  await expectMissing(changed('person', d.otherClient.personId));
  await expectMissing(changed('expires', String(Number(url.searchParams.get('expires')) + 1)));
  await expectMissing(changed('expires', '9e99'));
  await expectMissing(changed('signature', ''));
  await expectMissing(changed('disposition', 'inline'));
  await expectMissing(`${link}&person=${d.pm.personId}`);
  await expectMissing(`/files/${fileId}`);
  await expectMissing(`/files/..%2f${fileId}?${url.searchParams}`);
});

test('[Z13] a link made for somebody without the right leads nowhere', async () => {
  const { link } = await delivered(Buffer.from('x'), 'a.csv', d.otherClient);
  await expectMissing(link, d.otherClient);
});

test('[Z13] a link opens in a session of its person, and for nobody else who comes by it', async () => {
  const { link } = await delivered(Buffer.from('x'), 'a.csv', d.colleague);
  expect((await get(link, {}, d.colleague)).status).toBe(200);
  // Also not for those who may read the file: theirs is another link.
  for (const reader of [null, d.otherClient, d.otherPm, d.client, d.pm]) await expectMissing(link, reader);
  const session = await d.session(d.colleague);
  expect((await session.fetch(link, { method: 'HEAD' })).status).toBe(200);
  await d.services.db
    .update(sessions)
    .set({ endedAt: d.services.clock.now() })
    .where(eq(sessions.personId, d.colleague.personId));
  expect((await session.fetch(link)).status).toBe(404);
});

test('[Z13] a link stops with the right of its person, not five minutes later', async () => {
  const { link } = await delivered(Buffer.from('x'), 'a.csv', d.colleague);
  expect((await get(link, {}, d.colleague)).status).toBe(200);
  await d.services.db
    .update(people)
    .set({ removedAt: d.services.clock.now() })
    .where(eq(people.id, d.colleague.personId));
  await expectMissing(link, d.colleague);
  await d.services.db.update(people).set({ removedAt: null }).where(eq(people.id, d.colleague.personId));
  await d.services.db.update(projects).set({ state: 'DRAFT', activatedAt: null });
  await expectMissing(link, d.colleague);
  await d.services.db.update(projects).set({ state: 'ACTIVE', activatedAt: d.services.clock.now() });
});

test('what was uploaded and not delivered is not for the colleagues', async () => {
  const { fileId } = await d.begin(d.client, await d.task(), 1);
  await patch(await d.session(d.client), fileId, 0, 'x');
  expect((await get(await linkFor(d.client, fileId), {}, d.client)).status).toBe(200);
  await expectMissing(await linkFor(d.colleague, fileId), d.colleague);
});

test('a file has no link before its bytes have arrived', async () => {
  const { fileId } = await d.begin(d.client, await d.task(), 10);
  const file = await fileRow(d.services.db, fileId);
  expect(downloadUrl(d.as(d.client), file!)).toBeNull();
});

test('[Z14] by its id, a file is there for those who may read its submission and for nobody else', async () => {
  const { fileId } = await delivered(Buffer.from('x'));
  const open = await d.begin(d.client, await d.task(), 1);
  const seen = (viewer: Viewer) => fileLoader(d.as(viewer)).loadMany([fileId, open.fileId, 'x']);
  const ids = async (viewer: Viewer) => (await seen(viewer)).map((file) => file && 'id' in file && file.id);
  expect(await ids(d.client)).toEqual([fileId, open.fileId, null]);
  expect(await ids(d.colleague)).toEqual([fileId, null, null]);
  expect(await ids(d.otherClient)).toEqual([null, null, null]);
});
