import { type Cell, Has } from '../../cell.ts';
import type { Broken, CellRule, FileRule, Memory, Rule } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { repeated } from '../common/first.ts';
import { manyRows, Print, PrintTable, someRows } from '../common/printTable.ts';
import { isBlank, isLongerThan, lengthOf } from '../common/window.ts';
import { goodPractice, prisjakt, specification } from './sources.ts';

/*
 * The id of a product: what every system keeps it by, so it has to be there, alone, and the same from file to file.
 */
const id = { columns: ['id'], covers: ['F1:id'] } as const;

const missing: CellRule = {
  ...id,
  id: 'id.missing',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_missing_value',
  source: specification,
  title: 'A product has no id',
  advice: 'Give each product and each variant the number that it has in your shop, like SHOE-42-BLUE.',
  isForEmpty: true,
  onlyIf: Has.outerSpace,
  check: (cell) => (isBlank(cell) ? noParams : null),
  accepted: ['SHOE-42', '0'],
  refused: ['', '   '],
};

const length: CellRule = {
  ...id,
  id: 'id.length',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_length',
  source: specification,
  title: 'An id is too long',
  advice: 'It has {length} characters and may have {most}. Use the article number, like SHOE-42-BLUE.',
  check: (cell, judging) => {
    const most = judging.profile === 'prisjakt' ? 36 : 50;
    return isLongerThan(cell, most) ? { length: lengthOf(cell), most } : null;
  },
  accepted: ['SHOE-42', 'x'.repeat(50), 'ü'.repeat(50)],
  refused: ['x'.repeat(51)],
};

const blanks: CellRule = {
  ...id,
  id: 'id.blanks',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  source: specification,
  title: 'An id has blanks around it, or a line break or tab in it',
  advice: 'Remove them: “SHOE-42 ” and “SHOE-42” are two products for most systems.',
  onlyIf: Has.outerSpace | Has.lineBreakOrTab | Has.nonAscii,
  check: (cell) => {
    if (isBlank(cell)) return null;
    if ((cell.flags & (Has.outerSpace | Has.lineBreakOrTab)) !== 0) return noParams;
    const text = cell.text();
    return text.trim() === text && !/[\u200b\ufeff\u2028\u2029]/.test(text) ? null : noParams;
  },
  fix: (text) => {
    const made = text.replace(/[\u200b\ufeff]/g, '').trim();
    return made === '' || /[\t\r\n\u2028\u2029]/.test(made) ? null : made;
  },
  accepted: ['SHOE-42', 'SHOE 42', 'größe'],
  refused: [' SHOE-42', 'SHOE-42 ', 'SHOE\t42', 'SHOE-42\u00a0', 'SHOE\u200b-42'],
  fixed: { ' SHOE-42 ': 'SHOE-42', 'SHOE-42\u00a0': 'SHOE-42', '\u200bSHOE': 'SHOE', 'SHOE\t42': null },
};

/** `! + @ # $ % ^ & * < > ; :` by byte. */
const refusedSigns = Uint8Array.from({ length: 128 }, (_, byte) =>
  '!+@#$%^&*<>;:'.includes(String.fromCharCode(byte)) && byte > 0x20 ? 1 : 0,
);

const signs: CellRule = {
  ...id,
  id: 'id.signs',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  profiles: ['prisjakt'],
  source: prisjakt,
  title: 'An id has signs that Prisjakt refuses',
  advice: 'Use letters without accents, digits, dot, dash and underscore: none of ! + @ # $ % ^ & * < > ; :.',
  check: (cell) => {
    for (let at = cell.start; at < cell.end; at++) {
      const byte = cell.bytes[at] as number;
      if (byte >= 0x80 || refusedSigns[byte] === 1) return noParams;
    }
    return null;
  },
  accepted: ['SHOE-42', 'a_b.c/d'],
  refused: ['SHOE#42', 'SKU+1', 'größe', 'a:b'],
};

/** Bits of what is known of an id: it stood there before, or with other capitals. */
const Seen = { same: 1, otherCase: 2 } as const;

/** One table for both rules: ids by their small letters, and beside each what tells its first spelling from others. */
class SeenIds {
  readonly #table: PrintTable;
  readonly #print = new Print();
  /** Every spelling but the first of its kind: there are few. */
  readonly #others = new PrintTable(100_000, someRows);
  #row = -1;
  #seen = 0;
  /** Where the same id stood first, and where it stood with other capitals; 0: not known. */
  firstRow = 0;
  otherRow = 0;

  constructor(table: PrintTable) {
    this.#table = table;
  }

  /** Of the id of a row; the second rule that asks gets the same answer. */
  look(cell: Cell, row: number): number {
    if (row === this.#row) return this.#seen;
    this.#row = row;
    this.#seen = 0;
    if (cell.end === cell.start) return 0;
    const tag = this.#print.ofName(cell);
    const found = this.#table.put(this.#print.low, this.#print.high, tag, row);
    if (found === 0) return 0;
    if (found === tag) {
      this.#seen = Seen.same;
      this.firstRow = this.#table.row;
      return this.#seen;
    }
    this.otherRow = this.#table.row;
    const { low, high } = this.#print.clear().add(cell);
    this.#seen = this.#others.put(low, high, 1, row) === 0 ? Seen.otherCase : Seen.otherCase | Seen.same;
    this.firstRow = this.#others.row;
    return this.#seen;
  }
}

const seenIds = (memory: Memory): SeenIds =>
  memory.shared('ids', () => new SeenIds(memory.bounded('id', new PrintTable(memory.most, manyRows))));

/** From this share of rows on the file as a whole is refused. */
const repeatShare = 0.05;

const unique: FileRule = {
  ...id,
  id: 'id.unique',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_duplicate',
  covers: ['F1:id'],
  source: specification,
  title: 'An id stands in more than one row',
  advice: '{first}Give each product and each variant an id of its own, like SHOE-42-BLUE and SHOE-42-RED.',
  needs: ['id'],
  watch: (_judging, _known, memory) => {
    const ids = seenIds(memory);
    return {
      row: (cells, row) => ((ids.look(cells[0] as Cell, row) & Seen.same) === 0 ? null : repeated('id', ids.firstRow)),
      end: () => [],
    };
  },
  accepted: [{ rows: [{ id: 'A' }, { id: 'B' }, { id: 'a' }, { id: '' }, { id: '' }] }],
  refused: [{ rows: [{ id: 'A' }, { id: 'B' }, { id: 'A' }] }],
};

const fewRepeats: FileRule = {
  ...id,
  id: 'id.repeats',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_duplicate',
  covers: ['F1:*file*'],
  source: specification,
  title: 'Too many rows repeat an id',
  advice:
    '{share} % of the rows have an id that stands further up already, and 5 % is the most that a file may have. Look whether the id is that of a product, where each variant is a row.',
  needs: ['id'],
  watch: (_judging, _known, memory) => {
    const ids = seenIds(memory);
    let repeats = 0;
    return {
      row: (cells, row) => {
        if ((ids.look(cells[0] as Cell, row) & Seen.same) !== 0) repeats++;
        return null;
      },
      end: ({ rows }) => {
        if (repeats <= rows * repeatShare) return [];
        // Upwards: 5.02 % are more than 5 %.
        return [brokenAt('id', { share: Math.ceil((repeats * 1_000) / rows) / 10 })];
      },
    };
  },
  accepted: [
    { rows: [{ id: 'A' }, { id: 'B' }, { id: 'a' }, { id: '' }, { id: '' }] },
    { rows: [...'ABCDEFGHIJKLMNOPQRSA'].map((value) => ({ id: value })) },
  ],
  refused: [{ rows: [...'ABCDEFGHIJKLMNOPQRA'].map((value) => ({ id: value })) }],
};

const uniqueByCase: FileRule = {
  ...id,
  id: 'id.case',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_duplicate',
  source: specification,
  title: 'An id differs from another by capitals alone',
  advice:
    '{first}SHOE-42 and shoe-42 are one product for many systems. Write ids of your own that differ in a letter or digit.',
  needs: ['id'],
  watch: (_judging, _known, memory) => {
    const ids = seenIds(memory);
    return {
      row: (cells, row) =>
        (ids.look(cells[0] as Cell, row) & Seen.otherCase) === 0 ? null : repeated('id', ids.otherRow),
      end: () => [],
    };
  },
  accepted: [{ rows: [{ id: 'A' }, { id: 'A' }, { id: 'B' }, { id: '1' }] }],
  refused: [{ rows: [{ id: 'shoe-1' }, { id: 'SHOE-1' }] }],
};

const kept: FileRule = {
  ...id,
  id: 'id.kept',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  source: specification,
  title: 'Many ids of the last accepted version are gone',
  advice:
    '{share} % of the {before} ids are not in this file. Products that are still sold keep their ids, or their history is lost.',
  needs: ['id'],
  watch: (_, { accepted }) => {
    if (accepted === undefined || accepted.ids.size === 0) return null;
    let found = 0;
    return {
      row: ([cell]) => {
        if (cell !== undefined && !cell.isEmpty && accepted.ids.has(cell.bytes, cell.start, cell.end)) found++;
        return null;
      },
      end: () => {
        const gone = accepted.ids.size - found;
        if (gone <= accepted.ids.size * 0.2) return [];
        return [brokenAt('id', { share: Math.round((gone / accepted.ids.size) * 100), before: accepted.ids.size })];
      },
    };
  },
  accepted: [
    { rows: [{ id: 'A' }], previousIds: ['A'] },
    { rows: [{ id: 'A' }] },
    { rows: ['A', 'B', 'C', 'D', 'X'].map((value) => ({ id: value })), previousIds: ['A', 'B', 'C', 'D', 'E'] },
  ],
  refused: [{ rows: [{ id: 'A' }, { id: 'C' }], previousIds: ['A', 'B'] }],
};

const countKept: FileRule = {
  id: 'rows.dropped',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers: ['F1:*file*'],
  source: goodPractice,
  title: 'Far fewer products than in the last accepted version',
  advice:
    'There were {before} and now there are {now}. Look whether the export stopped early; if it is right, ask your project manager to accept it.',
  columns: [],
  watch: (_, { accepted }) => {
    if (accepted === undefined) return null;
    return {
      row: () => null,
      end: ({ rows }): readonly Broken[] =>
        rows < accepted.rows * 0.7 ? [brokenAt(null, { before: accepted.rows, now: rows })] : [],
    };
  },
  accepted: [
    { rows: [{ id: 'A' }] },
    { rows: ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((value) => ({ id: value })), previousIds: [...'ABCDEFGHIJ'] },
  ],
  refused: [{ rows: [{ id: 'A' }], previousIds: ['A', 'B', 'C'] }],
};

export const idRules: readonly Rule[] = [
  missing,
  length,
  blanks,
  signs,
  unique,
  fewRepeats,
  uniqueByCase,
  kept,
  countKept,
];
