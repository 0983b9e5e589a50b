import type { Cell } from '../../cell.ts';
import { CompactIdSet } from '../../idSet.ts';
import type { FileRule, Rule } from '../../types.ts';
import { brokenAt } from '../common/answers.ts';
import { codeNumberAt, codeNumbers, codeOfNumber, minorUnitAt } from '../common/currencies.ts';
import { repeated } from '../common/first.ts';
import { currencyAt } from '../common/money.ts';
import { Print, PrintTable, someRows } from '../common/printTable.ts';
import { isDigit, isFoldedText } from '../common/window.ts';
import { groupRules } from './groups.ts';
import { goodPractice, gtins, prisjakt, specification } from './sources.ts';

/*
 * What only the whole file shows. Each watch has a bound on what it remembers; what is beyond it is not compared.
 */

const oneCurrency: FileRule = {
  id: 'price.one_currency',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers: ['F1:price', 'F1:*file*'],
  source: prisjakt,
  title: 'Prices have more than one currency',
  advice: 'Most prices are in {most}; {count} are in {other}, first in row {row}. Send one file for each currency.',
  columns: ['price'],
  needs: ['price'],
  watch: () => {
    const counts = new Uint32Array(codeNumbers);
    const firstRows = new Uint32Array(codeNumbers);
    return {
      row: (cells, row) => {
        const cell = cells[0] as Cell;
        if (cell.isEmpty) return null;
        const at = currencyAt(cell);
        if (at === -1 || minorUnitAt(cell.bytes, at) === -1) return null;
        const code = codeNumberAt(cell.bytes, at);
        if (counts[code] === 0) firstRows[code] = row;
        counts[code] = (counts[code] as number) + 1;
        return null;
      },
      end: () => {
        const used = [...counts.keys()].filter((code) => counts[code] !== 0);
        used.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
        const [most, ...others] = used;
        if (most === undefined) return [];
        return others.slice(0, 5).map((other) =>
          brokenAt('price', {
            most: codeOfNumber(most),
            other: codeOfNumber(other),
            count: counts[other] as number,
            row: firstRows[other] as number,
          }),
        );
      },
    };
  },
  accepted: [{ rows: [{ price: '1 EUR' }, { price: '2 EUR' }, { price: '3' }, { price: '4 XXX' }] }],
  refused: [{ rows: [{ price: '1 EUR' }, { price: '2 EUR' }, { price: 'SEK 3' }] }],
};

const outOfStock: FileRule = {
  id: 'availability.share',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: ['F1:availability', 'F1:*file*'],
  source: goodPractice,
  title: 'Much of the shop is out of stock',
  advice: '{share} % of the products are out of stock. Look whether the export has the stock of the right warehouse.',
  columns: ['availability'],
  needs: ['availability'],
  watch: () => {
    let count = 0;
    return {
      row: (cells) => {
        const cell = cells[0] as Cell;
        if (cell.length >= 10 && isOutOfStock(cell)) count++;
        return null;
      },
      // Of a handful of products one is more than a fifth.
      end: ({ rows }) =>
        rows >= 10 && count > rows * 0.2 ? [brokenAt('availability', { share: Math.round((count / rows) * 100) })] : [],
    };
  },
  accepted: [
    { rows: Array.from({ length: 10 }, (_, at) => ({ availability: at < 2 ? 'out_of_stock' : 'in_stock' })) },
    { rows: [{ availability: 'out_of_stock' }] },
  ],
  refused: [{ rows: Array.from({ length: 10 }, (_, at) => ({ availability: at < 3 ? 'out of stock' : 'in_stock' })) }],
};

function isOutOfStock({ bytes, start, end }: Cell): boolean {
  return isFoldedText(bytes, start, end, 'out_of_stock') || isFoldedText(bytes, start, end, 'out of stock');
}

/** Above so many rows every eighth is looked at, chosen by its number and not in a row. */
const wholeUpTo = 10_000;

const sameImage: FileRule = {
  id: 'image_link.share',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_duplicate',
  covers: ['F1:image_link', 'F1:*file*'],
  source: goodPractice,
  title: 'One picture stands for many products',
  advice: 'About {share} % of the products show the same picture, first in row {row}. Look whether it is a stand-in.',
  columns: ['image_link'],
  needs: ['image_link'],
  watch: () => {
    // In each of 256 buckets the value that leads by votes: one that many rows have wins its bucket.
    const lows = new Int32Array(256);
    const highs = new Int32Array(256);
    const votes = new Int32Array(256);
    const counts = new Uint32Array(256);
    const firstRows = new Uint32Array(256);
    const print = new Print();
    let looked = 0;
    return {
      row: (cells, row) => {
        const cell = cells[0] as Cell;
        if (cell.isEmpty) return null;
        if (row > wholeUpTo && Math.imul(row, 0x9e3779b1) >>> 29 !== 0) return null;
        const weight = row > wholeUpTo ? 8 : 1;
        looked += weight;
        print.clear().add(cell);
        const bucket = (print.low >>> 24) & 0xff;
        if (votes[bucket] !== 0 && lows[bucket] === print.low && highs[bucket] === print.high) {
          votes[bucket] = (votes[bucket] as number) + weight;
          counts[bucket] = (counts[bucket] as number) + weight;
        } else if ((votes[bucket] as number) <= 0) {
          lows[bucket] = print.low;
          highs[bucket] = print.high;
          votes[bucket] = weight;
          counts[bucket] = weight;
          firstRows[bucket] = row;
        } else votes[bucket] = (votes[bucket] as number) - weight;
        return null;
      },
      end: () => {
        let best = 0;
        for (let bucket = 1; bucket < 256; bucket++) {
          if ((counts[bucket] as number) > (counts[best] as number)) best = bucket;
        }
        const count = counts[best] as number;
        if (count < 10 || count <= looked * 0.1) return [];
        return [brokenAt('image_link', { share: Math.round((count / looked) * 100), row: firstRows[best] as number })];
      },
    };
  },
  accepted: [
    {
      rows: Array.from({ length: 100 }, (_, at) => ({ image_link: `https://a.example/${at < 10 ? 'same' : at}.jpg` })),
    },
    { rows: [{ image_link: 'https://a.example/1.jpg' }, { image_link: 'https://a.example/1.jpg' }] },
  ],
  refused: [
    {
      rows: Array.from({ length: 100 }, (_, at) => ({
        image_link: `https://a.example/${at % 8 === 0 ? 'same' : at}.jpg`,
      })),
    },
  ],
};

const labels = ['custom_label_0', 'custom_label_1', 'custom_label_2', 'custom_label_3', 'custom_label_4'];

const labelValues: FileRule = {
  id: 'custom_label.values',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_invalid_value',
  covers: labels.map((label) => `F1:${label}`),
  source: specification,
  title: 'A custom label has more than 1,000 different values',
  advice:
    'Labels part a shop into groups for campaigns. Use few values, like summer and winter, and put numbers into ranges.',
  columns: labels,
  watch: () => {
    const sets = labels.map(() => new CompactIdSet(1001));
    return {
      row: (cells) => {
        for (let at = 0; at < labels.length; at++) {
          const cell = cells[at] as Cell;
          if (!cell.isEmpty) (sets[at] as CompactIdSet).add(cell.bytes, cell.start, cell.end);
        }
        return null;
      },
      end: () => labels.filter((_, at) => (sets[at]?.size ?? 0) > 1000).map((label) => brokenAt(label)),
    };
  },
  accepted: [{ rows: Array.from({ length: 1000 }, (_, at) => ({ custom_label_0: `v${at}` })) }],
  refused: [{ rows: Array.from({ length: 1001 }, (_, at) => ({ custom_label_3: `v${at}` })) }],
};

const sameGtin: FileRule = {
  id: 'gtin.unique',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_duplicate',
  covers: ['F1:gtin'],
  source: gtins,
  title: 'Two products have the same GTIN',
  advice:
    '{first}A GTIN names one product. Look which of the rows has the wrong number, or whether one product stands there twice.',
  columns: ['gtin', 'item_group_id'],
  needs: ['gtin'],
  watch: (_judging, _known, memory) => {
    const table = memory.bounded('gtin', new PrintTable(memory.most, someRows));
    const group = new Print();
    const digits = new Digits();
    return {
      row: (cells, row) => {
        const cell = cells[0] as Cell;
        const groupCell = cells[1] as Cell;
        const length = cell.end - cell.start;
        if (length < 8 || length > 17) return null;
        digits.of(cell);
        if (digits.head === 0 && digits.tail === 0) return null;
        const tag = groupCell.isEmpty ? noGroup : group.clear().add(groupCell).tag;
        // Without its check digit a maker's numbers follow each other. Nothing of the number is lost.
        const { head, tail } = digits;
        const count = Math.floor(tail / 10);
        const found = table.put(count | (head << 20), ((head >>> 12) << 4) | (tail - count * 10), tag, row);
        return found !== 0 && (found === noGroup || found !== tag) ? repeated('gtin', table.row) : null;
      },
      end: () => [],
    };
  },
  accepted: [
    { rows: [{ gtin: '4006381333931' }, { gtin: '96385074' }, { gtin: '' }, { gtin: '' }] },
    {
      rows: [
        { gtin: '4006381333931', item_group_id: 'G' },
        { gtin: '4006381333931', item_group_id: 'G' },
      ],
    },
  ],
  refused: [
    { rows: [{ gtin: '4006381333931' }, { gtin: '4006381333931' }] },
    {
      rows: [
        { gtin: '4006381333931', item_group_id: 'G' },
        { gtin: '4006-381333931', item_group_id: 'H' },
      ],
    },
  ],
};

const noGroup = 0xffff;

/** The last seven digits, and those before them: both small whole numbers, which the processor is quick with. */
class Digits {
  head = 0;
  tail = 0;

  /** 0 and 0: it has something else than digits, blanks and dashes, or more than 14 of them. */
  of({ bytes, start, end }: Cell): this {
    let head = 0;
    let tail = 0;
    let count = 0;
    for (let at = end - 1, scale = 1; at >= start; at--) {
      const byte = bytes[at] as number;
      if (isDigit(byte)) {
        if (count === 7) scale = 1;
        if (count < 7) tail += (byte - 0x30) * scale;
        else head += (byte - 0x30) * scale;
        scale *= 10;
        if (++count <= 14) continue;
      } else if (byte === 0x20 || byte === 0x2d) continue;
      head = 0;
      tail = 0;
      break;
    }
    this.head = head;
    this.tail = tail;
    return this;
  }
}

export const wholeFileRules: readonly Rule[] = [
  oneCurrency,
  outOfStock,
  sameImage,
  labelValues,
  sameGtin,
  ...groupRules,
];
