import type { Place, Reader, RecordSink, Span } from '../readers.ts';
import type { Limits } from '../types.ts';
import { Buffer } from './buffer.ts';
import { breaksIn, hasAscii, latin1 } from './bytes.ts';
import type { Path } from './named.ts';
import { endOfName, type Fault, Read, XmlRecord } from './xmlRecord.ts';
import { type Shape, shapeOf } from './xmlShape.ts';
import { XmlSkip } from './xmlSkip.ts';
import { deepest } from './xmlTexts.ts';

/*
 * XML 1.0 without a DTD: no entities of the file's own, nothing fetched. Not well-formed ends the reading at that place, as
 * every reader of XML does; what came before is judged. Attributes, comments and instructions say nothing about a record.
 *
 *   HEAD      waits for the first 64 KB, by which the record's element is told
 *   OUTSIDE   between records: tags are kept track of, text is passed over
 *   PASS      in a comment, an instruction or a CDATA section outside of records
 *   SKIP      in a record over the limit, to its end
 */
type State = 'HEAD' | 'OUTSIDE' | 'PASS' | 'SKIP';

const headBytes = 64 * 1024;
const [lf, cr, blank, lt, gt] = [10, 13, 0x20, 0x3c, 0x3e];

export class XmlReader implements Reader {
  isStuck = false;
  readonly #sink: RecordSink;
  readonly #limits: Limits;
  readonly #recordElements: readonly string[];
  readonly #buffer = new Buffer();
  readonly #record: XmlRecord;
  readonly #columns = new Map<string, number>();
  readonly #place: Place = { row: 0, line: 1 };
  #state: State = 'HEAD';
  #shape: Shape | null = null;
  /** Names of the open elements above the records. */
  readonly #open: string[] = [];
  #hasRoot = false;
  /** What ends the part that is passed over. */
  #until = '';
  #skip = new XmlSkip();
  /** The tag that began a record last, up to the end of its name, and how many elements were open around it. */
  #recordTag: Uint8Array = new Uint8Array();
  #recordDepth = -1;
  #row = 0;
  #line = 1;
  #wasCr = false;
  /** In the decoded stream, where the current line begins. */
  #lineStart = 0;

  constructor(sink: RecordSink, limits: Limits, recordElements: readonly string[] = []) {
    this.#sink = sink;
    this.#limits = limits;
    this.#recordElements = recordElements;
    this.#record = new XmlRecord(limits.recordBytes, limits.columns * 2, (path) => this.#columnOf(path));
  }

  push(bytes: Uint8Array): void {
    if (this.isStuck || !this.#buffer.add(bytes)) return;
    if (this.#state === 'HEAD' && this.#buffer.to < headBytes) return;
    this.#run(false);
  }

  end(): void {
    if (this.isStuck) return;
    this.#run(true);
    if (this.isStuck) return;
    const last = this.#open.at(-1);
    if (this.#state !== 'OUTSIDE') this.#fail('XML-01', this.#buffer.to, 'the file ends inside a comment or a record');
    else if (last !== undefined) this.#fail('XML-01', this.#buffer.to, `<${last}> is never closed`);
    else if (!this.#hasRoot) this.#fail('XML-01', this.#buffer.to, 'there is no element in it');
  }

  stop(): void {
    if (!this.isStuck) this.#run(false);
  }

  /** Before the record's element is settled it is settled for this question alone, by what has come. */
  here(): Place {
    const { bytes, from, to } = this.#buffer;
    if (this.#state === 'HEAD') {
      const silent: RecordSink = { column: () => 0, record: () => undefined, problem: () => undefined };
      const trial = new XmlReader(silent, this.#limits, this.#recordElements);
      trial.push(bytes.subarray(from, to));
      trial.stop();
      return trial.here();
    }
    // What waits for more is read as far as it goes: the answer must not hang on how the bytes came.
    this.stop();
    return { row: this.#row + 1, line: this.#line + breaksIn(bytes, this.#buffer.from, to) };
  }

  spanOf(index: number): Span | null {
    return this.#record.texts.values.spanOf(index, this.#buffer.base);
  }

  #columnOf(path: Path): number {
    const name = path.fullName;
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const index = this.#sink.column(name);
    this.#columns.set(name, index);
    return index;
  }

  #run(isEnd: boolean): void {
    const buffer = this.#buffer;
    if (this.#state === 'HEAD') {
      this.#shape = shapeOf(
        buffer.bytes.subarray(buffer.from, Math.min(buffer.to, buffer.from + headBytes)),
        this.#recordElements,
      );
      this.#state = 'OUTSIDE';
    }
    while (!this.isStuck && buffer.from < buffer.to) {
      const { from } = buffer;
      const state: State = this.#state;
      if (state === 'PASS') this.#pass();
      else if (state === 'SKIP') this.#skipRecord(isEnd);
      else this.#outside(isEnd);
      if (buffer.from === from && this.#state === state) break;
    }
    buffer.wait();
  }

  /** Up to the next markup, and that. */
  #outside(isEnd: boolean): void {
    const { bytes, from, to } = this.#buffer;
    let at = from;
    let isText = false;
    for (; at < to && bytes[at] !== lt; at++) {
      isText = (bytes[at] as number) > blank && this.#open.length === 0;
      if (isText) break;
    }
    if (isText) {
      this.#fail('XML-01', at, 'text outside of the first element');
      return;
    }
    this.#consume(at);
    // The longest beginning has to be seen whole.
    if (at >= to || (to - at < 9 && !isEnd)) return;
    if (this.#isNextRecord(at)) this.#read(at, isEnd);
    else if (hasAscii(bytes, at, '<!--')) this.#passUntil('-->', at + 4);
    else if (hasAscii(bytes, at, '<?')) this.#passUntil('?>', at + 2);
    else if (this.#open.length > 0 && hasAscii(bytes, at, '<![CDATA[')) this.#passUntil(']]>', at + 9);
    else if (hasAscii(bytes, at, '<!DOCTYPE')) this.#fail('XML-02', at, 'a document type');
    else if (hasAscii(bytes, at, '<!')) this.#fail('XML-01', at, 'a declaration that does not belong here');
    else this.#tag(at, isEnd);
  }

  /** Mostly what follows a record is the next one, with the same tag. */
  #isNextRecord(at: number): boolean {
    const tag = this.#recordTag;
    const { bytes, to } = this.#buffer;
    const end = at + tag.length;
    if (this.#open.length !== this.#recordDepth || end >= to) return false;
    for (let index = 0; index < tag.length; index++) if (bytes[at + index] !== tag[index]) return false;
    return bytes[end] === gt || bytes[end] === blank;
  }

  #tag(at: number, isEnd: boolean): void {
    const { bytes } = this.#buffer;
    // A tag over the limit is one wherever the chunks are cut.
    const most = at + this.#limits.recordBytes;
    const to = Math.min(this.#buffer.to, most);
    const isClose = bytes[at + 1] === 0x2f;
    const nameStart = at + (isClose ? 2 : 1);
    const nameEnd = endOfName(bytes, nameStart, to);
    const isWhole = nameEnd < to;
    const name = isWhole ? latin1(bytes.subarray(nameStart, nameEnd)) : '';
    const isRecord = isWhole && !isClose && this.#isRecord(name);
    const end = isWhole && !isRecord ? endOfTag(bytes, nameEnd, to) : -1;
    if (isWhole && !/^[A-Za-z_:\x80-\xff]/.test(name)) this.#fail('XML-01', at, 'a < that begins no tag');
    else if (isRecord) {
      this.#recordTag = bytes.slice(at, nameEnd);
      this.#recordDepth = this.#open.length;
      this.#read(at, isEnd);
    } else if (end >= 0 && isClose) this.#close(at, name, end);
    else if (end >= 0) this.#openElement(at, name, end);
    else if (to === most) this.#fail('XML-01', at, 'a tag that does not end');
    else if (isEnd) this.#fail('XML-01', at, 'the file ends inside a tag');
  }

  #isRecord(name: string): boolean {
    if (this.#open.length === 0 || this.#shape === null) return false;
    const local = name.slice(name.lastIndexOf(':') + 1);
    return local === this.#shape.name && (this.#shape.depth === null || this.#shape.depth === this.#open.length);
  }

  #openElement(at: number, name: string, end: number): void {
    if (this.#open.length === 0 && this.#hasRoot) this.#fail('XML-01', at, 'a second element beside the first');
    else if (this.#open.length >= deepest) this.#fail('XML-04', at, 'depth');
    else {
      this.#hasRoot = true;
      if (this.#buffer.bytes[end - 2] !== 0x2f) this.#open.push(name);
      this.#consume(end);
    }
  }

  #close(at: number, name: string, end: number): void {
    const open = this.#open.pop();
    if (open === name) this.#consume(end);
    else this.#fail('XML-01', at, open === undefined ? `</${name}> closes nothing` : `<${open}> is not closed here`);
  }

  #passUntil(end: string, at: number): void {
    this.#consume(at);
    this.#until = end;
    this.#state = 'PASS';
  }

  #pass(): void {
    const { bytes, from, to } = this.#buffer;
    const until = this.#until;
    for (let at = from; at + until.length <= to; at++) {
      if (bytes[at] !== until.charCodeAt(0) || !hasAscii(bytes, at, until)) continue;
      this.#consume(at + until.length);
      this.#state = 'OUTSIDE';
      return;
    }
    this.#consume(Math.max(from, to - until.length + 1));
  }

  #read(at: number, isEnd: boolean): void {
    const buffer = this.#buffer;
    const record = this.#record;
    const most = at + this.#limits.recordBytes;
    const result = record.read(buffer.bytes, at, Math.min(buffer.to, most));
    if (result === Read.unfinished && buffer.to < most) {
      if (isEnd) this.#fail('XML-01', buffer.to, 'the file ends inside a record');
      return;
    }
    const place = this.#place;
    place.row = ++this.#row;
    place.line = this.#line;
    if (result === Read.broken) {
      this.#broken(record.fault as Fault);
      return;
    }
    if (result === Read.unfinished || record.texts.values.isTooLong) {
      this.#sink.problem('XML-05', { place, column: null, value: null }, { most: this.#limits.recordBytes });
      if (result === Read.unfinished) {
        this.#skip = new XmlSkip();
        this.#state = 'SKIP';
        return;
      }
    } else {
      for (const { rule, column, value } of record.texts.remarks)
        this.#sink.problem(rule, { place, column, value }, { line: place.line, value: value ?? '' });
      this.#sink.record(record.texts.values.cells, record.texts.values.cells.length, place);
    }
    this.#line += record.breaks;
    if (record.lastBreak >= 0) this.#lineStart = buffer.base + record.lastBreak + 1;
    buffer.from = record.end;
    this.#wasCr = false;
  }

  #broken({ rule, at, what }: Fault): void {
    const line = this.#line + this.#record.breaks;
    const { lastBreak } = this.#record;
    const lineStart = lastBreak >= 0 ? this.#buffer.base + lastBreak + 1 : this.#lineStart;
    this.#tell(rule, { row: this.#row, line }, this.#buffer.base + at - lineStart + 1, what);
  }

  #skipRecord(isEnd: boolean): void {
    const { bytes, from, to } = this.#buffer;
    this.#consume(this.#skip.skip(bytes, from, to, isEnd));
    if (this.#skip.isDone) this.#state = 'OUTSIDE';
  }

  /** Passes over bytes, and counts their lines. */
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
    this.#consume(at);
    const place = this.#row > 0 ? { row: this.#row, line: this.#line } : null;
    this.#tell(rule, place, this.#buffer.base + at - this.#lineStart + 1, what);
  }

  #tell(rule: string, place: Place | null, position: number, what: string): void {
    this.isStuck = true;
    const line = place?.line ?? this.#line;
    this.#sink.problem(rule, { place, column: null, value: null }, { line, position, what, most: deepest });
  }
}

/** Behind the `>` of a tag; -1: it is not there. A `>` in an attribute is none. */
function endOfTag(bytes: Uint8Array, from: number, to: number): number {
  let mark = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (mark !== 0) {
      if (byte === mark) mark = 0;
    } else if (byte === 0x22 || byte === 0x27) mark = byte;
    else if (byte === 0x3e) return at + 1;
  }
  return -1;
}
