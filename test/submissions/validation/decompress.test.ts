import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Unpacker } from '../../../server/submissions/validation/formats/decompress.ts';
import { Unreadable } from '../../../server/submissions/validation/formats/unreadable.ts';
import { productLimits } from '../../../server/submissions/validation/limits.ts';
import { zip } from './zips.ts';

type Outcome = { bytes: string; refused: string | null; compression: string };

/** What comes out, cut into chunks of the given sizes (the last one repeats). */
function unpack(input: Uint8Array, sizes: readonly number[] = [65_536], limits = productLimits): Outcome {
  const out: Uint8Array[] = [];
  const unpacker = new Unpacker((bytes) => out.push(bytes), limits);
  let refused: string | null = null;
  try {
    let index = 0;
    for (let at = 0; at < input.length; ) {
      const size = Math.max(sizes[Math.min(index++, sizes.length - 1)] ?? 1, 1);
      unpacker.push(input.slice(at, at + size));
      at += size;
    }
    unpacker.end();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    refused = error.rule;
  }
  return { bytes: Buffer.concat(out).toString('latin1'), refused, compression: unpacker.compression };
}

const text = 'id,title\n1,Shirt\n2,Trousers\n'.repeat(50);

describe('what a file is packed in', () => {
  test('gzip, zip and plain bytes give the same content', () => {
    for (const [bytes, compression] of [
      [Buffer.from(text), 'NONE'],
      [gzipSync(text), 'GZIP'],
      [zip([{ name: 'feed.csv', text }]), 'ZIP'],
    ] as const)
      expect(unpack(bytes)).toEqual({ bytes: text, refused: null, compression });
  });

  test('every level of deflate comes out as it went in, and nothing else does', () => {
    for (const level of [0, 1, 6, 9])
      for (const content of [
        '',
        'a',
        text,
        'x'.repeat(300_000),
        String(Array.from({ length: 9999 }, (_, at) => at ** 2)),
      ])
        expect(unpack(gzipSync(content, { level }), [777]).bytes === content).toBe(true);
  });

  test('several gzip members are one content, and zeros behind them are padding', () => {
    const members = Buffer.concat([gzipSync('a,b\n'), gzipSync(''), gzipSync('1,2\n'), Buffer.alloc(512)]);
    expect(unpack(members, [3])).toMatchObject({ bytes: 'a,b\n1,2\n', refused: null });
  });

  test.each<[string, Uint8Array]>([
    ['stored', zip([{ name: 'a.csv', text, method: 0 }])],
    ['sizes behind the data', zip([{ name: 'a.csv', text, isLater: true }])],
    ['sizes behind the data, without a signature', zip([{ name: 'a.csv', text, isLater: true, hasSignature: false }])],
    ['64-bit sizes behind the data', zip([{ name: 'a.csv', text, isLater: true, is64: true }])],
    ['64-bit sizes before it', zip([{ name: 'a.csv', text, is64: true }])],
    [
      'what macOS adds',
      zip([
        { name: 'a.csv', text, isLater: true },
        { name: '__MACOSX/._a.csv', text: 'x', isLater: true },
      ]),
    ],
    [
      'its folder',
      zip([
        { name: 'out/', text: '', method: 0 },
        { name: 'out/a.csv', text },
      ]),
    ],
  ])('a zip with %s is read', (_, bytes) => {
    for (const size of [1, 100, 65_536]) expect(unpack(bytes, [size])).toMatchObject({ bytes: text, refused: null });
  });
});

describe('what is refused, with one clear finding', () => {
  test('[U6] a gzip bomb is cut at the ratio, wherever the chunks are', () => {
    const bomb = gzipSync(Buffer.alloc(30_000_000));
    const outcomes = [1, 1000, 65_536].map((size) => unpack(bomb, [size]));
    for (const outcome of outcomes) {
      expect(outcome.refused).toBe('CSV-12.bomb');
      expect(outcome.bytes.length).toBeLessThan(20_000_000);
    }
    expect(new Set(outcomes.map((outcome) => outcome.bytes.length)).size).toBe(1);
  });

  test('[U6] the absolute bound holds for what is not packed too', () => {
    const limits = { ...productLimits, decodedBytes: 1000 };
    expect(unpack(Buffer.alloc(2000, 'a'), [100], limits).refused).toBe('CSV-12.bomb');
    expect(unpack(gzipSync(text), [10], limits).refused).toBe('CSV-12.bomb');
  });

  test.each<[string, string, Uint8Array]>([
    [
      '[U6] archives in archives, as 42.zip has them',
      'CSV-12.nested',
      zip([{ name: 'lib 0.zip', text: 'PK\x03\x04 and so on' }]),
    ],
    ['[U6] gzip in gzip', 'CSV-12.nested', gzipSync(gzipSync(text))],
    ['[U6] zip slip', 'CSV-12.path', zip([{ name: '../../etc/cron.d/x', text }])],
    ['[U6] zip slip with backslashes', 'CSV-12.path', zip([{ name: '..\\x.csv', text }])],
    ['[U6] an absolute name', 'CSV-12.path', zip([{ name: '/etc/passwd', text }])],
    ['[U6] a drive', 'CSV-12.path', zip([{ name: 'C:\\x.csv', text }])],
    [
      'two files',
      'CSV-12.members',
      zip([
        { name: 'a.csv', text },
        { name: 'b.csv', text },
      ]),
    ],
    ['no file', 'CSV-12.empty', zip([])],
    ['a password', 'CSV-12.encrypted', zip([{ name: 'a.csv', text, flags: 1 }])],
    ['another method', 'CSV-12.method', zip([{ name: 'a.csv', text, method: 14 }])],
    ['an Excel workbook', 'CSV-12.binary', zip([{ name: '[Content_Types].xml', text: '<Types/>' }])],
    ['a wrong checksum', 'CSV-12.damaged', zip([{ name: 'a.csv', text, crc: 1 }])],
    ['something behind gzip', 'CSV-12.damaged', Buffer.concat([gzipSync(text), Buffer.from('tail')])],
  ])('%s', (_, rule, bytes) => {
    for (const size of [1, 100_000]) expect(unpack(bytes, [size]).refused).toBe(rule);
  });

  test('[U5] gzip and zip that end too early say so, at whatever byte', () => {
    for (const whole of [gzipSync(text), zip([{ name: 'a.csv', text }])])
      for (let length = 4; length < whole.length; length++)
        expect(unpack(whole.subarray(0, length)).refused, `${length}`).toBe('CSV-12.truncated');
  });
});

describe('whatever comes', () => {
  test('no bytes throw anything else, and where they are cut changes nothing', () => {
    const packed = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ maxLength: 2000 }).map((content) => Uint8Array.from(gzipSync(content))),
      fc.string({ maxLength: 2000 }).map((content) => zip([{ name: 'a.csv', text: content }])),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, ...bytes])),
    );
    const broken = fc
      .tuple(packed, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }))
      .map(([bytes, changes]) => {
        const copy = bytes.slice();
        for (const [at, value] of changes) if (copy.length > 0) copy[at % copy.length] = value;
        return copy;
      });
    fc.assert(
      fc.property(broken, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), (bytes, sizes) => {
        expect(unpack(bytes, sizes)).toEqual(unpack(bytes));
      }),
      { numRuns: 400 },
    );
  });

  test('what other writers deflate is inflated', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.integer({ min: 0, max: 9 }), (bytes, level) => {
        const packed = zip([{ name: 'a', text: '', raw: deflateRawSync(bytes, { level }), plain: bytes }]);
        const { bytes: out, refused } = unpack(packed, [13]);
        const isNested = (bytes[0] === 0x1f && bytes[1] === 0x8b) || (bytes[0] === 0x50 && bytes[1] === 0x4b);
        if (!isNested) expect([out, refused]).toEqual([Buffer.from(bytes).toString('latin1'), null]);
      }),
      { numRuns: 100 },
    );
  });
});
