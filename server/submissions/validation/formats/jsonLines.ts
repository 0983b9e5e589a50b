import type { Place, Reader, RecordSink, Span } from '../readers.ts';
import type { Limits } from '../types.ts';
import { Buffer } from './buffer.ts';
import { columnsOf, isBlank, tellRemarks } from './json.ts';
import { JsonRecord } from './jsonRecord.ts';

const [lf, cr, openObject] = [10, 13, 0x7b];

/** An object on every line. A line that is broken is an error of its own, and the next one is read. */
export class JsonLinesReader implements Reader {
  isStuck = false;
  readonly #sink: RecordSink;
  readonly #limits: Limits;
  readonly #buffer = new Buffer();
  readonly #record: JsonRecord;
  readonly #place: Place = { row: 0, line: 1 };
  /** How much of what is buffered holds no line end. */
  #searched = 0;
  /** In a line over the limit, to its end. */
  #isSkipping = false;
  #row = 0;
  #line = 1;

  constructor(sink: RecordSink, limits: Limits) {
    this.#sink = sink;
    this.#limits = limits;
    this.#record = new JsonRecord(limits.recordBytes, limits.columns, columnsOf(sink));
  }

  push(bytes: Uint8Array): void {
    if (this.isStuck) return;
    this.#buffer.add(bytes);
    this.#run();
  }

  end(): void {
    if (this.isStuck) return;
    this.#run();
    const { from, to } = this.#buffer;
    if (!this.isStuck && !this.#isSkipping && to > from) this.#lineOf(from, to);
    this.#buffer.from = to;
  }

  stop(): void {
    // Lines that are whole have been given.
  }

  here(): Place {
    return { row: this.#row + 1, line: this.#line };
  }

  spanOf(index: number): Span | null {
    return this.#record.values.spanOf(index, this.#buffer.base);
  }

  #run(): void {
    const buffer = this.#buffer;
    while (!this.isStuck && buffer.from < buffer.to) {
      const { bytes, from, to } = buffer;
      const found = bytes.indexOf(lf, from + this.#searched);
      const end = found < 0 || found >= to ? -1 : found;
      if (this.#isSkipping) {
        buffer.from = end < 0 ? to : end + 1;
        if (end < 0) break;
        this.#isSkipping = false;
        this.#line++;
        continue;
      }
      if ((end < 0 ? to : end) - from > this.#limits.recordBytes) {
        this.#tell('JSON-03', { most: this.#limits.recordBytes });
        this.#isSkipping = true;
        this.#searched = 0;
        continue;
      }
      if (end < 0) {
        this.#searched = to - from;
        return;
      }
      this.#searched = 0;
      this.#lineOf(from, end);
      buffer.from = end + 1;
      this.#line++;
    }
    this.#searched = 0;
  }

  /** The records of one line: one, or, where lone CRs end the lines, several. */
  #lineOf(from: number, to: number): void {
    const { bytes } = this.#buffer;
    let at = from;
    let isNext = true;
    for (;;) {
      for (; at < to && isBlank(bytes[at] as number); at++)
        if (bytes[at] === cr && at + 1 < to) {
          this.#line++;
          isNext = true;
        }
      if (at >= to || this.isStuck) return;
      if (!isNext) {
        this.#tell('JSON-02', { position: at - from + 1, what: 'something behind the object' });
        return;
      }
      const end = this.#recordOf(from, at, to);
      if (end < 0) return;
      at = end;
      isNext = false;
    }
  }

  #recordOf(lineStart: number, at: number, to: number): number {
    const { bytes } = this.#buffer;
    if (bytes[at] !== openObject) {
      this.#tell('JSON-04', {});
      return -1;
    }
    const record = this.#record;
    const outcome = record.read(bytes, at, to);
    if (outcome === 'WHOLE' && !record.values.isTooLong) {
      const place = this.#begin();
      tellRemarks(record, this.#sink, place);
      this.#sink.record(record.values.cells, record.values.cells.length, place);
      this.#line += record.breaks;
      return record.end;
    }
    if (outcome === 'UNFINISHED')
      this.#tell('JSON-02', { position: to - lineStart + 1, what: 'the line ends inside the object' });
    else if (outcome === 'WHOLE') this.#tell('JSON-03', { most: this.#limits.recordBytes });
    else if (record.rule === 'JSON-01')
      this.#tell('JSON-02', { position: record.faultAt - lineStart + 1, what: record.what });
    else this.#tell(record.rule, { most: this.#limits.columns, line: this.#line, position: 1, what: record.what });
    this.isStuck = outcome === 'BROKEN' && record.rule === 'JSON-07';
    return -1;
  }

  #begin(): Place {
    this.#place.row = ++this.#row;
    this.#place.line = this.#line;
    return this.#place;
  }

  #tell(rule: string, params: Record<string, string | number>): void {
    this.#sink.problem(rule, { place: this.#begin(), column: null, value: null }, params);
  }
}
