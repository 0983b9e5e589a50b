import type { Learned, Place, Reader, RecordSink, Span } from '../readers.ts';
import type { Limits } from '../types.ts';
import { joined } from './bytes.ts';
import { DelimitedReader, type Dialect } from './delimited.ts';

/** Looked for in this order: the first of equals wins. */
const candidates = [',', ';', '\t', '|'] as const;

/** How much of a file its dialect is judged by. */
export const sniffedBytes = 64 * 1024;

const [quote, lf, cr] = [0x22, 10, 13];

/** How many fields the lines have under each candidate; only lines that end within the bytes count, unless it is all. */
function fieldCounts(bytes: Uint8Array, isAll: boolean): Map<string, number[]> {
  const counts = new Map<string, number[]>(candidates.map((candidate) => [candidate, []]));
  const seen = new Map<number, number>(candidates.map((candidate) => [candidate.charCodeAt(0), 0]));
  let isQuoted = false;
  let isEmpty = true;
  const closeLine = () => {
    for (const candidate of candidates) {
      const code = candidate.charCodeAt(0);
      if (!isEmpty) counts.get(candidate)?.push((seen.get(code) ?? 0) + 1);
      seen.set(code, 0);
    }
    isEmpty = true;
  };
  let isFieldStart = true;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (isQuoted) {
      if (byte === quote) isQuoted = false;
      continue;
    }
    if (byte === lf || byte === cr) {
      closeLine();
      isFieldStart = true;
      continue;
    }
    isEmpty = false;
    const count = seen.get(byte);
    // A quote opens at the start of a field, and again behind the one that closed it (doubled); inches open nothing.
    if (byte === quote && (isFieldStart || bytes[at - 1] === quote)) isQuoted = true;
    else if (count !== undefined) seen.set(byte, count + 1);
    isFieldStart = count !== undefined;
  }
  if (isAll || counts.get(',')?.length === 0) closeLine();
  return counts;
}

/** The share of lines that have as many fields as the first; 0 where the first has but one. */
function consistency(counts: readonly number[]): number {
  const [header = 1] = counts;
  if (header < 2) return 0;
  return counts.filter((count) => count === header).length / counts.length;
}

/**
 * The delimiter of delimited text by its first bytes: the candidate under which most lines have the header's number of
 * fields; between equals the one that parts more. `isAll`: the bytes are the whole file. Excel's own first line `sep=;`
 * says it outright.
 */
export function sniffDialect(bytes: Uint8Array, isAll: boolean): Dialect {
  const said = separatorLine(bytes);
  if (said !== null) return { delimiter: said, isDeclared: true };
  let best: string = ',';
  let bestScore = 0;
  let bestFields = 1;
  for (const [candidate, counts] of fieldCounts(bytes, isAll)) {
    const score = consistency(counts);
    const fields = counts[0] ?? 1;
    // A twentieth: one odd line does not decide between a delimiter of 20 fields and one of 2.
    if (score > bestScore + 0.05 || (score > bestScore - 0.05 && fields > bestFields)) {
      best = candidate;
      bestScore = score;
      bestFields = fields;
    }
  }
  return { delimiter: best, isDeclared: false };
}

/** The delimiter that a first line `sep=X` names; null without one. */
export function separatorLine(bytes: Uint8Array): string | null {
  const line = String.fromCharCode(...bytes.subarray(0, 10));
  const match = /^"?sep=([,;\t|])"?[\r\n]/i.exec(line);
  return match?.[1] ?? null;
}

const named: Readonly<Record<string, string>> = { ';': 'semicolons', '\t': 'tabs', '|': 'bars (|)', ',': 'commas' };

/** Delimited text whose delimiter is found out first, by the same bytes however they came; the delimiter is said. */
export class SniffedReader implements Reader {
  readonly #sink: RecordSink;
  readonly #limits: Limits;
  readonly #learned: Learned;
  readonly #declared: string | undefined;
  #head: Uint8Array = new Uint8Array();
  #reader: DelimitedReader | null = null;

  constructor(sink: RecordSink, declared: string | undefined, limits: Limits, learned: Learned) {
    this.#sink = sink;
    this.#declared = declared;
    this.#limits = limits;
    this.#learned = learned;
  }

  get isStuck(): boolean {
    return this.#reader?.isStuck ?? false;
  }

  push(bytes: Uint8Array): void {
    if (this.#reader) {
      this.#reader.push(bytes);
      return;
    }
    const head = joined(this.#head, bytes);
    this.#head = head === bytes ? bytes.slice() : head;
    if (head.length >= sniffedBytes) this.#open(false);
  }

  end(): void {
    this.#opened(true).end();
  }

  stop(): void {
    this.#opened(false).stop();
  }

  /** Before the dialect is settled it is settled for this question alone, by what has come. */
  here(): Place {
    if (this.#reader) return this.#reader.here();
    const silent: RecordSink = { column: () => 0, record: () => undefined, problem: () => undefined };
    const dialect =
      this.#declared === undefined ? sniffDialect(this.#head, false) : { delimiter: this.#declared, isDeclared: true };
    const skips = separatorLine(this.#head) !== null;
    const trial = new DelimitedReader(silent, dialect, this.#limits, { ...this.#learned }, skips);
    trial.push(this.#head);
    return trial.here();
  }

  spanOf(index: number): Span | null {
    return this.#reader?.spanOf(index) ?? null;
  }

  #opened(isAll: boolean): DelimitedReader {
    return this.#reader ?? this.#open(isAll);
  }

  #open(isAll: boolean): DelimitedReader {
    const head = this.#head.subarray(0, sniffedBytes);
    const said = separatorLine(head);
    const dialect =
      this.#declared === undefined
        ? sniffDialect(head, isAll && head.length === this.#head.length)
        : { delimiter: this.#declared, isDeclared: true };
    this.#learned.dialect = { ...dialect, quote: '"', lineEnd: 'LF' };
    const reader = new DelimitedReader(this.#sink, dialect, this.#limits, this.#learned, said !== null);
    this.#reader = reader;
    if (dialect.delimiter !== ',' && !dialect.isDeclared)
      this.#sink.problem(
        'CSV-03',
        { place: null, column: null, value: null },
        { delimiter: named[dialect.delimiter] ?? dialect.delimiter },
      );
    const all = this.#head;
    this.#head = new Uint8Array();
    if (all.length > 0) reader.push(all);
    return reader;
  }
}
