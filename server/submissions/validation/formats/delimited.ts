import { Cell, Has } from '../cell.ts';
import type { Learned, Place, Reader, RecordSink, Span } from '../readers.ts';
import type { Limits } from '../types.ts';
import { Carry } from './carry.ts';
import { blanks, classesOf, endsOf, looksAtEnds, published, special } from './classes.ts';
import { tellHeader } from './headerNames.ts';
import { behindLineEnd, fieldsOfLine, LineEnds, lineEndFrom, linesIn } from './lineEnds.ts';
import { Unquoting } from './unquoting.ts';

/*
 * RFC 4180 on bytes, in one pass: every byte is looked up in a table of 256 classes, which says at once what the cell
 * holds (`Has`) and whether the byte is one that parts things. Records are read where they lie; only one that a chunk cuts
 * is copied. What is wrong never ends the reading:
 *
 *   a quote inside quotes that is not doubled      the row is an error, the quote is taken as it stands
 *   a quote that never closes                      given up at the record limit; goes on at the line behind the one where it opened
 *   a record over the limit                        the row is an error; goes on at the next line end
 *   too few or too many fields                     the row is an error
 *
 * The state between two pushes is the unfinished record alone, read again from its start when more of it has come: so
 * where the chunks are cut can change nothing.
 */

export type Dialect = { delimiter: string; isDeclared: boolean };

const [tab, lf, cr, blank, quote] = [9, 10, 13, 0x20, 0x22];

/** How much may be read a second time behind quotes that never close: a file of nothing else must not cost its square. */
const rereadBytes = 16 * 1024 * 1024;

export class DelimitedReader implements Reader {
  readonly #sink: RecordSink;
  readonly #limits: Limits;
  readonly #learned: Learned;
  readonly #dialect: Dialect;
  readonly #delimiter: number;
  readonly #classes: Uint16Array;
  readonly #quotedClasses = classesOf([quote, lf, cr]);
  readonly #cells: Cell[] = [];
  readonly #place: Place = { row: 0, line: 1 };
  isStuck = false;

  readonly #carry = new Carry((bytes, from, to, until, isLast, base) => {
    this.#base = base;
    return this.#read(bytes, from, to, until, isLast);
  });
  /** In the decoded stream, of index 0 of the bytes that are being read. */
  #base = 0;
  readonly #unquoting = new Unquoting();

  #line = 1;
  #row = 0;
  /** Fields of the record that is being given. */
  #count = 0;
  #width = -1;
  #headers: string[] = [];
  #isSkipping: boolean;
  #reread = 0;
  readonly #lineEnds = new LineEnds();
  #mixedAt: Place | null = null;

  /** `skipsFirstLine`: it is Excel's `sep=;` and no header. */
  constructor(sink: RecordSink, dialect: Dialect, limits: Limits, learned: Learned, skipsFirstLine = false) {
    this.#sink = sink;
    this.#dialect = dialect;
    this.#limits = limits;
    this.#learned = learned;
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#classes = classesOf([this.#delimiter, quote, lf, cr]);
    this.#isSkipping = skipsFirstLine;
  }

  push(bytes: Uint8Array): void {
    if (!this.isStuck) this.#carry.push(bytes);
  }

  end(): void {
    if (!this.isStuck) this.#carry.end();
    const { lf: lfs, crlf, cr: crs, kind } = this.#lineEnds;
    this.#learned.dialect = { ...this.#dialect, quote: '"', lineEnd: kind };
    if (!this.#mixedAt) return;
    const at = { place: this.#mixedAt, column: null, value: null };
    this.#sink.problem('CSV-02.line-ends', at, { lf: lfs, crlf, cr: crs });
  }

  here(): Place {
    // What waits to be read again is read now: the answer must not hang on how the bytes came.
    if (!this.isStuck) this.#carry.settle();
    const rest = this.#carry.rest();
    return { row: this.#width < 0 ? 0 : this.#row + 1, line: this.#line + linesIn(rest, 0, rest.length) };
  }

  stop(): void {
    if (!this.isStuck) this.#carry.settle();
  }

  spanOf(index: number): Span | null {
    const unquoted = this.#unquoting.spanOf(index);
    if (unquoted) return { start: this.#base + unquoted.start, end: this.#base + unquoted.end, writing: 'DELIMITED' };
    const cell = this.#cells[index];
    if (!cell || index >= this.#count) return null;
    const quotes = cell.flags & Has.quoted ? 1 : 0;
    return { start: this.#base + cell.start - quotes, end: this.#base + cell.end + quotes, writing: 'DELIMITED' };
  }

  /**
   * Reads the records that begin before `until` and end before `to`. Answers where the first unfinished one begins. With
   * `isLast` nothing is unfinished: the end of the bytes ends the record.
   */
  #read(bytes: Uint8Array, from: number, to: number, until: number, isLast: boolean): number {
    const classes = this.#classes;
    const quotedClasses = this.#quotedClasses;
    const delimiter = this.#delimiter;
    const most = this.#limits.recordBytes + 2;
    const mostCells = this.#limits.columns + 1;
    const cells = this.#cells;
    let at = from;

    while (at < until && !this.isStuck) {
      if (this.#isSkipping) {
        at = this.#skip(bytes, at, to, isLast);
        if (this.#isSkipping) return at;
        continue;
      }
      const begin = at;
      const isFull = to - begin >= most;
      const stop = isFull ? begin + most : to;
      let count = 0;
      let breaks = 0;
      let misplaced = -1;
      let misplacedAt = 0;
      let misplacedBreaks = 0;
      let spaced = -1;
      let bare = -1;
      this.#unquoting.clear();

      record: for (;;) {
        let start = at;
        let end = at;
        let flags = 0;
        for (;;) {
          let bits = 0;
          while (at + 4 <= stop) {
            bits =
              (classes[bytes[at] as number] as number) |
              (classes[bytes[at + 1] as number] as number) |
              (classes[bytes[at + 2] as number] as number) |
              (classes[bytes[at + 3] as number] as number);
            if (bits >= special) break;
            flags |= bits;
            at += 4;
          }
          while (at < stop) {
            bits = classes[bytes[at] as number] as number;
            if (bits >= special) break;
            flags |= bits;
            at++;
          }
          end = at;
          if (at >= stop || bytes[at] !== quote) break;
          if ((flags & ~blanks) !== 0) {
            // Inches: 5" pipe.
            if (bare < 0) bare = count;
            at++;
            continue;
          }
          // In quotes; blanks before them are tolerated and told.
          if (at > start && spaced < 0) spaced = count;
          const open = at;
          const openBreaks = breaks;
          let doubled = 0;
          at++;
          start = at;
          flags = Has.quoted;
          for (;;) {
            while (at + 4 <= stop) {
              bits =
                (quotedClasses[bytes[at] as number] as number) |
                (quotedClasses[bytes[at + 1] as number] as number) |
                (quotedClasses[bytes[at + 2] as number] as number) |
                (quotedClasses[bytes[at + 3] as number] as number);
              if (bits >= special) break;
              flags |= bits;
              at += 4;
            }
            while (at < stop) {
              bits = quotedClasses[bytes[at] as number] as number;
              if (bits >= special) break;
              flags |= bits;
              at++;
            }
            if (at >= stop) {
              if (!isFull && !isLast) return begin;
              at = this.#giveUp(bytes, begin, open, stop, to, openBreaks, isLast, 'CSV-02.unclosed', count);
              break record;
            }
            const byte = bytes[at] as number;
            if (byte !== quote) {
              if (byte === cr || at === start || bytes[at - 1] !== cr) breaks++;
              flags |= Has.lineBreakOrTab;
              at++;
              continue;
            }
            if (at + 1 < stop && bytes[at + 1] === quote) {
              doubled++;
              at += 2;
              continue;
            }
            let after = at + 1;
            while (after < stop && (bytes[after] === blank || (bytes[after] === tab && delimiter !== tab))) after++;
            if (after >= stop && !isFull && !isLast) return begin;
            const next = after < stop ? (bytes[after] as number) : lf;
            if (next !== delimiter && next !== lf && next !== cr) {
              if (misplaced < 0) {
                misplaced = count;
                misplacedAt = at;
                misplacedBreaks = breaks;
              }
              at++;
              continue;
            }
            if (after > at + 1 && spaced < 0) spaced = count;
            end = at;
            at = after;
            break;
          }
          if (doubled > 0) {
            if (count < mostCells) this.#unquoting.put(this.#cellAt(count), count, bytes, open, start, end, flags);
            start = -1;
          }
          break;
        }
        if (start >= 0 && count < mostCells) {
          if ((flags & looksAtEnds) !== 0) flags = (flags & published) | endsOf(bytes, start, end);
          const cell = count < cells.length ? (cells[count] as Cell) : this.#cellAt(count);
          cell.set(bytes, start, end, flags);
        }
        count++;

        if (at >= stop) {
          if (isFull) {
            at = this.#tooLong(stop, breaks);
            break;
          }
          if (!isLast) return begin;
          this.#finish(bytes, count, breaks, misplaced, spaced, bare, 0);
          break;
        }
        const byte = bytes[at] as number;
        if (byte === delimiter) {
          at++;
          continue;
        }
        if (byte === cr && at + 1 >= to && !isLast) return begin;
        const isPair = byte === cr && at + 1 < to && bytes[at + 1] === lf;
        at += isPair ? 2 : 1;
        if (
          misplaced >= 0 &&
          breaks > misplacedBreaks &&
          (count !== this.#width || misplaced + fieldsOfLine(bytes, misplacedAt, at, delimiter) === this.#width)
        ) {
          // It has swallowed lines that are rows of their own.
          at = this.#giveUp(bytes, begin, misplacedAt, at, to, misplacedBreaks, isLast, 'CSV-02.quote', misplaced);
          break;
        }
        if (isPair) this.#lineEnds.crlf++;
        else if (byte === cr) this.#lineEnds.cr++;
        else this.#lineEnds.lf++;
        this.#finish(bytes, count, breaks, misplaced, spaced, bare, 1);
        break;
      }
    }
    return at;
  }

  #cellAt(index: number): Cell {
    for (let at = this.#cells.length; at <= index; at++) this.#cells.push(new Cell());
    return this.#cells[index] as Cell;
  }

  /** A record is read to its end: the header, a blank line, or a row. */
  #finish(
    bytes: Uint8Array,
    count: number,
    breaks: number,
    misplaced: number,
    spaced: number,
    bare: number,
    ends: number,
  ): void {
    const line = this.#line;
    this.#line = line + breaks + ends;
    const first = this.#cells[0] as Cell;
    // A blank line is no record, also in a file of one column.
    if (count === 1 && first.start === first.end && (first.flags & Has.quoted) === 0) return;
    if (this.#width < 0) {
      this.#place.line = line;
      this.#header(count, misplaced, spaced);
      return;
    }
    this.#row++;
    const place = this.#place;
    place.row = this.#row;
    place.line = line;
    if (this.#mixedAt === null && this.#lineEnds.isMixed) this.#mixedAt = { ...place };
    const width = this.#width;
    if (misplaced >= 0) this.#problem('CSV-02.quote', misplaced);
    else if (count !== width) {
      this.#sink.problem('CSV-04', { place, column: null, value: null }, { fields: count, expected: width });
    }
    if (spaced >= 0) this.#problem('CSV-07', spaced);
    if (bare >= 0) this.#problem('CSV-02.bare-quote', bare);
    for (let index = count; index < width; index++) this.#cellAt(index).set(bytes, 0, 0, 0);
    this.#count = Math.min(count, this.#limits.columns + 1);
    this.#sink.record(this.#cells, this.#count, place);
  }

  /** Of one cell of the row at hand. */
  #problem(rule: string, index: number): void {
    const value = this.#cells[index]?.text() ?? null;
    this.#sink.problem(rule, { place: this.#place, column: this.#headers[index] ?? null, value }, {});
  }

  #header(count: number, misplaced: number, spaced: number): void {
    this.#width = count;
    const most = this.#limits.columns;
    if (count > most) {
      this.isStuck = true;
      this.#sink.problem('CSV-02.columns', { place: null, column: null, value: null }, { columns: count, most });
      return;
    }
    const names = Array.from({ length: count }, (_, index) => (this.#cells[index] as Cell).text().trim());
    this.#headers = names;
    tellHeader(this.#sink, names, misplaced, spaced);
  }

  /** A header that cannot be told from what follows leaves nothing to read by. */
  #fault(rule: string, line: number, column: string | null, params: Record<string, number>): void {
    const place = this.#place;
    place.line = line;
    if (this.#width < 0) {
      this.isStuck = true;
      this.#sink.problem('CSV-02.header', { place: null, column: null, value: null }, {});
      return;
    }
    this.#row++;
    place.row = this.#row;
    this.#sink.problem(rule, { place, column, value: null }, params);
  }

  #tooLong(stop: number, breaks: number): number {
    this.#fault('CSV-02.record', this.#line, null, { most: this.#limits.recordBytes });
    this.#line += breaks;
    this.#isSkipping = true;
    return stop;
  }

  /** Behind a quote that swallows what follows: goes on at the line behind the one where it opened. */
  #giveUp(
    bytes: Uint8Array,
    begin: number,
    open: number,
    stop: number,
    to: number,
    openBreaks: number,
    isLast: boolean,
    rule: string,
    index: number,
  ): number {
    this.#fault(rule, this.#line + openBreaks, this.#headers[index] ?? null, {});
    this.#reread += stop - open;
    const isRead = this.#reread <= rereadBytes + (this.#base + begin) / 4;
    const isEnd = isLast && stop === to;
    // A CR that stands last may be half of a line end.
    const end = isEnd ? stop : stop - 1;
    const next = isRead ? lineEndFrom(bytes, open, end) : end;
    if (next < end) {
      this.#line += openBreaks + 1;
      return behindLineEnd(bytes, next, to);
    }
    // No line end within the limit, or too many such quotes: what the record took is lost, and told.
    this.#line += linesIn(bytes, begin, stop);
    this.#isSkipping = !isEnd;
    return stop;
  }

  /** To the byte behind the next line end. */
  #skip(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    const at = lineEndFrom(bytes, from, to);
    if (at === to || (bytes[at] === cr && at + 1 >= to && !isLast)) return at;
    this.#isSkipping = false;
    this.#line++;
    return behindLineEnd(bytes, at, to);
  }
}
