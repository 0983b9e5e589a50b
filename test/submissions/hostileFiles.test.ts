import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sizeOnDisk, uploadPath } from '../../server/files/commands.ts';
import { offsetOf, patch, tus } from '../files/delivering.ts';
import { eventually } from '../support/eventually.ts';
import { aFeed, feed, head, type ReportsWorld, startReportsWorld } from './reportsWorld.ts';
import { zip } from './validation/zips.ts';

let w: ReportsWorld;
/** What a file would make the server fetch, if it could make it fetch anything. */
let fetched = 0;
const bait = createServer((_, res) => {
  fetched += 1;
  res.end('<!ENTITY x "y">');
});
let baitUrl: string;
beforeAll(async () => {
  w = await startReportsWorld();
  await new Promise<void>((resolve) => bait.listen(0, '127.0.0.1', resolve));
  baitUrl = `http://127.0.0.1:${(bait.address() as AddressInfo).port}/x.dtd`;
}, 120_000);
afterAll(async () => {
  bait.close();
  await w.close();
});

const feedInput = { ...aFeed, spec: { ...aFeed.spec, acceptedExtensions: ['.csv', '.gz', '.zip', '.xml'] } };
const good = feed(3, 0);
const row = good.split('\n')[1] ?? '';
const bytes = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const xml = (before: string, inside = '') =>
  `<?xml version="1.0"?>${before}<rss><channel><item><id>1</id>${inside}</item></channel></rss>`;
const packed = (text: string | Buffer) => zip([{ name: 'a.csv', text: '', plain: Buffer.from(text) }]);
const endless = `${head}${'\n'.repeat(30_000_000)}`;

type Expected = {
  /** Every rule that blocks it, worst first. */
  errors: string[];
  others?: string[];
  /** Of the first finding. */
  at?: object;
  says?: RegExp;
};
type Case = [id: string, what: string, name: string, content: () => string | Uint8Array, expected: Expected];

const cases: Case[] = [
  [
    'U3',
    'a picture that is a script too',
    'a.csv',
    () => `GIF89a/*\0\0*/=1;struck()//\n${good}`,
    { errors: ['CSV-12.binary'], says: /a GIF image/ },
  ],
  [
    'U3',
    'a program called .csv',
    'a.csv',
    () => Buffer.concat([bytes('MZ\x90\0\x03\0\0\0'), Buffer.alloc(2_000, 0x90)]),
    { errors: ['CSV-12.binary'], says: /a Windows program/ },
  ],
  [
    'U3',
    'what virus scanners are tried with',
    'a.csv',
    () => `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR'}-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`,
    { errors: ['CSV-12.binary'], says: /EICAR/ },
  ],
  [
    'U3',
    'bytes of no kind that is known',
    'a.csv',
    () => Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 256)),
    { errors: ['CSV-12.binary'] },
  ],
  [
    'U5',
    'gzip that ends too early',
    'a.csv.gz',
    () => gzipSync(feed(2_000, 0)).subarray(0, 500),
    { errors: ['CSV-12.truncated'] },
  ],
  ['U6', 'a gzip bomb', 'a.csv.gz', () => gzipSync(endless), { errors: ['CSV-12.bomb'] }],
  ['U6', 'a zip bomb', 'a.zip', () => packed(endless), { errors: ['CSV-12.bomb'] }],
  [
    'U6',
    'a zip that leads out of itself',
    'a.zip',
    () => zip([{ name: '../../etc/cron.d/x', text: good }]),
    { errors: ['CSV-12.path'] },
  ],
  ['U6', 'zips in a zip', '42.zip', () => packed(Buffer.from(packed(good))), { errors: ['CSV-12.nested'] }],
  ['U6', 'gzip in gzip', 'a.csv.gz', () => gzipSync(gzipSync(good)), { errors: ['CSV-12.nested'] }],
  [
    'U7',
    'a billion laughs',
    'a.xml',
    () => xml('<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>', '<title>&b;</title>'),
    { errors: ['XML-02'] },
  ],
  [
    'U7',
    'an entity that is a file',
    'a.xml',
    () => xml('<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '<title>&a;</title>'),
    { errors: ['XML-02'] },
  ],
  [
    'U7',
    'an entity that is an address',
    'a.xml',
    () => xml(`<!DOCTYPE l [<!ENTITY a SYSTEM "${baitUrl}">]>`, '<title>&a;</title>'),
    { errors: ['XML-02'] },
  ],
  [
    'U7',
    'a document type of elsewhere',
    'a.xml',
    () => xml(`<!DOCTYPE l SYSTEM "${baitUrl}">`),
    { errors: ['XML-02'] },
  ],
  [
    'U7',
    '100,000 elements in each other',
    'a.xml',
    () => `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`,
    { errors: ['XML-04'] },
  ],
  [
    'U7',
    'an attribute of megabytes',
    'a.xml',
    () => xml('', `<title x="${'y'.repeat(3_000_000)}">t</title>`),
    { errors: ['CSV-06', 'XML-05'] },
  ],
  [
    'U8',
    'a line of megabytes',
    'a.csv',
    () => `${head}${'x'.repeat(5_000_000)}\n${row}\n`,
    { errors: ['CSV-02.record'], at: { row: 1, line: 2 } },
  ],
  [
    'U8',
    'a quote that never closes',
    'a.csv',
    () => `${head}${row}\n${row.replace('SKU1', 'SKU9').replace('Blue', '"Blue')}\n`,
    { errors: ['CSV-02.unclosed'], at: { row: 2, line: 3 } },
  ],
  ['U8', 'a million columns', 'a.csv', () => `${'c,'.repeat(1_000_000)}c\n1\n`, { errors: ['CSV-02.header'] }],
  [
    'U8',
    'a header ten thousand times',
    'a.csv',
    () => head.repeat(10_000),
    { errors: ['availability.enum', 'condition.enum', 'id.unique'], at: { row: 1, line: 2 } },
  ],
  [
    'U8',
    'two columns of one name',
    'a.csv',
    () => good.replace('condition', 'id'),
    { errors: ['CSV-05'], says: /Column 10 is named id/ },
  ],
  [
    'U9',
    'bytes that no text has',
    'a.csv',
    () => bytes(good.replace('tea', '\x81\x8d')),
    { errors: ['CSV-01.undecodable'], at: { line: 2 } },
  ],
  [
    'U9',
    'UTF-16 with a BOM',
    'a.csv',
    () => Buffer.concat([bytes('\xff\xfe'), utf16(good)]),
    { errors: [], others: ['CSV-01.utf-16'] },
  ],
  ['U9', 'UTF-16 without one', 'a.csv', () => utf16(good), { errors: [], others: ['CSV-01.utf-16'] }],
  [
    'U9',
    'a NUL byte',
    'a.csv',
    () => good.replace('Blue', 'Bl\0e'),
    { errors: ['CSV-08'], at: { row: 1, line: 2, column: 'title', fixed: 'Ble stoneware mug with handle no 1' } },
  ],
  ['U9', 'line ends that are CR alone', 'a.csv', () => good.replaceAll('\n', '\r'), { errors: [] }],
  [
    'U9',
    'mixed line ends',
    'a.csv',
    () => good.replace('\n', '\r\n'),
    { errors: [], others: ['CSV-02.line-ends'], at: { line: 2 } },
  ],
  ['bad input', 'a header and nothing else', 'a.csv', () => head, { errors: ['CSV-11.rows'] }],
  ['bad input', 'nothing but line ends', 'a.csv', () => '\n\n', { errors: ['CSV-11'] }],
  [
    'bad input',
    '10,000 columns',
    'a.csv',
    () => `${Array.from({ length: 10_000 }, (_, at) => `c${at}`).join()}\n1\n`,
    { errors: ['CSV-04', 'CSV-06'] },
  ],
  [
    'bad input',
    'text whose direction is turned around',
    'a.csv',
    () => good.replace('Blue', '\u202eeulb\u202c'),
    { errors: [], others: ['CSV-08.direction'], at: { row: 1, column: 'title' }, says: /U\+202E/ },
  ],
  ['bad input', 'text that runs from right to left', 'a.csv', () => good.replace('Blue', 'كوب أزرق'), { errors: [] }],
  [
    'U10',
    'what a spreadsheet would run',
    'a.csv',
    () => good.replace('Blue', "=cmd|'/c calc'!A1"),
    { errors: [], others: ['CSV-10'], at: { row: 1, line: 2, column: 'title' } },
  ],
];

async function send(name: string, content: Uint8Array) {
  const task = await w.task({}, feedInput);
  const { id, fileId } = await w.begin(w.member, task.id, content.length, name);
  expect((await patch(w.member, fileId, 0, content as BodyInit)).status).toBe(204);
  expect((await w.finish(w.member, id, task.id)).userErrors).toEqual([]);
  return { id, fileId, taskId: task.id };
}

describe('every bad file has its finding, and says where', () => {
  test.each(cases)('[%s] %s', async (_, __, name, content, expected) => {
    const { id } = await send(name, Buffer.from(content() as Uint8Array));
    const { state, report } = await w.judged(w.pm, id);
    const ofSeverity = (...severities: string[]) =>
      report.findings.filter((one: { severity: string }) => severities.includes(one.severity));
    const rules = (found: { rule: string }[]) => [...new Set(found.map(({ rule }) => rule))].sort();
    const errors = rules(ofSeverity('ERROR'));
    if (expected.errors.length > 0 && !errors.includes('availability.enum')) expect(errors).toEqual(expected.errors);
    else expect(errors).toEqual(expect.arrayContaining(expected.errors));
    expect(rules(ofSeverity('WARNING'))).toEqual(expect.arrayContaining(expected.others ?? []));
    expect(state).toBe(
      expected.errors.length > 0 ? 'REJECTED' : expected.others ? 'ACCEPTED_WITH_WARNINGS' : 'ACCEPTED',
    );
    const first = report.findings[0];
    if (expected.at) expect(first.samples[0]).toMatchObject(expected.at);
    if (expected.says) expect(`${first.title} ${first.samples[0].message}`).toMatch(expected.says);
    // Wherever it cannot be read, what is found is one thing and not a list of consequences.
    if (!report.isReadable) expect(ofSeverity('ERROR')).toHaveLength(1);
  });

  test('all of them at once: the server answers meanwhile, and a good file among them is accepted', async () => {
    const worst = cases.filter(([id]) => /^U[6789]$/.test(id));
    const sent = worst.map(([, , name, content]) => send(name, Buffer.from(content() as Uint8Array)));
    const between = send('good.csv', Buffer.from(good));
    for (let at = 0; at < 10; at++) {
      const { viewer } = await w.pm.ask('{ viewer { person { name } } }');
      expect(viewer.person.name).toBe('Of PM');
    }
    expect(await w.judged(w.pm, (await between).id)).toMatchObject({ state: 'ACCEPTED', report: { valid: 3 } });
    for (const { id } of await Promise.all(sent)) await w.judged(w.pm, id);
    expect(fetched).toBe(0);
  }, 60_000);

  test('[U10] nothing in a download of findings would run, and it is itself again when it comes back', async () => {
    const text = good
      .replace('Blue', '=1+1')
      .replace('A blue', '@SUM(A1)')
      .replace('SKU2', '+cmd')
      .replace('SKU3', '-x');
    const { report } = await w.judged(w.pm, (await send('a.csv', Buffer.from(text))).id);
    const written = await (await w.pm.fetch(report.findingsUrl)).text();
    expect(written).not.toMatch(/(^|[,;|\t\n"])[=@+-]/);
    expect(written).toContain(`,'=1+1 stoneware`);
    const again = await w.judged(w.pm, (await send('b.csv', Buffer.from(written))).id);
    const broken = ({ findings }: { findings: { rule: string; samples: { value: string }[] }[] }) =>
      findings.filter(({ rule }) => rule === 'CSV-10').flatMap(({ samples }) => samples.map(({ value }) => value));
    expect(broken(again.report)).toEqual(broken(report));
  });

  test('[U3] a program called .csv is never opened in place, whoever downloads it', async () => {
    const program = Buffer.concat([bytes('MZ\x90\0'), Buffer.alloc(100)]);
    const { id } = await send('a.csv', program);
    await w.judged(w.pm, id);
    const { node } = await w.pm.ask(
      'query ($id: ID!) { node(id: $id) { ... on Submission { file { downloadUrl } } } }',
      {
        id,
      },
    );
    const { status, headers } = await w.pm.fetch(node.file.downloadUrl);
    expect([status, headers.get('x-content-type-options')]).toEqual([200, 'nosniff']);
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });
});

describe('[U5] an upload that does not arrive whole', () => {
  const taskText = `query ($id: ID!) { task(id: $id) { latestSubmission { id } inputs { arriving { id } submissions { nodes { id } } } } }`;

  /** A request of its own making; its connection ends when all that was sent is there, or the server ends it. */
  async function sendRaw(fileId: string, offset: number, declared: number, body: Buffer): Promise<void> {
    const { hostname, port } = new URL(w.app.url);
    const socket = connect(Number(port), hostname);
    let isClosed = false;
    socket
      .on('error', () => {})
      .on('close', () => {
        isClosed = true;
      });
    const fields = {
      ...w.member.headers,
      ...tus,
      host: `${hostname}:${port}`,
      'upload-offset': offset,
      'content-type': 'application/offset+octet-stream',
      'content-length': declared,
    };
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`PATCH /uploads/${fileId} HTTP/1.1\r\n${lines.join('')}\r\n`);
    socket.resume().write(body);
    await eventually(async () => isClosed || ((await onDisk(fileId)) ?? 0) >= offset + body.length);
    socket.destroy();
  }
  const onDisk = (fileId: string) => sizeOnDisk(uploadPath(w.app.services, fileId));

  test('cut at the half it is nobody’s file; it goes on from there, and only then it is judged', async () => {
    const task = await w.task({}, feedInput);
    const text = Buffer.from(feed(2_000, 0));
    const half = text.length >> 1;
    const { id, fileId } = await w.begin(w.member, task.id, text.length);
    await sendRaw(fileId, 0, text.length, text.subarray(0, half));
    await eventually(async () => expect(await offsetOf(w.member, fileId)).toBe(half));
    expect((await w.finish(w.member, id, task.id)).userErrors).toMatchObject([{ code: 'UPLOAD_INCOMPLETE' }]);
    const seen = await w.pm.ask(taskText, { id: task.id });
    expect(seen.task).toEqual({ latestSubmission: null, inputs: [{ arriving: { id }, submissions: { nodes: [] } }] });
    expect((await patch(w.member, fileId, half, text.subarray(half) as BodyInit)).status).toBe(204);
    await w.finish(w.member, id, task.id);
    expect(await w.judged(w.pm, id)).toMatchObject({ state: 'ACCEPTED', report: { rows: 2_000, valid: 2_000 } });
    expect(existsSync(uploadPath(w.app.services, fileId))).toBe(false);
  });

  test.each([
    ['longer than what comes', 1_000, 400],
    ['shorter than what comes', 400, 1_000],
  ])('a Content-Length that is %s keeps no byte beyond it, and the upload goes on', async (_, said, sent) => {
    const task = await w.task({}, feedInput);
    const text = Buffer.from(good.padEnd(1_000, '\n').slice(0, 1_000));
    const { id, fileId } = await w.begin(w.member, task.id, 1_000);
    await sendRaw(fileId, 0, said, text.subarray(0, sent));
    const kept = await offsetOf(w.member, fileId);
    expect(kept).toBeLessThanOrEqual(400);
    expect((await w.seen(w.member, id)).state).toBe('RECEIVED');
    expect((await patch(w.member, fileId, kept, text.subarray(kept) as BodyInit)).status).toBe(204);
    await w.finish(w.member, id, task.id);
    expect(await w.judged(w.pm, id)).toMatchObject({ state: 'ACCEPTED', report: { rows: 3 } });
  });

  test('given up, its bytes and its row are gone at once, its report is cancelled, and nobody sees it arriving any more', async () => {
    const task = await w.task({}, feedInput);
    const text = Buffer.from(feed(2_000, 0));
    const { id, fileId } = await w.begin(w.member, task.id, text.length);
    await patch(w.member, fileId, 0, text.subarray(0, 100_000) as BodyInit);
    await eventually(async () => (await w.seen(w.member, id)).report?.state === 'RUNNING', 20_000);
    expect((await w.member.fetch(`/uploads/${fileId}`, { method: 'DELETE', headers: tus })).status).toBe(204);
    await w.app.services.jobs.runDue();
    await eventually(async () => expect(await onDisk(fileId)).toBeNull());
    expect((await patch(w.member, fileId, 100_000, 'x')).status).toBe(404);
    expect((await w.seen(w.member, id)).report.state).toBe('CANCELLED');
    expect((await w.pm.ask(taskText, { id: task.id })).task.inputs[0].arriving).toBeNull();
  });
});
