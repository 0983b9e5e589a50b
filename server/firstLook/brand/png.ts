import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { hexOf, isColourful, type Rgb } from './colours.ts';

/*
 * The colours of a PNG: 8 bits, grey, RGB, palette, with or without transparency, not interlaced, which is what shops
 * draw logos in. Everything else gives none. It is inflated off this thread into no more than its own size, and its
 * lines are read in pieces, so that nobody waits for a large one.
 */
export type PictureColours = {
  /** The colour that most of it has, greys aside; null when it has none. */
  readonly accent: string | null;
  /** What it stands on, where its edge is of one colour; null where that is transparent. */
  readonly ground: string | null;
};

const signature = '89504e470d0a1a0a';
const maxPixels = 8_000_000;
const maxSide = 8_000;
const maxChunks = 5_000;
const rowsAtOnceBytes = 500_000;
/** Pixels that are counted, spread over the picture. */
const countedPixels = 250_000;
/** Of the pixels that are counted and can be seen, so many make a colour one of the picture. */
const minShare = 0.004;
const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const inflated = promisify(inflate);

type Head = { width: number; height: number; kind: number; channels: number };
type Png = Head & { palette: Uint8Array; alphas: Uint8Array; data: Uint8Array };

/** Null for what is no such PNG, or breaks off. Never throws for what the bytes hold. */
export async function pngColours(bytes: Uint8Array): Promise<PictureColours | null> {
  const png = chunksOf(bytes);
  if (png === null) return null;
  const rowBytes = png.width * png.channels;
  const size = (rowBytes + 1) * png.height;
  const lines = await inflated(png.data, { maxOutputLength: size }).catch(() => null);
  if (lines === null || lines.length !== size) return null;
  const counts = new Counts(png);
  const rowsAtOnce = Math.max(1, Math.floor(rowsAtOnceBytes / rowBytes));
  for (let row = 0; row < png.height; row++) {
    if (!unfilter(lines, row * (rowBytes + 1), rowBytes, png.channels, row === 0)) return null;
    counts.row(lines, row, row * (rowBytes + 1) + 1);
    if (row % rowsAtOnce === rowsAtOnce - 1) await setImmediate();
  }
  return counts.colours();
}

/** Chunks: 4 bytes length, 4 letters, data, 4 bytes checksum. */
function chunksOf(given: Uint8Array): Png | null {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length < 33 || bytes.toString('hex', 0, 8) !== signature || bytes.toString('latin1', 12, 16) !== 'IHDR')
    return null;
  const [width, height, kind] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[25] ?? 255];
  const isRead = bytes[24] === 8 && channels[kind] !== undefined && bytes[28] === 0;
  if (!isRead || width === 0 || height === 0 || width > maxSide || height > maxSide || width * height > maxPixels)
    return null;
  const parts: Buffer[] = [];
  let palette: Uint8Array = new Uint8Array();
  let alphas: Uint8Array = new Uint8Array();
  for (let at = 33, chunks = 0; at + 8 <= bytes.length && chunks < maxChunks; chunks++) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'PLTE') palette = data;
    else if (name === 'tRNS') alphas = data;
    else if (name === 'IDAT') parts.push(data);
    else if (name === 'IEND') break;
    at += length + 12;
  }
  if (parts.length === 0 || (kind === 3 && palette.length === 0)) return null;
  return { width, height, kind, channels: channels[kind] ?? 1, palette, alphas, data: Buffer.concat(parts) };
}

/** Each line is written as what differs from the one before, or from its left, in one of five ways. */
function unfilter(lines: Uint8Array, at: number, length: number, step: number, isFirst: boolean): boolean {
  const filter = lines[at];
  const start = at + 1;
  const up = start - length - 1;
  if (filter === undefined || filter > 4) return false;
  for (let index = 0; filter > 0 && index < length; index++) {
    const left = index < step ? 0 : (lines[start + index - step] ?? 0);
    const above = isFirst ? 0 : (lines[up + index] ?? 0);
    const corner = isFirst || index < step ? 0 : (lines[up + index - step] ?? 0);
    const guess =
      filter === 1 ? left : filter === 2 ? above : filter === 3 ? (left + above) >> 1 : paeth(left, above, corner);
    lines[start + index] = ((lines[start + index] ?? 0) + guess) & 0xff;
  }
  return true;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** Colours in steps of 16, each with the sum of what fell into it. */
class Counts {
  readonly #sums = new Map<number, [count: number, red: number, green: number, blue: number]>();
  readonly #edges = new Map<string, number>();
  readonly #step: number;
  #seen = 0;
  #edge = 0;

  constructor(private readonly png: Png) {
    this.#step = Math.max(1, Math.ceil(Math.sqrt((png.width * png.height) / countedPixels)));
  }

  row(lines: Uint8Array, row: number, at: number): void {
    const { width, height } = this.png;
    const isEdge = row === 0 || row === height - 1;
    if (!isEdge && row % this.#step !== 0) return;
    for (let x = 0; x < width; x += this.#step) {
      this.#pixel(lines, at + x * this.png.channels, isEdge || x === 0);
    }
    this.#pixel(lines, at + (width - 1) * this.png.channels, true);
  }

  #pixel(lines: Uint8Array, at: number, isEdge: boolean): void {
    const pixel = this.#read(lines, at);
    if (isEdge) {
      this.#edge++;
      const key = pixel === null ? '' : hexOf(pixel);
      this.#edges.set(key, (this.#edges.get(key) ?? 0) + 1);
    }
    if (pixel === null) return;
    this.#seen++;
    const [red, green, blue] = pixel;
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    const sum = this.#sums.get(key) ?? [0, 0, 0, 0];
    this.#sums.set(key, [sum[0] + 1, sum[1] + red, sum[2] + green, sum[3] + blue]);
  }

  /** Null: it is not seen. */
  #read(lines: Uint8Array, at: number): Rgb | null {
    const { kind, palette, alphas } = this.png;
    const of = (offset: number) => lines[at + offset] ?? 0;
    if (kind === 3) {
      const index = of(0);
      const colour = [0, 1, 2].map((part) => palette[index * 3 + part] ?? 0) as unknown as Rgb;
      return (alphas[index] ?? 255) < 128 ? null : colour;
    }
    const isGrey = kind === 0 || kind === 4;
    const alpha = kind === 4 ? of(1) : kind === 6 ? of(3) : 255;
    if (alpha < 128) return null;
    return isGrey ? [of(0), of(0), of(0)] : [of(0), of(1), of(2)];
  }

  colours(): PictureColours {
    const found = [...this.#sums.values()].map(([count, ...sums]) => ({
      count,
      hex: hexOf(sums.map((sum) => sum / count) as unknown as Rgb),
    }));
    const ground = [...this.#edges].find(([, count]) => count > this.#edge * 0.8)?.[0] ?? '';
    const colourful = found.filter(
      ({ hex, count }) => isColourful(hex) && count >= this.#seen * minShare && !isNear(hex, ground),
    );
    // A logo on a coloured ground whose drawing is white has the ground for its colour.
    const best = colourful.sort((a, b) => b.count - a.count)[0]?.hex;
    const own = ground !== '' && isColourful(ground) ? ground : null;
    return { accent: best ?? own, ground: ground === '' ? null : ground };
  }
}

function isNear(hex: string, ground: string): boolean {
  if (ground === '') return false;
  const parts = (text: string) => [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16));
  const [a, b] = [parts(hex), parts(ground)];
  return a.every((light, at) => Math.abs(light - (b[at] ?? 0)) <= 16);
}
