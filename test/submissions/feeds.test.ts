import { gzipSync } from 'node:zlib';
import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { events, files, submissions } from '../../drizzle/schema/index.ts';
import { eventually } from '../support/eventually.ts';
import { type FeedsWorld, startFeedsWorld } from './feedsWorld.ts';
import { feed } from './reportsWorld.ts';

let w: FeedsWorld;
beforeAll(async () => {
  w = await startFeedsWorld();
}, 120_000);
afterAll(() => w.close());
afterEach(() => w.shop.asked.splice(0));

const db = () => w.app.services.db;

describe('a feed at its address', () => {
  test('is fetched, judged in the same pass and kept; the same again changes nothing; another tells what changed', async () => {
    const of = await w.aFeedOf();
    const before = await w.keptNow();
    w.shop.gives(feed(200, 50));
    const first = await of.pull();
    expect(first).toMatchObject({ verdict: 'REJECTED', facts: { feed: { failures: 0, isUnchanged: null } } });
    expect(first.findings).toMatchObject([{ rule: 'FEED-01.rows', found: '150 of 200 rows are right' }]);
    expect(await of.reportNow()).toMatchObject({ state: 'DONE', verdict: 'REJECTED', rows: 200, valid: 150 });
    const file = await of.fileNow();
    expect(file).toMatchObject({
      name: 'products.csv',
      state: 'STORED',
      sizeBytes: feed(200, 50).length,
      expiresAt: null,
    });
    const { run } = (await of.reportNow())!;

    // The server answers all of it again, whatever it was asked with.
    expect((await of.pull()).facts.feed).toMatchObject({ isUnchanged: true, isConditionalHonoured: false });
    w.shop.answer = (req, res) => void res.writeHead(req.headers['if-none-match'] === '"1"' ? 304 : 500).end();
    expect(await of.pull()).toMatchObject({ verdict: 'REJECTED', facts: { feed: { isConditionalHonoured: true } } });
    expect(await of.reportNow()).toMatchObject({ run, rows: 200 });

    w.shop.gives(feed(210, 4), { etag: '"2"' });
    const changed = await of.pull();
    expect(changed.verdict).toMatch(/^ACCEPTED/);
    expect(await of.reportNow()).toMatchObject({ rows: 210, valid: 206, delta: { fixed: 46, new: 0, still: 4 } });
    const now = await of.fileNow();
    expect(now).toMatchObject({ id: file!.id, sizeBytes: feed(210, 4).length });
    expect(now!.blobKey).not.toBe(file!.blobKey);
    // The blob before is gone, and nothing lies about.
    expect(await w.keptNow()).toEqual({ rows: before.rows + 1, uploads: before.uploads, blobs: before.blobs + 1 });
    const kinds = await db().select({ kind: events.kind }).from(events).where(eq(events.subjectId, of.submissionId));
    expect(kinds.filter(({ kind }) => kind === 'submission.fetched')).toHaveLength(2);
  });

  test('one that is cut off is rejected at every pull, against the last one that was accepted', async () => {
    const of = await w.aFeedOf();
    const pull = async (rows: number) => {
      w.shop.gives(feed(rows, 0), { etag: `"${rows}"` });
      await of.pull();
      const { verdict, document, acceptedRows } = (await of.reportNow())!;
      const { findings } = document as { findings: { rule: string }[] };
      return { verdict, isDropped: findings.some(({ rule }) => rule === 'rows.dropped'), acceptedRows };
    };
    expect(await pull(200)).toMatchObject({ isDropped: false, acceptedRows: null });
    expect(await pull(60)).toEqual({ verdict: 'REJECTED', isDropped: true, acceptedRows: 200 });
    expect(await pull(59)).toEqual({ verdict: 'REJECTED', isDropped: true, acceptedRows: 200 });
    expect(await pull(190)).toMatchObject({ isDropped: false, acceptedRows: null });
    expect(await pull(58)).toEqual({ verdict: 'REJECTED', isDropped: true, acceptedRows: 190 });
    const acceptedAt = w.app.clock.now();
    await db().update(submissions).set({ acceptedAt }).where(eq(submissions.id, of.submissionId));
    expect(await pull(57)).toMatchObject({ isDropped: false, acceptedRows: null });
  });

  test('a compressed file and a compressed answer are read alike', async () => {
    const of = await w.aFeedOf();
    w.shop.answer = (_, res) => void res.writeHead(200, { etag: '"1"' }).end(gzipSync(feed(20, 0)));
    expect((await of.pull()).verdict).toMatch(/^ACCEPTED/);
    expect(await of.reportNow()).toMatchObject({ rows: 20, valid: 20 });
    expect(await of.fileNow()).toMatchObject({ name: 'products.csv.gz' });
    w.shop.answer = (_, res) =>
      void res.writeHead(200, { etag: '"2"', 'content-encoding': 'gzip' }).end(gzipSync(feed(30, 0)));
    await of.pull();
    expect(await of.reportNow()).toMatchObject({ rows: 30, valid: 30 });
    expect(await of.fileNow()).toMatchObject({ name: 'products.csv' });
  });

  test('one that breaks off in the middle leaves the former report and file, and says so', async () => {
    const of = await w.aFeedOf();
    w.shop.gives(feed(50, 0));
    await of.pull();
    const [report, file, kept] = [await of.reportNow(), await of.fileNow(), await w.keptNow()];
    w.shop.answer = (_, res) => {
      res.writeHead(200, { 'content-length': '90000', etag: '"2"' }).write(feed(100, 100).slice(0, 9_000));
      setTimeout(() => res.destroy(), 30);
    };
    const cut = await of.pull();
    expect(cut).toMatchObject({ verdict: 'REJECTED', facts: { feed: { refusal: 'CUT_OFF', failures: 1 } } });
    expect(cut.rules).toContain('FEED-01.unreachable');
    expect(await of.reportNow()).toEqual(report);
    expect(await of.fileNow()).toEqual(file);
    await eventually(async () => expect(await w.keptNow()).toEqual(kept));
  });

  test('one that has never come whole has no report and keeps no bytes', async () => {
    const of = await w.aFeedOf();
    const kept = await w.keptNow();
    for (const [text, type, rule] of [
      ['', 'text/csv', 'FEED-01.empty'],
      ['<html><form><input type=password>', 'text/html', 'FEED-01.page'],
    ] as const) {
      w.shop.gives(text, { 'content-type': type });
      const result = await of.pull();
      expect(result.rules).toContain(rule);
      expect(await of.reportNow()).toBe(null);
    }
    // Empty or no feed again and again: at the tenth it is said that nobody fetches it any more.
    for (let failures = 3; failures <= 9; failures++) expect((await of.pull()).facts.feed.failures).toBe(failures);
    expect((await of.pull()).rules).toContain('FEED-01.disabled');
    await eventually(async () => expect(await w.keptNow()).toEqual(kept));
    w.shop.gives(feed(5, 0));
    expect(await of.pull()).toMatchObject({ facts: { feed: { failures: 0 } } });
  });

  test('what the account has no room for is not kept, nor half of it', async () => {
    const of = await w.aFeedOf();
    const kept = await w.keptNow();
    w.shop.gives(feed(2_000, 0));
    const { config } = w.app.services;
    const most = config.maxAccountBytes;
    try {
      const total = (await db().select().from(files)).reduce((sum, file) => sum + file.sizeBytes, 0);
      Object.assign(config, { maxAccountBytes: total + 1_000 });
      const result = await of.pull();
      expect(result.facts.feed).toMatchObject({ refusal: 'NO_ROOM' });
      expect(result.rules).toContain('FEED-01.room');
    } finally {
      Object.assign(config, { maxAccountBytes: most });
    }
    await eventually(async () => expect(await w.keptNow()).toEqual(kept));
  });
});

describe('what a killed process leaves', () => {
  test('the next pull removes it and fetches anew; nobody can send bytes to it', async () => {
    const of = await w.aFeedOf();
    const kept = await w.keptNow();
    let cut = () => {};
    const begun = new Promise<void>((resolve) => {
      w.shop.answer = (_, res) => {
        res.writeHead(200, { etag: '"1"' }).write(feed(100, 0).slice(0, 5_000));
        cut = () => res.destroy();
        resolve();
      };
    });
    const dying = of.pull();
    await begun;
    await eventually(async () => (await w.keptNow()).uploads === kept.uploads + 1, 20_000);
    const [left] = await db()
      .select()
      .from(files)
      .where(and(eq(files.fetchedFor, of.submissionId), eq(files.state, 'UPLOADING')));
    const reply = await w.member.fetch(`/uploads/${left!.id}`, {
      method: 'HEAD',
      headers: { 'tus-resumable': '1.0.0' },
    });
    expect(reply.status).toBe(404);
    w.shop.gives(feed(60, 0));
    const again = await of.pull();
    expect(again.verdict).toMatch(/^ACCEPTED/);
    cut();
    await dying;
    expect(await of.reportNow()).toMatchObject({ state: 'DONE', rows: 60 });
    expect(await w.keptNow()).toEqual({ rows: kept.rows + 1, uploads: kept.uploads, blobs: kept.blobs + 1 });
  });
});

describe('its user and password', () => {
  const auth = { user: 'sh0p-user', password: 'v3ry-s3cret' };
  const basic = `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`;

  test('open it, are asked for when wrong, and stand in nothing that is kept or told', async () => {
    const of = await w.aFeedOf(auth);
    w.shop.answer = (req, res) =>
      req.headers.authorization === basic
        ? void res.writeHead(200, { etag: '"1"' }).end(feed(5, 0))
        : void res.writeHead(401).end('no');
    const good = await of.pull();
    expect(good.verdict).toMatch(/^ACCEPTED/);
    expect((await (await w.aFeedOf()).pull()).rules).toContain('FEED-01.denied');
    const wrong = await (await w.aFeedOf({ ...auth, password: 'wr0ng' })).pull();
    expect(wrong.rules).toContain('FEED-01.denied');
    const kept = JSON.stringify([good, wrong, await of.reportNow(), await db().select().from(events)]);
    for (const secret of [auth.user, auth.password, 'wr0ng', basic.slice(6)]) expect(kept).not.toContain(secret);
  });

  test('are not sent on to another origin', async () => {
    const of = await w.aFeedOf(auth);
    w.shop.answer = (req, res) => {
      if (req.headers.host?.startsWith('cdn.')) return void res.writeHead(200, { etag: '"1"' }).end(feed(5, 0));
      if (req.url === '/moved') return void res.writeHead(302, { location: `http://cdn.test:${w.shop.port}/x` }).end();
      res.writeHead(302, { location: '/moved' }).end();
    };
    await of.pull();
    const sent = w.shop.asked.map(({ headers }) => [String(headers.host).split('.')[0], headers.authorization ?? null]);
    expect(sent).toEqual([
      ['shop', basic],
      ['shop', basic],
      ['cdn', null],
    ]);
  });
});
