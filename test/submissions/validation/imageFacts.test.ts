import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readImage } from '../../../server/submissions/validation/facts/image/facts.ts';
import { cpuMs } from '../../support/stall.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const be16 = (n: number) => Buffer.from([n >> 8, n & 0xff]);
const be32 = (n: number) => Buffer.concat([be16(Math.floor(n / 65_536)), be16(n % 65_536)]);
const le16 = (n: number) => Buffer.from(be16(n)).reverse();
const le32 = (n: number) => Buffer.from(be32(n)).reverse();
const read = (bytes: Buffer | string, name = 'x') => readImage(name, Buffer.from(bytes), bytes.length);

const chunk = (name: string, data: Buffer) => Buffer.concat([be32(data.length), latin(name), data, be32(0)]);
const png = (kind: number, width: number, height: number, ...chunks: Buffer[]) =>
  Buffer.concat([
    latin('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', Buffer.concat([be32(width), be32(height), Buffer.from([8, kind, 0, 0, 0])])),
    ...chunks,
    chunk('IDAT', deflateSync(Buffer.from([0]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);

/** EXIF with one tag: where the picture was taken. */
const gps = Buffer.concat([
  latin('II*\0'),
  le32(8),
  le16(1),
  le16(0x8825),
  le16(4),
  le32(1),
  le32(26),
  le32(0),
  le16(3),
]);
const segment = (marker: number, data: Buffer) =>
  Buffer.concat([Buffer.from([0xff, marker]), be16(data.length + 2), data]);
const jpeg = (parts: number, ...segments: Buffer[]) =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments,
    segment(
      0xc0,
      Buffer.concat([Buffer.from([8]), be16(600), be16(800), Buffer.from([parts]), Buffer.alloc(parts * 3)]),
    ),
    Buffer.from([0xff, 0xda]),
  ]);
const riff = (name: string, data: Buffer) =>
  Buffer.concat([latin(name), le32(data.length), data, Buffer.alloc(data.length & 1)]);
const webp = (...chunks: Buffer[]) => Buffer.concat([latin('RIFF'), le32(100), latin('WEBP'), ...chunks]);
const vp8x = (flags: number) => riff('VP8X', Buffer.from([flags, 0, 0, 0, 0x1f, 0x03, 0, 0x57, 0x02, 0]));
const gifPicture = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
const gif = (...blocks: Buffer[]) =>
  Buffer.concat([latin('GIF89a'), le16(30), le16(20), Buffer.from([0, 0, 0]), ...blocks, Buffer.from([0x3b])]);

describe('the header of an image', () => {
  test('PNG: size, colours, transparency, animation', () => {
    expect(read(png(6, 500, 400))).toMatchObject({
      type: 'PNG',
      width: 500,
      height: 400,
      hasAlpha: true,
      colours: 'RGB',
    });
    expect(read(png(2, 1, 1))).toMatchObject({ hasAlpha: false, isAnimated: false });
    expect(read(png(3, 1, 1, chunk('tRNS', Buffer.from([0]))))).toMatchObject({ hasAlpha: true, colours: 'PALETTE' });
    expect(read(png(6, 1, 1, chunk('acTL', Buffer.alloc(8))))).toMatchObject({ isAnimated: true });
    expect(read(png(6, 1, 1, chunk('iCCP', latin('Display P3\0\0'))))).toMatchObject({ profile: 'Display P3' });
    expect(read(png(6, 1, 1, chunk('eXIf', gps)))).toMatchObject({ hasExif: true, hasGps: true });
  });

  test('a PNG that claims to be enormous is measured and never opened', () => {
    expect(read(png(6, 4_000_000_000, 4_000_000_000))).toMatchObject({ width: 4_000_000_000 });
  });

  test('JPEG: size, CMYK, place, camera, AI mark', () => {
    expect(read(jpeg(3))).toMatchObject({ type: 'JPEG', width: 800, height: 600, colours: 'RGB', hasAlpha: false });
    expect(read(jpeg(4))).toMatchObject({ colours: 'CMYK' });
    expect(read(jpeg(3, segment(0xe1, Buffer.concat([latin('Exif\0\0'), gps]))))).toMatchObject({
      hasExif: true,
      hasGps: true,
    });
    const xmp = latin(
      'http://ns.adobe.com/xap/1.0/\0<x Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>',
    );
    expect(read(jpeg(3, segment(0xe1, xmp)))).toMatchObject({
      digitalSource: 'trainedAlgorithmicMedia',
      hasGps: false,
    });
  });

  test('WebP: the three kinds', () => {
    expect(read(webp(vp8x(0x12)))).toMatchObject({
      type: 'WEBP',
      width: 800,
      height: 600,
      isAnimated: true,
      hasAlpha: true,
    });
    const lossy = riff('VP8 ', Buffer.concat([Buffer.from([0, 0, 0, 0x9d, 1, 0x2a]), le16(320), le16(200)]));
    expect(read(webp(lossy))).toMatchObject({ width: 320, height: 200, hasAlpha: false });
    const lossless = riff('VP8L', Buffer.concat([Buffer.from([0x2f]), le32((199 << 14) | 319 | (1 << 28))]));
    expect(read(webp(lossless))).toMatchObject({ width: 320, height: 200, hasAlpha: true });
  });

  test('GIF: one picture stands, two move', () => {
    expect(read(gif(gifPicture))).toMatchObject({ type: 'GIF', width: 30, height: 20, isAnimated: false });
    const control = Buffer.from([0x21, 0xf9, 4, 1, 0, 0, 0, 0]);
    expect(read(gif(control, gifPicture, control, gifPicture))).toMatchObject({ isAnimated: true, hasAlpha: true });
  });

  test('BMP and TIFF', () => {
    const bmp = Buffer.concat([latin('BM'), Buffer.alloc(12), le32(40), le32(64), le32(0xffffffe0)]);
    expect(read(bmp)).toMatchObject({ type: 'BMP', width: 64, height: 32 });
    const tag = (id: number, value: number) => Buffer.concat([le16(id), le16(3), le32(1), le16(value), le16(0)]);
    const tiff = Buffer.concat([latin('II*\0'), le32(8), le16(3), tag(256, 70), tag(257, 50), tag(262, 5), le32(0)]);
    expect(read(tiff)).toMatchObject({ type: 'TIFF', width: 70, height: 50, colours: 'CMYK', isAnimated: false });
  });

  test('what is no image is not taken for one', () => {
    for (const text of [
      '',
      'id,title\n1,x',
      '<html><svg></svg></html>',
      '%PDF-1.7',
      'MZ\x90',
      'BMW is a brand of cars, not a bitmap',
    ]) {
      expect([text, read(text).type]).toEqual([text, 'UNKNOWN']);
    }
  });
});

describe('a drawing', () => {
  const svg = (inside: string, root = 'viewBox="0 0 100 50"') =>
    read(`<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg" ${root}>${inside}</svg>`);

  test('its size, its letters and its colours', () => {
    expect(svg('<path fill="#fff" d="M0 0"/><g style="stroke: black"/>')).toMatchObject({
      type: 'SVG',
      width: 100,
      height: 50,
      svg: { hasViewBox: true, hasText: false, dangers: [], colours: ['#ffffff', '#000000'], isWhole: true },
    });
    expect(svg('<text>Acme</text><title>Acme</title>', 'width="30px" height="20"')).toMatchObject({
      width: 30,
      svg: { hasText: true, hasTitle: true, hasViewBox: false },
    });
    expect(read('<svg viewBox="0 0 1 1"><g>').svg).toMatchObject({ isWhole: false });
  });

  test.each([
    '<script>alert(1)</script>',
    '<SCRIPT/>',
    '<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>',
    '<g onload="x()"/>',
    '<g\nONCLICK = x>',
    '<foreignObject/>',
    '<a href="javascript:alert(1)"/>',
    '<a xlink:href="jav&#x61;script&colon;alert(1)"/>',
    '<a href=" java\nscript:alert(1)"/>',
    '<use href="https://evil.example/x.svg#a"/>',
    '<image href="//evil.example/x.png"/>',
    '<image href="data:image/svg+xml,%3Csvg onload=x%3E"/>',
    '<g style="fill:url(https://evil.example)"/>',
    '<g fill="url( \'https://evil.example\' )"/>',
    '<style>@import "https://evil.example/x.css";</style>',
    '<style><![CDATA[ g { fill: u\\72l(https://evil.example) } ]]></style>',
    '<animate attributeName="href" values="javascript:alert(1)"/>',
    '<set attributeName="onclick" to="javascript:x"/>',
    '<iframe src="x"/>',
  ])('%s is a danger', (inside) => {
    expect(svg(inside).svg?.dangers).not.toEqual([]);
  });

  test('entities and outside stylesheets are dangers', () => {
    const bomb = '<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><svg viewBox="0 0 1 1">&c;</svg>';
    expect(read(bomb).svg?.dangers).toEqual(['<!ENTITY>']);
    expect(read('<?xml-stylesheet href="x"?><svg></svg>').svg?.dangers).toEqual(['<?xml-stylesheet?>']);
  });

  test.each([
    '<a href="https://shop.example"/>',
    '<use href="#a"/>',
    '<g fill="url(#a)"/>',
    '<g style="fill:url(\'#a\')"/>',
    '<image href="data:image/png;base64,AA"/>',
    '<!-- <script> -->',
    '<path d="M 0 0 only=1"/>',
  ])('%s is none', (inside) => {
    expect(svg(inside).svg?.dangers).toEqual([]);
  });
});

describe('[U12] hostile bytes', () => {
  test('no bytes throw', () => {
    const starts = [png(6, 1, 1), jpeg(3), webp(vp8x(0)), gif(gifPicture), latin('II*\0'), latin('BM'), latin('<svg ')];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.nat(60), fc.uint8Array({ maxLength: 300 }), (start, cut, rest) => {
        read(Buffer.concat([start.subarray(0, Math.max(2, start.length - cut)), rest]));
      }),
      { numRuns: 500 },
    );
  });

  test.each(['<!---->', '<style>', '<!DOCTYPE', 'url( ', '<a ', '</svg>', '<a b="', '<?xml', '\u0130<style', 'a='])(
    'a drawing of four megabytes of %j is read in its own time',
    (part) => {
      const text = `<svg ${part.repeat(4_000_000 / part.length)}`;
      expect(cpuMs(() => void read(text))).toBeLessThan(3_000);
    },
  );
});
