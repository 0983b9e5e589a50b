import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { rulesOfCheck } from '../../../server/submissions/validation/rules/registry.ts';
import { spreadOver } from '../../../server/submissions/validation/spread.ts';
import type { Options } from '../../../server/submissions/validation/types.ts';

const rules = rulesOfCheck({ rules: 'product-feed', table: null })!;
const options = (name: string): Options => ({ rules, name, asOf: '2026-11-22T12:00:00Z', threshold: 0.95 });

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function sampled(bytes: Uint8Array, rows: number, most: number, { size = 50_000, name = 'feed.csv' } = {}) {
  const wanted = { rows, most, columns: ['link', 'image_link'] };
  const [links = [], images = []] = await spreadOver(inPieces(bytes, size), options(name), wanted);
  return { links, images };
}
const csv = (
  rows: number,
  link: (n: number) => string,
  image: (n: number) => string = (n) => `https://s.test/i/${n}`,
) =>
  Buffer.from(
    `id,title,link,image_link\n${Array.from({ length: rows }, (_, at) => `${at + 1},Mug,${link(at + 1)},${image(at + 1)}\n`).join('')}`,
  );
const usual = (n: number) => `https://s.test/p/${n}`;

describe('values spread over a file', () => {
  test('are as many as wanted, evenly, with row, line and the column as the file spells it', async () => {
    const { links, images } = await sampled(csv(1_000, usual), 1_000, 20);
    expect(links.map(({ row }) => row)).toEqual(Array.from({ length: 20 }, (_, n) => n * 50 + 26));
    expect(links[0]).toEqual({ row: 26, line: 27, column: 'link', value: 'https://s.test/p/26' });
    expect(images).toHaveLength(20);
    const spelled = Buffer.from('id;Title;Link;Image Link\n1;Mug;https://s.test/p/1;https://s.test/i/1\n');
    const [one] = (await sampled(spelled, 1, 20)).images;
    expect(one).toMatchObject({ column: 'Image Link', value: 'https://s.test/i/1' });
  });

  test('are all there are of a small file, and none of one without such columns', async () => {
    expect((await sampled(csv(3, usual), 3, 20)).links.map(({ row }) => row)).toEqual([1, 2, 3]);
    const bare = Buffer.from('id,title\n1,Mug\n2,Cup\n');
    expect(await sampled(bare, 2, 20)).toEqual({ links: [], images: [] });
  });

  test('are made up for by the next row where one is empty, was taken, or is endless', async () => {
    const link = (n: number) =>
      n < 40 ? '' : n < 60 ? 'https://s.test/same' : n === 63 ? `https://s.test/${'x'.repeat(3_000)}` : usual(n);
    const { links } = await sampled(csv(100, link), 100, 4);
    expect(links.map(({ row }) => row)).toEqual([40, 60, 64, 88]);
    expect(new Set(links.map(({ value }) => value)).size).toBe(4);
  });

  test('are the same however the file is cut, packed or written', async () => {
    const file = csv(300, usual);
    const whole = await sampled(file, 300, 20);
    for (const size of [1, 7, 1_000]) expect(await sampled(file, 300, 20, { size })).toEqual(whole);
    expect(await sampled(gzipSync(file), 300, 20, { name: 'feed.csv.gz' })).toEqual(whole);
    const items = Array.from({ length: 300 }, (_, at) => ({
      id: at + 1,
      link: usual(at + 1),
      image_link: `https://s.test/i/${at + 1}`,
    }));
    const lines = Buffer.from(items.map((item) => `${JSON.stringify(item)}\n`).join(''));
    const ofLines = await sampled(lines, 300, 20, { name: 'feed.jsonl' });
    expect(ofLines.links.map(({ value }) => value)).toEqual(whole.links.map(({ value }) => value));
    const entries = items.map((item) => `<item><g:id>${item.id}</g:id><g:link>${item.link}</g:link></item>`).join('');
    const xml = `<rss xmlns:g="http://base.google.com/ns/1.0"><channel>${entries}</channel></rss>`;
    const ofXml = await sampled(Buffer.from(xml), 300, 20, { name: 'feed.xml' });
    expect(ofXml.links.map(({ row }) => row)).toEqual(whole.links.map(({ row }) => row));
  });

  test('stop the reading once they are complete', async () => {
    let given = 0;
    async function* endless() {
      yield Buffer.from('id,title,link,image_link\n');
      for (let n = 1; ; n++) {
        given = n;
        yield Buffer.from(`${n},Mug,${usual(n)},https://s.test/i/${n}\n`);
      }
    }
    const wanted = { rows: 50_000, most: 5, columns: ['link'] };
    const [links] = await spreadOver(endless(), options('feed.csv'), wanted);
    expect(links).toHaveLength(5);
    expect(given).toBeLessThan(50_000);
  });
});
