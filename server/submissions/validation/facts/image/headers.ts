import type { Bytes } from './bytes.ts';
import type { ImageFacts, ImageType } from './facts.ts';
import { digitalSourceOf, hasGpsTag, profileName } from './metadata.ts';

type RasterPart =
  | 'width'
  | 'height'
  | 'isAnimated'
  | 'hasAlpha'
  | 'colours'
  | 'profile'
  | 'hasGps'
  | 'hasExif'
  | 'digitalSource';
type Raster = { -readonly [Part in RasterPart]?: ImageFacts[Part] };

/** No file has more parts than this before its picture; one that claims to is not followed. */
const maxParts = 10_000;

export function readRaster(type: Exclude<ImageType, 'SVG' | 'UNKNOWN'>, bytes: Bytes): Raster {
  switch (type) {
    case 'PNG':
      return readPng(bytes);
    case 'JPEG':
      return readJpeg(bytes);
    case 'WEBP':
      return readWebp(bytes);
    case 'GIF':
      return readGif(bytes);
    case 'BMP':
      return { width: bytes.u32(18, true), height: Math.abs(bytes.u32(22, true) | 0), hasAlpha: false, colours: 'RGB' };
    case 'TIFF':
      return readTiff(bytes);
  }
}

/** Chunks: 4 bytes length, 4 letters, data, 4 bytes checksum. */
function readPng(bytes: Bytes): Raster {
  const kind = bytes.u8(25);
  const found: Raster = {
    width: bytes.u32(16),
    height: bytes.u32(20),
    hasAlpha: kind === 4 || kind === 6,
    colours: kind === 3 ? 'PALETTE' : kind === 0 || kind === 4 ? 'GREY' : 'RGB',
  };
  for (let at = 8, parts = 0; at + 8 <= bytes.length && parts < maxParts; parts++) {
    const length = bytes.u32(at);
    const name = bytes.text(at + 4, 4);
    if (name === 'tRNS') found.hasAlpha = true;
    if (name === 'acTL') found.isAnimated = true;
    // Deflated, behind its name: the name is what is shown.
    if (name === 'iCCP') found.profile = bytes.text(at + 8, 79).split('\0')[0] ?? null;
    if (name === 'eXIf')
      Object.assign(found, { hasExif: true, hasGps: hasGpsTag(bytes.part(at + 8, at + 8 + length)) });
    if (name === 'iTXt' || name === 'tEXt') found.digitalSource ??= digitalSourceOf(bytes.text(at + 8, length));
    if (name === 'IEND') break;
    at += length + 12;
  }
  return found;
}

/** Segments: FF, a marker, 2 bytes length with itself, data; the sizes stand in the frame header. */
function readJpeg(bytes: Bytes): Raster {
  const found: Raster = { hasAlpha: false };
  for (let at = 2, parts = 0; at + 4 <= bytes.length && parts < maxParts; parts++) {
    if (bytes.u8(at) !== 0xff) break;
    const marker = bytes.u8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = bytes.u16(at + 2);
    if (marker === 0xda || length < 2) break;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const count = bytes.u8(at + 9);
      Object.assign(found, { height: bytes.u16(at + 5), width: bytes.u16(at + 7) });
      found.colours = count === 4 ? 'CMYK' : count === 1 ? 'GREY' : 'RGB';
    }
    if (marker === 0xe1) readApp1(bytes, at + 4, at + 2 + length, found);
    if (marker === 0xe2 && bytes.text(at + 4, 11) === 'ICC_PROFILE') {
      found.profile ??= profileName(bytes.part(at + 18, at + 2 + length));
    }
    at += length + 2;
  }
  return found;
}

function readApp1(bytes: Bytes, at: number, end: number, found: Raster): void {
  if (bytes.text(at, 4) === 'Exif') {
    found.hasExif = true;
    found.hasGps = hasGpsTag(bytes.part(at + 6, end)) || found.hasGps;
  } else {
    found.digitalSource ??= digitalSourceOf(bytes.text(at, end - at));
  }
}

/** RIFF chunks: 4 letters, 4 bytes length (little end first), data, a byte to make it even. */
function readWebp(bytes: Bytes): Raster {
  const found: Raster = { colours: 'RGB', hasAlpha: false };
  for (let at = 12, parts = 0; at + 8 <= bytes.length && parts < maxParts; parts++) {
    const name = bytes.text(at, 4);
    const length = bytes.u32(at + 4, true);
    const data = at + 8;
    if (name === 'VP8X') {
      const flags = bytes.u8(data);
      Object.assign(found, { width: bytes.u24(data + 4) + 1, height: bytes.u24(data + 7) + 1 });
      Object.assign(found, { isAnimated: (flags & 2) !== 0, hasAlpha: (flags & 16) !== 0 });
    } else if (name === 'VP8 ') {
      found.width ??= bytes.u16(data + 6, true) & 0x3fff;
      found.height ??= bytes.u16(data + 8, true) & 0x3fff;
    } else if (name === 'VP8L') {
      const bits = bytes.u32(data + 1, true);
      found.width ??= (bits & 0x3fff) + 1;
      found.height ??= ((bits >>> 14) & 0x3fff) + 1;
      found.hasAlpha = found.hasAlpha || ((bits >>> 28) & 1) === 1;
    } else if (name === 'ICCP') found.profile = profileName(bytes.part(data, data + length));
    else if (name === 'EXIF')
      Object.assign(found, { hasExif: true, hasGps: hasGpsTag(bytes.part(data, data + length)) });
    else if (name === 'XMP ') found.digitalSource = digitalSourceOf(bytes.text(data, length));
    at = data + length + (length & 1);
  }
  return found;
}

/** Blocks behind the screen's description; a second picture makes it move. */
function readGif(bytes: Bytes): Raster {
  const found: Raster = { width: bytes.u16(6, true), height: bytes.u16(8, true), colours: 'PALETTE', hasAlpha: false };
  const table = (flags: number) => ((flags & 0x80) !== 0 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let pictures = 0;
  for (let at = 13 + table(bytes.u8(10)); at < bytes.length && pictures < 2; ) {
    const block = bytes.u8(at);
    if (block === 0x2c) {
      pictures++;
      at = behindBlocks(bytes, at + 11 + table(bytes.u8(at + 9)));
    } else if (block === 0x21) {
      if (bytes.u8(at + 1) === 0xf9 && (bytes.u8(at + 3) & 1) === 1) found.hasAlpha = true;
      at = behindBlocks(bytes, at + 2);
    } else break;
  }
  return { ...found, isAnimated: pictures > 1 };
}

function behindBlocks(bytes: Bytes, from: number): number {
  let at = from;
  while (at < bytes.length && bytes.u8(at) !== 0) at += bytes.u8(at) + 1;
  return at + 1;
}

function readTiff(bytes: Bytes): Raster {
  const isLittle = bytes.u8(0) === 0x49;
  const at = bytes.u32(4, isLittle);
  const found: Raster = { hasGps: hasGpsTag(bytes.all) };
  const count = Math.min(bytes.u16(at, isLittle), 1_000);
  for (let index = 0; index < count; index++) {
    const entry = at + 2 + index * 12;
    const isShort = bytes.u16(entry + 2, isLittle) === 3;
    const value = isShort ? bytes.u16(entry + 8, isLittle) : bytes.u32(entry + 8, isLittle);
    const tag = bytes.u16(entry, isLittle);
    if (tag === 256) found.width = value;
    else if (tag === 257) found.height = value;
    else if (tag === 262) found.colours = value === 5 ? 'CMYK' : value === 3 ? 'PALETTE' : value < 2 ? 'GREY' : 'RGB';
    else if (tag === 338) found.hasAlpha = value > 0;
  }
  // Several pages are no animation, but no picture of one thing either.
  return { ...found, isAnimated: bytes.u32(at + 2 + count * 12, isLittle) !== 0 };
}
