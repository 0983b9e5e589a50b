import { describe, expect, test } from 'vitest';
import { csvLine, inert, restored } from '../../server/platform/http/csv.ts';

/** What a spreadsheet could run, and how it is written so that none does. */
const dangerous: [text: string, written: string][] = [
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', "'\rx"],
  ['  =1', "  '=1"],
  ['"=1', '"\'=1'],
  ["'=1", "''=1"],
  ['shop";=cmd|calc', 'shop";\'=cmd|calc'],
  ['shop,=1', "shop,'=1"],
  ['shop; +1', "shop; '+1"],
  ['shop|@x', "shop|'@x"],
  ['two\n=1', "two\n'=1"],
  ['tab\t=1', "tab\t'=1"],
  ['\uFF1D1', "'\uFF1D1"],
];
const harmless = [
  '',
  'Nordlicht',
  'A - B',
  'x=1',
  'a+b@c.example',
  "O'Neil & Söhne",
  '100 %',
  'https://x.example/?a=b',
];

describe('[U10] a cell of an export', () => {
  test.each(dangerous)('%j is written as text', (text, written) => {
    expect(inert(text)).toBe(written);
    expect(restored(written)).toBe(text);
  });

  test.each(harmless)('%j stays as it is', (text) => {
    expect(inert(text)).toBe(text);
  });

  test('stands in quotes, its own doubled; numbers stand bare, negative ones too; nothing is nothing', () => {
    expect(csvLine(['a "b"', -5, 12.5, null, '=x'])).toBe('"a ""b""",-5,12.5,,"\'=x"\r\n');
    expect(csvLine([Number.NaN, Number.POSITIVE_INFINITY])).toBe(',\r\n');
  });
});
