import type { Cell } from '../../../server/submissions/validation/cell.ts';
import { flagsOf, Has } from '../../../server/submissions/validation/cell.ts';
import { decode } from '../../../server/submissions/validation/formats/stages.ts';
import { Unreadable } from '../../../server/submissions/validation/formats/unreadable.ts';
import { productLimits } from '../../../server/submissions/validation/limits.ts';
import type { Learned, Reader, RecordSink, Span } from '../../../server/submissions/validation/readers.ts';
import type { Limits, Params } from '../../../server/submissions/validation/types.ts';

/** What a reader made of a file. */
export type ReadOut = {
  columns: string[];
  rows: { row: number; line: number; values: Record<string, string> }[];
  problems: { rule: string; row: number | null; line: number | null; column: string | null; params: Params }[];
  isStuck: boolean;
};

/** Pieces of the given sizes; the last one repeats. */
export function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let index = 0;
  for (let at = 0; at < bytes.length; ) {
    const size = Math.max(sizes[Math.min(index++, sizes.length - 1)] ?? 1, 1);
    yield bytes.slice(at, at + size);
    at += size;
  }
}

const edges = Has.quoted;

/** Reads with the reader, and checks what holds of every record: flags are true, and what has a span can be found there. */
export function readWith(
  make: (sink: RecordSink, limits: Limits) => Reader,
  input: string | Uint8Array,
  sizes: readonly number[] = [65_536],
  limits: Partial<Limits> = {},
  onSpan?: (name: string, value: string, span: Span) => void,
): ReadOut {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const out: ReadOut = { columns: [], rows: [], problems: [], isStuck: false };
  const sink: RecordSink = {
    column: (name) => out.columns.push(name) - 1,
    record: (cells: readonly Cell[], count, place) => {
      const values: Record<string, string> = {};
      for (let index = 0; index < count; index++) {
        const cell = cells[index] as Cell;
        const name = out.columns[index] as string;
        if (cell.isEmpty) continue;
        if ((cell.flags & ~edges) !== flagsOf(cell.bytes, cell.start, cell.end))
          throw new Error(`flags of ${name} ${cell.flags} ${flagsOf(cell.bytes, cell.start, cell.end)} ${cell.text()}`);
        Object.defineProperty(values, name, { value: cell.text(), enumerable: true });
        const span = reader.spanOf(index);
        if (span) onSpan?.(name, cell.text(), span);
      }
      out.rows.push({ ...place, values });
    },
    problem: (rule, { place, column }, params) =>
      out.problems.push({ rule, row: place?.row ?? null, line: place?.line ?? null, column, params }),
  };
  const reader = make(sink, { ...productLimits, ...limits });
  for (const piece of cut(bytes, sizes)) reader.push(piece);
  reader.end();
  out.isStuck = reader.isStuck ?? false;
  return out;
}

/** What the encoding stage makes of bytes. */
export async function decoded(
  bytes: Uint8Array,
  sizes: readonly number[] = [65_536],
  options: { encoding?: string; isUtf8?: (bytes: Uint8Array) => boolean; name?: string } = {},
): Promise<{
  text: string;
  rules: string[];
  params: Params[];
  encoding: string;
  hasBom: boolean;
  format: string;
  refused: string | null;
}> {
  const learned: Learned = { compression: 'NONE', format: 'UNKNOWN', encoding: 'UTF-8', hasBom: false, dialect: null };
  const rules: string[] = [];
  const params: Params[] = [];
  const out: Uint8Array[] = [];
  let refused: string | null = null;
  const stage = decode(
    (async function* () {
      yield* cut(bytes, sizes);
    })(),
    {
      learned,
      problem: (rule, _, found) => {
        rules.push(rule);
        params.push(found);
      },
      stuck: () => undefined,
      options: {
        rules: { key: '', name: '', profiles: [], columns: [], rules: [], idColumn: null },
        name: options.name ?? 'feed',
        asOf: '2026-11-22T00:00:00Z',
        encoding: options.encoding,
        isUtf8: options.isUtf8,
      },
      limits: productLimits,
    },
  );
  try {
    for await (const piece of stage) out.push(piece.slice());
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    refused = error.rule;
    params.push(error.params);
  }
  const { encoding, hasBom, format } = learned;
  // Strict: what comes out is UTF-8, whatever went in.
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(out));
  return { text, rules, params, encoding, hasBom, format, refused };
}
