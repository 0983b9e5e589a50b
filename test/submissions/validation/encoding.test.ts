import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { disagreement, formatOf } from '../../../server/submissions/validation/formats/sniff.ts';
import { firstBad, isUtf8Anywhere } from '../../../server/submissions/validation/formats/utf8.ts';
import { decoded } from './reading.ts';

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const utf8 = (text: string) => Uint8Array.from(Buffer.from(text));
const utf16le = (text: string) => Uint8Array.from(Buffer.from(text, 'utf16le'));
const utf16be = (text: string) => Uint8Array.from(Buffer.from(text, 'utf16le').swap16());

const table = 'id,title\n1,Räksmörgås 🍤\n2,Crème brûlée\n';

describe('what is UTF-8', () => {
  test('it passes as it is, with sequences cut anywhere', async () => {
    for (const sizes of [[1], [2], [3], [5], [65_536]])
      expect(await decoded(utf8(table), sizes)).toMatchObject({ text: table, rules: [], encoding: 'UTF-8' });
  });

  test('a BOM is passed over and told', async () => {
    expect(await decoded(utf8(`\ufeff${table}`), [1])).toMatchObject({
      text: table,
      rules: ['CSV-01.bom'],
      hasBom: true,
    });
  });

  test('the check of our own agrees with the host, on any bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.string({ unit: 'binary' }).map(utf8)), (bytes) => {
        expect(isUtf8Anywhere(bytes)).toBe(isUtf8(bytes));
        // Also where they lie in the middle of others, however few they are.
        for (const at of [1, 2, 3]) {
          const among = Uint8Array.from([...Array(at).fill(0xff), ...bytes, 0xff]).subarray(at, at + bytes.length);
          expect(isUtf8Anywhere(among)).toBe(isUtf8(bytes));
        }
        if (isUtf8(bytes)) expect(firstBad(bytes)).toBe(bytes.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what is not', () => {
  test.each<[string, Uint8Array]>([
    ['UTF-16LE', Uint8Array.from([0xff, 0xfe, ...utf16le(table)])],
    ['UTF-16BE', Uint8Array.from([0xfe, 0xff, ...utf16be(table)])],
    ['UTF-16LE', utf16le(table)],
    ['UTF-16BE', utf16be(table)],
  ])('[U9] %s with and without a BOM is read and told', async (encoding, bytes) => {
    for (const sizes of [[1], [3], [65_536]])
      expect(await decoded(bytes, sizes)).toMatchObject({ text: table, rules: ['CSV-01.utf-16'], encoding });
  });

  test('[U9] Windows-1252 is read, with the place of its first byte', async () => {
    const result = await decoded(bytesOf('id,title\n1,Caf\xe9 \x80 5\n2,na\xefve\n'), [4]);
    expect(result).toMatchObject({
      text: 'id,title\n1,Café € 5\n2,naïve\n',
      rules: ['CSV-01.not-utf-8'],
      encoding: 'windows-1252',
    });
    expect(result.params[0]).toEqual({ offset: 14, position: 6, byte: 'E9', character: 'é' });
  });

  test('rows appended in another encoding lose nothing: what is UTF-8 stays', async () => {
    const mixed = Uint8Array.from([...utf8('a\nCafé\n'), ...bytesOf('Caf\xe9\n'), ...utf8('Café\n')]);
    expect((await decoded(mixed, [1])).text).toBe('a\nCafé\nCafé\nCafé\n');
  });

  test('a byte far behind the head is found at its offset', async () => {
    const long = Uint8Array.from([...utf8('é,b\n'.repeat(30_000)), 0xe9, 10]);
    const result = await decoded(long, [7777]);
    expect(result.params[0]).toMatchObject({ offset: 150_000, position: 1 });
  });

  test.each([
    ['[U9] bytes that no text has', bytesOf('id\n1,\x81\x8d\n')],
    ['[U9] Cyrillic in its own code page', bytesOf(`id\n${'\xcf\xf0\xe8\xe2\xe5\xf2 '.repeat(20)}`)],
    ['[U9] half a pair of UTF-16', Uint8Array.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00])],
    ['[U9] an odd byte at the end of UTF-16', Uint8Array.from([0xff, 0xfe, 0x41])],
  ])('%s end the reading', async (_, bytes) => {
    for (const sizes of [[1], [65_536]]) expect((await decoded(bytes, sizes)).refused).toBe('CSV-01.undecodable');
  });

  test('an encoding that was said is taken', async () => {
    const bytes = bytesOf(`id\n${'\xcf\xf0\xe8\xe2\xe5\xf2 '.repeat(20)}\n`);
    expect((await decoded(bytes, [5], { encoding: 'windows-1251' })).text).toBe(`id\n${'Привет '.repeat(20)}\n`);
    expect((await decoded(bytes, [5], { encoding: 'klingon' })).refused).toBe('CSV-01.unknown');
  });

  test('the declaration of an XML file is honoured where its bytes agree', async () => {
    const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>é</a>`;
    expect(await decoded(bytesOf(xml('ISO-8859-1')))).toMatchObject({ text: xml('ISO-8859-1'), rules: [] });
    expect(await decoded(utf8(xml('ISO-8859-1')))).toMatchObject({
      text: xml('ISO-8859-1'),
      rules: ['CSV-01.declared'],
    });
    expect(await decoded(utf8(xml('UTF-16')))).toMatchObject({ text: xml('UTF-16'), rules: ['CSV-01.declared'] });
  });

  test('NUL bytes and lone CRs pass, for the reader to judge', async () => {
    const text = 'id,title\r1,a\0b\r2,a longer title of this row\r';
    expect(await decoded(utf8(text), [1])).toMatchObject({ text, rules: [], refused: null });
  });
});

describe('what is no text', () => {
  test.each([
    ['a PDF document', '%PDF-1.7\n'],
    ['a PNG image', '\x89PNG\r\n\x1a\n'],
    ['an old Excel workbook (.xls)', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
    ['a Windows program', 'MZ\x90\0\x03\0\0\0'],
    ['a RAR archive', 'Rar!\x1a\x07'],
    ['a web page', '\n<!DOCTYPE html><title>Sign in</title>'],
    ['a binary file of a kind that is not known here', '\x01\x02\0\x03\x04\0\0\x05'.repeat(10)],
  ])('[U3] %s is called what it is', async (what, head) => {
    const { refused, params } = await decoded(bytesOf(head), [3]);
    expect([refused, params[0]?.what]).toEqual(['CSV-12.binary', what]);
  });

  test.each([
    ['id,title\n', 'x', 'DELIMITED'],
    ['<rss/>', 'x', 'XML'],
    ['\n <rss/>', 'x', 'XML'],
    ['[{"a":1}]', 'x', 'JSON'],
    ['[id],[title]\n', 'x', 'DELIMITED'],
    ['{"a":1}\n{"a":2}\n', 'x', 'JSON_LINES'],
    ['{"a":1}\n', 'x', 'JSON_LINES'],
    ['{"a":[{"b":1}]}', 'x', 'JSON'],
    ['{\n "products": [', 'x', 'JSON'],
    ['{"a":1}', 'x.jsonl', 'JSON_LINES'],
    ['  \n', 'x', 'UNKNOWN'],
  ])('%j of a file %s is %s', (text, name, format) => {
    expect(formatOf(utf8(text), name)).toBe(format);
  });

  test.each([
    ['feed.csv', null, 'NONE', 'DELIMITED', true],
    ['feed.csv', null, 'NONE', 'XML', false],
    ['feed.xml.gz', null, 'GZIP', 'XML', true],
    ['feed.csv.gz', null, 'GZIP', 'XML', false],
    ['feed.csv', null, 'GZIP', 'DELIMITED', false],
    ['feed', 'application/json', 'NONE', 'JSON', true],
    ['feed', 'text/csv; charset=utf-8', 'NONE', 'JSON', false],
    ['feed', 'application/octet-stream', 'NONE', 'JSON', true],
    ['feed.png', null, 'NONE', 'DELIMITED', false],
  ] as const)('%s of type %s that is %s %s: agrees %s', (name, type, compression, format, agrees) => {
    expect(disagreement({ name, type, compression }, format) === null).toBe(agrees);
  });
});

test('whatever the bytes: UTF-8 comes out, nothing throws, and where they are cut changes nothing', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 60 }).map(utf8),
    fc
      .array(fc.constantFrom(...utf8('aé€🍤\n,'), 0xe9, 0x80, 0xff, 0xfe, 0), { maxLength: 100 })
      .map((list) => Uint8Array.from(list)),
    fc.string({ maxLength: 60 }).map((text) => Uint8Array.from([0xff, 0xfe, ...utf16le(text)])),
  );
  await fc.assert(
    fc.asyncProperty(
      bytes,
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
      async (input, sizes) => {
        const whole = await decoded(input);
        expect(await decoded(input, sizes)).toEqual(whole);
        expect(await decoded(input, sizes, { isUtf8 })).toEqual(whole);
      },
    ),
    { numRuns: 500 },
  );
});
