import { validate } from '../../../server/submissions/validation/engine.ts';
import { anyTable } from '../../../server/submissions/validation/rules/registry.ts';
import type {
  CellRule,
  FileRule,
  Options,
  Report,
  RowRule,
  Rule,
  RuleSet,
} from '../../../server/submissions/validation/types.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export type Bytes = string | Uint8Array;

export const bytesOf = (text: Bytes): Uint8Array => (typeof text === 'string' ? encoder.encode(text) : text);

/** The bytes in pieces of `size`, or of the sizes given, the last of them again and again. */
export async function* pieces(text: Bytes, size: number | readonly number[] = 1 << 20): AsyncGenerator<Uint8Array> {
  const bytes = bytesOf(text);
  const sizes = typeof size === 'number' ? [size] : size;
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const length = sizes[Math.min(index, sizes.length - 1)] ?? 1;
    // A copy: whoever kept a piece would see that it is gone.
    yield bytes.slice(at, at + length);
    at += Math.max(1, length);
  }
}

export const asOf = '2026-11-22T00:00:00Z';

export function check(text: Bytes, options: Partial<Options> = {}, size?: number | readonly number[]): Promise<Report> {
  return validate(lent(pieces(text, size)), { rules: anyTable, name: 'file.csv', asOf, ...options });
}

/** Each piece is written over when the next is asked for, as a file is read into the same memory again and again. */
export async function* lent(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    yield piece;
    piece.fill(0x22);
  }
}

export async function allOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part.slice());
  return parts.map((part) => decoder.decode(part, { stream: true })).join('');
}

/** `rule ×count` of everything found. */
export const found = (report: Report): string[] => report.findings.map(({ rule, count }) => `${rule} ×${count}`);

/** Where the first sample of a rule stands. */
export function firstOf(report: Report, rule: string) {
  const sample = report.findings.find((finding) => finding.rule === rule)?.samples[0];
  return sample && { row: sample.row, line: sample.line, column: sample.column, value: sample.value };
}

const head = {
  severity: 'ERROR',
  code: 'validation_invalid_value',
  covers: ['test'],
  source: { name: 'Test', url: null },
  title: 'Wrong',
  advice: 'Make it right: {value}.',
  accepted: [],
  refused: [],
} as const;

/** An `x` anywhere is wrong; it can be made a `y`, unless there is an `!`. */
export const noX: CellRule = {
  ...head,
  scope: 'CELL',
  id: 'name.x',
  columns: ['name'],
  check: (cell) => (cell.text().includes('x') ? { value: cell.text() } : null),
  fix: (text) => (text.includes('!') ? null : text.replaceAll('x', 'y')),
};

/** Blanks around it are a warning, and taken away. */
export const trimmed: CellRule = {
  ...head,
  scope: 'CELL',
  severity: 'WARNING',
  id: 'name.trim',
  columns: ['name'],
  onlyIf: 16,
  check: () => ({}),
  fix: (text) => text.trim(),
};

export const filled: CellRule = {
  ...head,
  scope: 'CELL',
  id: 'id.filled',
  columns: ['id'],
  isForEmpty: true,
  check: (cell) => (cell.isEmpty ? {} : null),
};

/** `to` must not be below `from`; it is made the same. */
export const order: RowRule = {
  ...head,
  scope: 'ROW',
  id: 'range.order',
  columns: ['from', 'to'],
  needs: ['from', 'to'],
  check: ([from, to]) =>
    Number(from?.text()) > Number(to?.text()) ? { column: 'to', params: { value: 'order' } } : null,
  fix: ([from]) => from ?? null,
};

export const unique: FileRule = {
  ...head,
  scope: 'FILE',
  id: 'id.unique',
  columns: ['id'],
  needs: ['id'],
  watch: () => {
    const seen = new Map<string, number>();
    return {
      row: ([cell], row) => {
        const before = seen.get(cell?.text() ?? '');
        if (before !== undefined) return { column: 'id', params: { value: before } };
        seen.set(cell?.text() ?? '', row);
        return null;
      },
      end: ({ rows }) => (rows > 5 ? [{ column: null, params: { value: rows } }] : []),
    };
  },
};

const column = (name: string, more: object = {}) => ({ name, synonyms: [], isRequired: false, ...more });

export function smallSet(
  rules: readonly Rule[] = [noX, trimmed, filled, order, unique],
  more: Partial<RuleSet> = {},
): RuleSet {
  return {
    key: 'small',
    name: 'Small',
    profiles: [],
    columns: [
      column('id', { isRequired: true }),
      column('name', { synonyms: ['title', 'product_name'] }),
      column('from'),
      column('to'),
      column('email', { isPersonal: true }),
    ],
    rules,
    idColumn: 'id',
    ...more,
  };
}
