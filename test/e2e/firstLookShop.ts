import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync } from 'node:zlib';
import { hereOnly } from '../support/hereOnly.ts';

/*
 * A shop for first looks: a feed as a real shop exports it, and its pictures, served by this machine under a name of its
 * own.
 */

const kinds: [title: string, path: string][] = [
  ['Desk lamp', 'Lighting > Lamps > Desk lamps'],
  ['Floor lamp', 'Lighting > Lamps > Floor lamps'],
  ['Candle holder', 'Lighting > Candles'],
  ['Coffee mug', 'Kitchen > Cups & mugs'],
  ['Teapot', 'Kitchen > Teapots'],
  ['Serving bowl', 'Kitchen > Bowls'],
  ['Chopping board', 'Kitchen > Tools'],
  ['Cushion cover', 'Living room > Textiles'],
  ['Wool blanket', 'Living room > Textiles'],
  ['Armchair', 'Living room > Seating'],
  ['Bath towel', 'Bathroom > Towels'],
  ['Soap dish', 'Bathroom > Accessories'],
];
const colours = ['Sand', 'Moss', 'Indigo', 'Terracotta', 'Charcoal', 'Ivory', 'Saffron'];
const materials = ['stoneware', 'oak', 'linen', 'brass', 'wool', 'glass', 'recycled cotton', 'walnut', 'porcelain'];
const brands = ['Nordlicht', 'Casa Alba', 'Petra Keramik', 'Ólafur & Sons', 'Kiku'];

export const hostile = {
  markup: '<img src=x onerror=alert(1)><script>alert(2)</script> "Candle" & holder',
  rightToLeft: 'مصباح مكتبي من خشب الزيتون مصنوع يدويًا في الجنوب',
  emoji: '🕯'.repeat(75),
};

const columns = 'id,title,description,link,image_link,availability,price,sale_price,brand,product_type,mpn,condition';

/** A feed of so many products, some of them without a price if so wished; some are sold out, some reduced. */
export function shopFeed(rows: number, shop: string, { broken = 0 } = {}): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const lines = Array.from({ length: rows }, (_, index) => {
    const [kind, path] = kinds[index % kinds.length]!;
    const colour = colours[index % colours.length]!;
    const material = materials[index % materials.length]!;
    const strange = Object.values(hostile)[index - 40];
    const units = 5 + (index % 190);
    const price = index >= 100 && index < 100 + broken ? '' : `${units}.90 EUR`;
    return [
      `A-${String(index + 1).padStart(5, '0')}`,
      strange ?? `${kind} ${colour} in ${material}, no ${index + 1}`,
      `A ${kind.toLowerCase()} of ${material}, made in small series. It comes in ${colour.toLowerCase()} and goes with everything of its family.`,
      `https://shop.example/p/${index + 1}`,
      `${shop}/i/${index + 1}.png`,
      index % 17 === 16 ? 'out_of_stock' : 'in_stock',
      price,
      index % 9 === 4 && price !== '' ? `${Math.round(units * 0.7)}.50 EUR` : '',
      brands[index % brands.length]!,
      path,
      `M-${index + 1}`,
      'new',
    ]
      .map(quoted)
      .join(',');
  });
  return `${columns}\n${lines.join('\n')}\n`;
}

export type PictureShop = {
  /** Where its pictures are, without a final slash. */
  readonly at: string;
  /** The same for whoever knows no names. */
  readonly here: string;
  /** What was asked for, by path. */
  readonly asked: string[];
  readonly fetching: typeof hereOnly & { allowedPorts: number[] };
  close(): Promise<void>;
};

/** Serves a picture for each product: a shape in a colour on white; every fifth has none. */
export async function startPictureShop(): Promise<PictureShop> {
  const asked: string[] = [];
  const server: Server = createServer((req, res) => {
    asked.push(req.url ?? '/');
    const number = Number(/^\/i\/(\d+)\.png$/.exec(req.url ?? '')?.[1]);
    if (!Number.isInteger(number) || number % 5 === 0) return void res.writeHead(404).end();
    res.writeHead(200, { 'content-type': 'image/png' }).end(pictureOf(number));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    at: `http://pictures.test:${port}`,
    here: `http://127.0.0.1:${port}`,
    asked,
    fetching: { ...hereOnly, allowedPorts: [port] },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const side = 240;
const tones = [
  [202, 178, 141],
  [122, 139, 104],
  [74, 84, 128],
  [190, 104, 76],
  [84, 84, 88],
  [228, 220, 200],
  [222, 164, 58],
] as const;

/** A PNG of 240 by 240: something like a vessel, in the tone of its number. */
function pictureOf(number: number): Buffer {
  const tone = tones[(number - 1) % tones.length]!;
  const width = 44 + (number % 4) * 14;
  const rows: Buffer[] = [];
  for (let y = 0; y < side; y++) {
    const row = Buffer.alloc(1 + side * 3, 255);
    row[0] = 0;
    const down = (y - 40) / 160;
    const half =
      down < 0 || down > 1 ? 0 : width * (number % 2 ? 0.55 + 0.45 * Math.sin(down * Math.PI) : 1 - 0.2 * down);
    for (let x = Math.ceil(side / 2 - half); x < side / 2 + half; x++) {
      const shade = 1 - 0.22 * Math.abs((x - side / 2) / (half || 1)) ** 2;
      for (const [at, channel] of tone.entries()) row[1 + x * 3 + at] = Math.round(channel * shade);
    }
    rows.push(row);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
