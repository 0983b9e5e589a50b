import type { Cell } from '../../cell.ts';
import { CompactIdSet } from '../../idSet.ts';
import type { Broken, Column, FileRule, Rule } from '../../types.ts';
import { brokenAt } from '../common/answers.ts';
import { CardLook, cardLook } from '../common/cards.ts';
import { repeated } from '../common/first.ts';
import { manyRows, Print, PrintTable } from '../common/printTable.ts';
import { firstOf, isBlank, lastOf } from '../common/window.ts';
import { personalColumns } from './columns.ts';
import { emarsys, emarsysHeader, gdpr } from './sources.ts';

/*
 * What only the whole file shows: rows that stand twice, products that nobody sells, columns that nobody needs.
 */
const covers = ['F2:*file*'];

const duplicates: FileRule = {
  id: 'rows.unique',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_duplicate',
  covers,
  source: emarsys,
  title: 'An order line stands twice',
  advice:
    '{first}It has the same order, product and time. Put both pieces into one row, with their quantity and price together.',
  columns: ['order', 'item', 'timestamp'],
  needs: ['order', 'item', 'timestamp'],
  watch: (_judging, _known, memory) => {
    const table = memory.bounded('order', new PrintTable(memory.most, manyRows));
    const print = new Print();
    return {
      row: (cells, row) => {
        const [order, item, timestamp] = cells as readonly [Cell, Cell, Cell];
        if (order.isEmpty || item.isEmpty) return null;
        print.clear().add(order).add(item).add(timestamp);
        return table.put(print.low, print.high, 1, row) === 0 ? null : repeated('order', table.row);
      },
      end: () => [],
    };
  },
  accepted: [
    {
      rows: [
        { order: '1', item: 'A', timestamp: '2026-11-01' },
        { order: '1', item: 'B', timestamp: '2026-11-01' },
        { order: '1', item: 'A', timestamp: '2026-11-02' },
        { order: '', item: 'A', timestamp: '' },
        { order: '', item: 'A', timestamp: '' },
      ],
    },
  ],
  refused: [
    {
      rows: [
        { order: '1', item: 'A', timestamp: '2026-11-01' },
        { order: '1', item: 'A', timestamp: '2026-11-01' },
      ],
    },
  ],
};

const fromFeed = { scope: 'FILE', columns: ['item'], needs: ['item'], covers: ['F2:item'] } as const;

const unknownItem: FileRule = {
  ...fromFeed,
  id: 'item.unknown',
  severity: 'HINT',
  code: 'validation_inconsistent',
  source: emarsys,
  title: 'A product is not in your accepted feed',
  advice:
    'Its row counts for nothing in recommendations. That is right for what you no longer sell; else write the id as the feed has it.',
  watch: (_, { feedIds }) => {
    if (feedIds === undefined || feedIds.size === 0) return null;
    const broken = brokenAt('item');
    return {
      row: ([cell]) =>
        cell === undefined || isBlank(cell) || feedIds.has(cell.bytes, firstOf(cell), lastOf(cell)) ? null : broken,
      end: () => [],
    };
  },
  accepted: [{ rows: [{ item: 'A' }, { item: ' A ' }, { item: '' }], feedIds: ['A'] }, { rows: [{ item: 'Z' }] }],
  refused: [{ rows: [{ item: 'A' }, { item: 'Z' }], feedIds: ['A'] }],
};

type Share = Pick<FileRule, 'id' | 'severity' | 'title' | 'accepted' | 'refused'> & { above: number; upTo: number };

function unknownShare({ above, upTo, ...rule }: Share): FileRule {
  return {
    ...fromFeed,
    ...rule,
    covers: ['F2:item', 'F2:*file*'],
    code: 'validation_inconsistent',
    source: emarsys,
    advice:
      '{share} % of the rows have a product that your accepted feed does not have. Write the ids exactly as in its column id: with the variant, the prefix and the zeros in front.',
    watch: (_, { feedIds }) => {
      if (feedIds === undefined || feedIds.size === 0) return null;
      let filled = 0;
      let unknown = 0;
      return {
        row: ([cell]) => {
          if (cell === undefined || isBlank(cell)) return null;
          filled++;
          if (!feedIds.has(cell.bytes, firstOf(cell), lastOf(cell))) unknown++;
          return null;
        },
        end: () =>
          unknown > filled * above && unknown <= filled * upTo
            ? [brokenAt('item', { share: Math.round((unknown / filled) * 100) })]
            : [],
      };
    },
  };
}

const items = (known: number, unknown: number) => ({
  rows: [...Array(known).fill({ item: 'A' }), ...Array(unknown).fill({ item: 'Z' })],
  feedIds: ['A', 'B'],
});

const someUnknown = unknownShare({
  id: 'item.unknown_some',
  severity: 'WARNING',
  title: 'Many of the products are not in your accepted feed',
  above: 0.1,
  upTo: 0.5,
  accepted: [items(9, 1), items(1, 9), { rows: [{ item: 'Z' }] }],
  refused: [items(8, 2), items(5, 5)],
});

const mostUnknown = unknownShare({
  id: 'item.unknown_most',
  severity: 'ERROR',
  title: 'Most of the products are not in your accepted feed',
  above: 0.5,
  upTo: 1,
  accepted: [items(5, 5), items(9, 1), { rows: [{ item: 'Z' }] }],
  refused: [items(4, 6), items(0, 3)],
});

const personalNames = personalColumns.map(({ name }: Column) => name);

const personal: FileRule = {
  id: 'personal.column',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_invalid_value',
  covers,
  source: gdpr,
  title: 'A column holds personal data that nobody needs here',
  advice:
    'Remove this column from the export ({count} rows are filled) and send the file again: who bought is known by the customer number.',
  columns: personalNames,
  watch: () => {
    const filled = new Uint32Array(personalNames.length);
    return {
      row: (cells) => {
        for (let at = 0; at < cells.length; at++)
          if (!isBlank(cells[at] as Cell)) filled[at] = (filled[at] as number) + 1;
        return null;
      },
      end: () =>
        personalNames.flatMap((name, at) =>
          filled[at] === 0 ? [] : [brokenAt(name, { count: filled[at] as number })],
        ),
    };
  },
  accepted: [{ rows: [{ order: '1', customer: 'C1' }] }, { rows: [{ order: '1', phone: '' }] }],
  refused: [{ rows: [{ order: '1', phone: '0170 1234567' }] }, { rows: [{ first_name: 'Anna', last_name: 'Berg' }] }],
};

/** As many columns are looked at for cards; no export has more. */
const mostLookedAt = 1_000;

const cards: FileRule = {
  id: 'personal.card',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_invalid_value',
  covers,
  source: {
    name: 'PCI Security Standards Council: data storage',
    url: 'https://www.pcisecuritystandards.org/document_library/',
  },
  title: 'A column holds numbers of payment cards',
  advice:
    'Remove this column: {count} of its values have the length and the check digit of a card. Tell your project manager that they were sent.',
  columns: [],
  watch: () => {
    const found = new Map<number, { cards: number; others: number }>();
    return {
      row: () => null,
      record: (cells, count) => {
        const most = Math.min(count, mostLookedAt);
        for (let at = 0; at < most; at++) {
          const look = cardLook(cells[at] as Cell);
          if (look === CardLook.none) continue;
          const seen = found.get(at) ?? { cards: 0, others: 0 };
          if (look === CardLook.card) seen.cards++;
          else seen.others++;
          found.set(at, seen);
        }
      },
      // Of other numbers of this length every tenth has the check digit by chance.
      end: ({ matches }): readonly Broken[] =>
        [...found]
          .filter(([, seen]) => seen.cards > 1 && seen.cards > seen.others)
          .map(([at, seen]) => brokenAt(matches[at]?.column ?? matches[at]?.source ?? null, { count: seen.cards })),
    };
  },
  accepted: [
    { rows: [{ order: '4111111111111112' }, { order: '4111111111111113' }, { order: '4111111111111111' }] },
    { rows: [{ order: '4006381333931' }, { order: '20261122143005' }] },
    { rows: [{ note: '4111111111111111' }] },
  ],
  refused: [
    { rows: [{ note: '4111 1111 1111 1111' }, { note: '5555-5555-5555-4444' }, { note: 'cash' }] },
    { rows: [{ coupon: '378282246310005' }, { coupon: '6011111111111117' }] },
  ],
};

const whole: FileRule = {
  id: 'orders.kept',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers,
  source: emarsysHeader,
  title: 'Most orders of the last accepted version are gone',
  advice:
    '{share} % of the {before} orders are not in this file. Send the whole history each time, not what is new since the last file.',
  columns: ['order'],
  needs: ['order'],
  watch: (_, { accepted }) => {
    if (accepted === undefined || accepted.ids.size === 0) return null;
    const seen = new CompactIdSet(2_000_000);
    let found = 0;
    return {
      row: ([cell]) => {
        if (!cell || cell.isEmpty || !accepted.ids.has(cell.bytes, cell.start, cell.end)) return null;
        if (seen.add(cell.bytes, cell.start, cell.end)) found++;
        return null;
      },
      end: () => {
        const gone = accepted.ids.size - found;
        if (gone <= accepted.ids.size * 0.5) return [];
        return [brokenAt('order', { share: Math.round((gone / accepted.ids.size) * 100), before: accepted.ids.size })];
      },
    };
  },
  accepted: [
    { rows: [{ order: '1' }, { order: '1' }, { order: '3' }], previousIds: ['1', '2'] },
    { rows: [{ order: '1' }] },
  ],
  refused: [{ rows: [{ order: '8' }, { order: '9' }, { order: '1' }, { order: '1' }], previousIds: ['1', '2', '3'] }],
};

/** What a history has by itself; all else is a column of the shop's own. */
const standard = ['order', 'item', 'timestamp', 'customer', 'email', 'quantity', 'price'];
const mostCustom = 20;

const customColumns: FileRule = {
  id: 'columns.custom',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_invalid_length',
  covers,
  source: emarsys,
  profiles: ['emarsys'],
  title: 'There are more than 20 columns of your own',
  advice:
    'Emarsys takes the seven standard columns and 20 more; this file has {count} more. Leave out what nobody filters by.',
  columns: [],
  watch: () => ({
    row: () => null,
    end: ({ matches }) => {
      const count = matches.filter(({ column }) => column === null || !standard.includes(column)).length;
      return count > mostCustom ? [brokenAt(null, { count })] : [];
    },
  }),
  accepted: [{ rows: [Object.fromEntries([...standard, ...range(20)].map((name) => [name, '1']))] }],
  refused: [{ rows: [Object.fromEntries([...standard, ...range(21)].map((name) => [name, '1']))] }],
};

function range(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `own${at}`);
}

const agreedOrder: FileRule = {
  id: 'columns.order',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers,
  source: emarsysHeader,
  profiles: ['emarsys'],
  exampleDeclares: { columnOrder: 'item price order timestamp customer quantity' },
  title: 'The columns are not in the agreed order',
  advice: 'Agreed is {agreed}, and the file has {found}. Emarsys refuses a file whose header changes.',
  columns: [],
  watch: ({ declared }) => {
    const agreed = declared.columnOrder?.split(/[\s,;]+/).filter((name) => name !== '');
    if (agreed === undefined || agreed.length === 0) return null;
    return {
      row: () => null,
      end: ({ matches }) => {
        const found = matches.map(({ source }) => source);
        const isAsAgreed = agreed.every((name, at) => found[at] === name);
        return isAsAgreed
          ? []
          : [brokenAt(null, { agreed: agreed.join(', '), found: found.slice(0, agreed.length).join(', ') })];
      },
    };
  },
  accepted: [
    { rows: [{ item: 'A', price: '1', order: '1', timestamp: '2026-11-01', customer: 'C', quantity: '1', more: 'x' }] },
  ],
  refused: [{ rows: [{ order: '1', item: 'A', price: '1', timestamp: '2026-11-01', customer: 'C', quantity: '1' }] }],
};

const headerSpelling: FileRule = {
  id: 'columns.spelling',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  covers,
  source: emarsysHeader,
  profiles: ['emarsys'],
  title: 'A standard column has another name than Emarsys wants',
  advice: 'Rename {found} to {wanted}, letter for letter: Price is not price there, and the upload fails without it.',
  columns: [],
  watch: () => ({
    row: () => null,
    end: ({ matches }) =>
      matches.flatMap(({ source, column }) =>
        column === null || source === column || !standard.includes(column)
          ? []
          : [brokenAt(column, { found: source, wanted: column })],
      ),
  }),
  accepted: [{ rows: [{ order: '1', item: 'A', Filiale: '3' }] }],
  refused: [{ rows: [{ Order: '1', item: 'A' }] }, { rows: [{ order: '1', sku: 'A' }] }],
};

export const wholeFileRules: readonly Rule[] = [
  duplicates,
  unknownItem,
  someUnknown,
  mostUnknown,
  personal,
  cards,
  whole,
  customColumns,
  agreedOrder,
  headerSpelling,
];
