import { expect, test } from 'vitest';
import { parseTarget } from '../../server/platform/fetching/target.ts';
import { checkDelivery } from '../../server/submissions/input.ts';
import { urlProblem } from '../../server/submissions/validation/facts/web/url.ts';

type Wanted = Parameters<typeof checkDelivery>[0];

const limits = { maxUploadBytes: 1_000 };
const urlTask: Wanted = { spec: { kind: 'URL' } };
const fileTask: Wanted = { spec: { kind: 'FILE', acceptedExtensions: ['.csv', '.xml'] } };
const base = { taskId: '', idempotencyKey: 'k' };

/** The kind of refusal and the field it names; null when accepted. */
function refused(task: Wanted, input: object): string | null {
  try {
    checkDelivery(task, { ...base, ...input }, limits);
    return null;
  } catch (error) {
    const told = error as { code?: string; field?: string | null; extensions?: { code?: string } };
    return `${told.code ?? told.extensions?.code}${told.field ? ` ${told.field}` : ''}`;
  }
}

const asFile = (file: object) => ({ file: { name: 'a.csv', sizeBytes: 10, ...file } });

test.each([
  'https://shop.example/feed.xml',
  'http://www.shop.example:8080/a?b=c#d',
  'https://přírůstek.example/žluť',
  '  https://shop.example/  ',
])('the address %j is taken', (url) => {
  expect(refused(urlTask, { url })).toBeNull();
});

test('letters beyond ASCII are taken also after thousands of other addresses', () => {
  // Node's own `URL.canParse` refuses them from about the two-thousandth call on.
  for (let i = 0; i < 10_000; i++) {
    checkDelivery(urlTask, { ...base, url: `https://shop.example/${i}` }, limits);
    parseTarget(`https://shop.example/${i}`, [443]);
    urlProblem(`https://shop.example/${i}`);
  }
  const url = 'https://müller.example/';
  expect(refused(urlTask, { url })).toBeNull();
  expect(parseTarget(url, [443]).hostname).toBe('xn--mller-kva.example');
  expect(urlProblem(url)).toBeNull();
});

test.each([
  'shop.example/feed.xml',
  '//shop.example',
  'ftp://shop.example/feed.xml',
  'file:///etc/passwd',
  'javascript:alert(1)//shop.example',
  'data:text/html,x.y',
  'https://user:secret@shop.example/',
  'https://user@shop.example/',
  'http://localhost/feed.xml',
  'http://intranet/feed.xml',
  'http://[::1]/feed.xml',
  'http://169.254.169.254/',
  'http://2130706433/',
  'http://0x7f.1/',
  'https://shop..example/',
  'https://.example',
  'https://shop.example/a b',
  'https://shop.example/\u202eb',
  'https://shop.example/\u0000b',
  'https://shop.\nexample/',
  'https://',
  `https://shop.example/${'a'.repeat(2_000)}`,
])('the address %j is not', (url) => {
  expect(refused(urlTask, { url })).toBe('INVALID_URL url');
});

test.each([
  ['shop.example', 'SCHEME'],
  ['ftp://shop.example/', 'SCHEME'],
  ['https://user:secret@shop.example/', 'PASSWORD'],
  ['https://shop.example/a b', 'FORM'],
  [`https://shop.example/${'a'.repeat(2_000)}`, 'LONG'],
  ...['127.0.0.1', '10.0.0.1:8080', '2130706433', '0x7f000001', '[::1]', 'localhost', 'intranet.'].map((host) => [
    `http://${host}/feed.csv`,
    'PRIVATE',
  ]),
])('of %j it is said what is wrong: %s', (url, why) => {
  let params: unknown;
  try {
    checkDelivery(urlTask, { ...base, url }, limits);
  } catch (error) {
    params = (error as { params: unknown }).params;
  }
  expect(params).toEqual({ why });
});

test('an empty address is told apart from a wrong one', () => {
  expect(refused(urlTask, { url: '  ' })).toBe('EMPTY url');
});

test('exactly one of address and file is given, and it is what the task asks for', () => {
  expect(refused(urlTask, {})).toBe('BAD_USER_INPUT');
  expect(refused(urlTask, { url: 'https://shop.example/', ...asFile({}) })).toBe('BAD_USER_INPUT');
  expect(refused(urlTask, asFile({}))).toBe('WRONG_KIND');
  expect(refused(fileTask, { url: 'https://shop.example/' })).toBe('WRONG_KIND');
  expect(refused({ spec: { kind: 'MEETING', minutes: 30 } }, asFile({}))).toBe('WRONG_KIND');
});

test.each<[object, string | null]>([
  [{}, null],
  [{ name: 'FEED.XML' }, null],
  [{ sizeBytes: 1_000 }, null],
  [{ sizeBytes: 1_001 }, 'FILE_TOO_LARGE file.sizeBytes'],
  [{ sizeBytes: 0 }, 'EMPTY file.sizeBytes'],
  [{ sizeBytes: -1 }, 'BAD_USER_INPUT'],
  [{ sizeBytes: 1.5 }, 'BAD_USER_INPUT'],
  [{ sizeBytes: Number.NaN }, 'BAD_USER_INPUT'],
  [{ name: '' }, 'INVALID_FILE_NAME file.name'],
  [{ name: '...' }, 'INVALID_FILE_NAME file.name'],
  [{ name: 'a.exe' }, 'FILE_TYPE_NOT_ACCEPTED file.name'],
  [{ name: 'a.csv.exe' }, 'FILE_TYPE_NOT_ACCEPTED file.name'],
  [{ name: 'a.csv\0.exe' }, 'FILE_TYPE_NOT_ACCEPTED file.name'],
  [{ contentType: 'text/html\r\nx: y' }, null],
])('a file announced as %j answers %j', (file, answer) => {
  expect(refused(fileTask, asFile(file))).toBe(answer);
});
