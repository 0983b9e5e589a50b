import type { Place, Reader, RecordSink, Span } from '../readers.ts';
import type { Limits } from '../types.ts';
import { Buffer } from './buffer.ts';
import { breaksIn } from './bytes.ts';
import { JsonRecord } from './jsonRecord.ts';
import { JsonSkip } from './jsonSkip.ts';
import type { Path } from './named.ts';

/*
 * RFC 8259: an array of objects, or the first such array inside an object (`{"products": [...]}`, `{"data": {"items":
 * [...]}}`). Broken JSON ends the reading at that place; what came before is judged.
 *
 *   OUTSIDE   around the list: what is no list of objects is passed over
 *   LIST      between the list's elements
 *   SKIP      in a value that is passed over, or in a record over the limit
 */
type State = 'OUTSIDE' | 'LIST' | 'SKIP';

/** What may come next outside of the list. */
type Expects = 'VALUE' | 'KEY' | 'COLON' | 'MORE' | 'NOTHING';

const [lf, cr, quote, comma, colon] = [10, 13, 0x22, 0x2c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
/** How deep the list of records may stand. */
const deepestList = 2;

export class JsonReader implements Reader {
  isStuck = false;
  readonly #sink: RecordSink;
  readonly #limits: Limits;
  readonly #buffer = new Buffer();
  readonly #record: JsonRecord;
  readonly #place: Place = { row: 0, line: 1 };
  #state: State = 'OUTSIDE';
  #expects: Expects = 'VALUE';
  /** Objects around the list. */
  #depth = 0;
  #hasList = false;
  /** In the list: an element may stand here; a comma or the end must. */
  #isBetween = false;
  #isFirst = true;
  #skip = new JsonSkip();
  #after: State = 'OUTSIDE';
  #row = 0;
  #line = 1;
  #wasCr = false;
  #lineStart = 0;

  constructor(sink: RecordSink, limits: Limits) {
    this.#sink = sink;
    this.#limits = limits;
    this.#record = new JsonRecord(limits.recordBytes, limits.columns, columnsOf(sink));
  }

  push(bytes: Uint8Array): void {
    if (!this.isStuck && this.#buffer.add(bytes)) this.#run(false);
  }

  end(): void {
    if (this.isStuck) return;
    this.#run(true);
    if (this.isStuck) return;
    if (this.#expects !== 'NOTHING' || this.#state !== 'OUTSIDE')
      this.#fail('JSON-01', this.#buffer.to, 'the file ends before the JSON does');
    else if (!this.#hasList) this.#fail('JSON-05', 0, 'no list');
  }

  stop(): void {
    if (!this.isStuck) this.#run(false);
  }

  here(): Place {
    // What waits for more is read as far as it goes: the answer must not hang on how the bytes came.
    this.stop();
    const { bytes, from, to } = this.#buffer;
    return { row: this.#row + 1, line: this.#line + breaksIn(bytes, from, to) };
  }

  spanOf(index: number): Span | null {
    return this.#record.values.spanOf(index, this.#buffer.base);
  }

  #run(isEnd: boolean): void {
    const buffer = this.#buffer;
    while (!this.isStuck) {
      if (this.#state !== 'SKIP') this.#blanks();
      if (buffer.from >= buffer.to) break;
      const { from } = buffer;
      const state = this.#state;
      if (state === 'SKIP') this.#passOver();
      else if (state === 'LIST') this.#element(isEnd);
      else this.#outside();
      if (buffer.from === from && this.#state === state) break;
    }
    buffer.wait();
  }

  #blanks(): void {
    const { bytes, from, to } = this.#buffer;
    let at = from;
    while (at < to && isBlank(bytes[at] as number)) at++;
    this.#consume(at);
  }

  #outside(): void {
    const { bytes, from } = this.#buffer;
    const byte = bytes[from] as number;
    const expects = this.#expects;
    if (expects === 'NOTHING') this.#fail('JSON-01', from, 'something behind the end');
    else if (expects === 'COLON') {
      if (byte === colon) this.#next(from, 'VALUE');
      else this.#fail('JSON-01', from, 'a name without a colon');
    } else if (expects === 'MORE' || (expects === 'KEY' && byte === closeObject)) this.#more(from, byte);
    else if (expects === 'KEY') {
      if (byte === quote) this.#passValue('COLON');
      else this.#fail('JSON-01', from, 'a name in quotes is missing');
    } else if (byte === openObject && this.#depth < deepestList) {
      this.#depth++;
      this.#next(from, 'KEY');
    } else if (byte === openList && !this.#hasList) this.#openList(from);
    else this.#passValue(this.#depth > 0 ? 'MORE' : 'NOTHING');
  }

  #more(from: number, byte: number): void {
    if (byte === comma && this.#expects === 'MORE') this.#next(from, 'KEY');
    else if (byte === closeObject) {
      this.#depth--;
      this.#next(from, this.#depth > 0 ? 'MORE' : 'NOTHING');
    } else this.#fail('JSON-01', from, 'a comma or a closing brace is missing');
  }

  /** A list is the one if its first element is an object, or if it is all that the file holds. */
  #openList(from: number): void {
    const { bytes, to } = this.#buffer;
    let at = from + 1;
    while (at < to && isBlank(bytes[at] as number)) at++;
    if (at >= to && this.#depth > 0) return;
    if (this.#depth > 0 && bytes[at] !== openObject) {
      this.#passValue('MORE');
      return;
    }
    this.#consume(from + 1);
    this.#hasList = true;
    this.#state = 'LIST';
    this.#isFirst = true;
    this.#isBetween = false;
  }

  #element(isEnd: boolean): void {
    const { bytes, from } = this.#buffer;
    const byte = bytes[from] as number;
    if (byte === closeList && (this.#isBetween || this.#isFirst)) {
      this.#state = 'OUTSIDE';
      this.#next(from, this.#depth > 0 ? 'MORE' : 'NOTHING');
    } else if (this.#isBetween) {
      if (byte !== comma) {
        this.#fail('JSON-01', from, 'a comma between two records is missing');
        return;
      }
      this.#consume(from + 1);
      this.#isBetween = false;
      this.#isFirst = false;
    } else if (byte === openObject) this.#read(from, isEnd);
    else {
      this.#sink.problem('JSON-04', { place: this.#begin(), column: null, value: null }, {});
      this.#passElement();
    }
  }

  #begin(): Place {
    this.#place.row = ++this.#row;
    this.#place.line = this.#line;
    return this.#place;
  }

  #read(at: number, isEnd: boolean): void {
    const buffer = this.#buffer;
    const record = this.#record;
    const most = at + this.#limits.recordBytes;
    const result = record.read(buffer.bytes, at, Math.min(buffer.to, most));
    if (result === 'UNFINISHED' && buffer.to < most) {
      if (isEnd) this.#fail('JSON-01', buffer.to, 'the file ends inside a record');
      return;
    }
    const place = this.#begin();
    if (result === 'BROKEN' && record.isFatal) {
      this.#fail(record.rule, record.faultAt, record.what);
      return;
    }
    if (result === 'WHOLE' && !record.values.isTooLong) {
      tellRemarks(record, this.#sink, place);
      this.#sink.record(record.values.cells, record.values.cells.length, place);
      this.#line += record.breaks;
      if (record.lastBreak >= 0) this.#lineStart = buffer.base + record.lastBreak + 1;
      this.#wasCr = false;
      buffer.from = record.end;
      this.#isBetween = true;
      return;
    }
    const rule = result === 'BROKEN' ? record.rule : 'JSON-03';
    this.#sink.problem(rule, { place, column: null, value: null }, { most: this.#limits.recordBytes });
    this.#passElement();
  }

  #passElement(): void {
    this.#isBetween = true;
    this.#skip = new JsonSkip();
    this.#state = 'SKIP';
    this.#after = 'LIST';
  }

  #passValue(then: Expects): void {
    this.#expects = then;
    this.#skip = new JsonSkip();
    this.#state = 'SKIP';
    this.#after = 'OUTSIDE';
  }

  #passOver(): void {
    const { bytes, from, to } = this.#buffer;
    const at = this.#skip.skip(bytes, from, to);
    this.#consume(at);
    if (this.#skip.isNothing) this.#fail('JSON-01', at, 'a value is missing');
    else if (this.#skip.isDone) this.#state = this.#after;
  }

  #next(from: number, expects: Expects): void {
    this.#consume(from + 1);
    this.#expects = expects;
  }

  #consume(to: number): void {
    const buffer = this.#buffer;
    const { bytes, base } = buffer;
    for (let at = buffer.from; at < to; at++) {
      const byte = bytes[at] as number;
      if (byte === lf) {
        if (!this.#wasCr) this.#line++;
        this.#lineStart = base + at + 1;
      } else if (byte === cr) {
        this.#line++;
        this.#lineStart = base + at + 1;
      }
      this.#wasCr = byte === cr;
    }
    buffer.from = to;
  }

  #fail(rule: string, at: number, what: string): void {
    if (at > this.#buffer.from) this.#consume(at);
    this.isStuck = true;
    const place = this.#row > 0 ? { row: this.#row, line: this.#line } : null;
    const position = this.#buffer.base + this.#buffer.from - this.#lineStart + 1;
    this.#sink.problem(rule, { place, column: null, value: null }, { line: this.#line, position, what });
  }
}

export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === lf || byte === cr || byte === 9;
}

/** A path's column, known to the sink from the first value on. */
export function columnsOf(sink: RecordSink): (path: Path) => number {
  const columns = new Map<string, number>();
  return (path) => {
    const name = path.fullName;
    const index = columns.get(name) ?? sink.column(name);
    columns.set(name, index);
    return index;
  };
}

export function tellRemarks(record: JsonRecord, sink: RecordSink, place: Place): void {
  for (const column of record.repeated) sink.problem('JSON-06', { place, column, value: null }, { column });
}
