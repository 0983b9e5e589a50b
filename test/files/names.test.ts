import { expect, test } from 'vitest';
import { attachment, cleanFileName, hasExtension, servedType } from '../../server/files/names.ts';

const cases: [raw: string, shown: string | null][] = [
  ['products.csv', 'products.csv'],
  ['Produkty (kopie) č. 2.csv', 'Produkty (kopie) č. 2.csv'],
  ['商品.csv', '商品.csv'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['C:\\Windows\\x.csv', 'C:_Windows_x.csv'],
  ['a\0.csv', 'a_.csv'],
  ['a\r\nContent-Type: text/html.csv', 'a__Content-Type: text_html.csv'],
  ['gpj.\u202evsc.exe', 'gpj._vsc.exe'],
  ['\u2066a\u2069.csv', '_a_.csv'],
  ['con', 'con'],
  ['trailing.', 'trailing_'],
  ['trailing. . ', 'trailing___'],
  ['\ud800.csv', '_.csv'],
  ['e\u0301.csv', '\u00e9.csv'],
  ['<script>alert(1)</script>.csv', '<script>alert(1)<_script>.csv'],
  ['', null],
  ['   ', null],
  ['..', null],
  ['\0\0', null],
];

test.each(cases)('[U1] the hostile name %j is shown as %j', (raw, shown) => {
  expect(cleanFileName(raw)).toBe(shown);
});

test('[U1] a name of 300 characters is shortened and keeps its extension', () => {
  const name = cleanFileName(`${'ž'.repeat(300)}.csv`);
  expect(name).toHaveLength(255);
  expect(name?.endsWith('ž.csv')).toBe(true);
});

test('[U1] the header that names a download is plain ASCII, cannot be broken out of, and carries the real name encoded', () => {
  expect(attachment(`č "x"; \\ % 'y'.csv`)).toBe(
    `attachment; filename="_ _x_; _ _ 'y'.csv"; filename*=UTF-8''%C4%8D%20%22x%22%3B%20%5C%20%25%20%27y%27.csv`,
  );
});

test('extensions are compared whatever their case, and none listed accepts all', () => {
  expect(hasExtension('A.CSV', ['.csv'])).toBe(true);
  expect(hasExtension('a.csv.exe', ['.csv'])).toBe(false);
  expect(hasExtension('a.exe', [])).toBe(true);
});

test.each(['a.html', 'a.svg', 'a.pdf', 'a.xml', 'a'])('[U2] %s is served as mere bytes', (name) => {
  expect(servedType(name)).toBe('application/octet-stream');
});
