import { deflateSync } from 'node:zlib';

export type PngKind = { type: number; channels: number };
export const rgba: PngKind = { type: 6, channels: 4 };
export const rgb: PngKind = { type: 2, channels: 3 };
export const palette: PngKind = { type: 3, channels: 1 };

export const chunk = (name: string, data: Uint8Array) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, data, Buffer.alloc(4)]);
};

type Pixel = readonly number[];

/** A picture whose lines are written in each of the five ways in turn. */
export function png(
  width: number,
  height: number,
  kind: PngKind,
  pixelAt: (x: number, y: number) => Pixel,
  more: Buffer[] = [],
): Buffer {
  const rowBytes = width * kind.channels;
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y++)
    rows.push(Buffer.from(Array.from({ length: width }, (_, x) => [...pixelAt(x, y)]).flat()));
  const lines = rows.map((row, y) => {
    const above = rows[y - 1] ?? Buffer.alloc(rowBytes);
    const filter = y % 5;
    const line = Buffer.alloc(rowBytes + 1, filter);
    for (let at = 0; at < rowBytes; at++) {
      const [a, b, c] = [
        row[at - kind.channels] ?? 0,
        above[at] ?? 0,
        at < kind.channels ? 0 : (above[at - kind.channels] ?? 0),
      ];
      const p = a + b - c;
      const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
      const paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      line[at + 1] = (row[at]! - [0, a, b, (a + b) >> 1, paeth][filter]!) & 0xff;
    }
    return line;
  });
  return written(width, height, kind.type, Buffer.concat(lines), more);
}

export function written(
  width: number,
  height: number,
  type: number,
  lines: Buffer,
  more: Buffer[] = [],
  bits = 8,
  interlace = 0,
): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([bits, type, 0, 0, interlace], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    ...more,
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
