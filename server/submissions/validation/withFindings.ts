import type { Cell } from './cell.ts';
import { Judge } from './judge.ts';
import { findingsColumn } from './layout.ts';
import { productLimits } from './limits.ts';
import { readerRules } from './readerRules.ts';
import type { Place, RecordSink } from './readers.ts';
import { judgingOf, Reading, type Source } from './reading.ts';
import { Gathering } from './report.ts';
import type { Options, Params } from './types.ts';

/*
 * The rows as CSV with a last column `_findings` that says in words what is wrong with each. Made to be opened in a
 * spreadsheet: a cell that would be read as a formula gets an apostrophe before it, which is taken off again when the file
 * comes back (`Layout`).
 */

/** Written at once when so much has gathered. */
const pieceCharacters = 64 * 1024;

const startsFormula = /^[=+\-@\t\r]/;
const needsQuotes = /[",;|\t\r\n]|^\s|\s$/;

/** One cell of CSV that no spreadsheet takes for a formula, whatever delimiter it reads by. */
export function safeCell(text: string): string {
  const inert = startsFormula.test(text) ? `'${text}` : text;
  return needsQuotes.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

export async function* withFindings(source: Source, options: Options): AsyncGenerator<Uint8Array> {
  const sink = new FindingsWriter(options);
  const reading = new Reading(options, sink, {
    onFormat: (format) => {
      sink.judge.layout.isTable = format === 'DELIMITED';
    },
  });
  const encoder = new TextEncoder();
  for await (const text of reading.text(source)) {
    const goesOn = reading.push(text);
    if (sink.text.length >= pieceCharacters) yield encoder.encode(sink.take());
    if (!goesOn) break;
  }
  reading.end();
  sink.end();
  yield encoder.encode(sink.take());
}

class FindingsWriter implements RecordSink {
  readonly judge: Judge;
  text = '';
  /** Of the row at hand, and the number of the row that a reader's problem spoke of. */
  #told: string[] = [];
  #toldRow = -1;
  #width = 0;
  #written = 0;

  constructor(options: Options) {
    const gathering = new Gathering(options.limits?.samples ?? productLimits.samples);
    this.judge = new Judge(options, judgingOf(options), gathering, readerRules, (message) => this.#told.push(message));
  }

  column(name: string): number {
    return this.judge.column(name);
  }

  problem(
    rule: string,
    at: { place: Place | null; column: string | null; value: string | null },
    params: Params,
  ): void {
    const row = at.place?.row ?? null;
    if (row !== null && row !== this.#toldRow) this.#flushLost(row);
    this.judge.problem(rule, at, params);
  }

  record(cells: readonly Cell[], count: number, place: Place): void {
    this.#flushLost(place.row);
    this.judge.record(cells, count, place);
    if (this.#written === 0) this.#header();
    const texts: string[] = [];
    for (let index = 0; index < Math.max(count, this.#width); index++)
      texts.push(index < count ? safeCell((cells[index] as Cell).text()) : '');
    // What a row has beyond the header stands behind its findings: nothing is left out.
    texts.splice(this.#width, 0, safeCell(this.#told.join(' · ')));
    this.text += `${texts.join(',')}\r\n`;
    this.#told = [];
    this.#written = place.row;
  }

  end(): void {
    this.#flushLost(this.judge.rows + 1);
    if (this.#written === 0) this.#header();
  }

  take(): string {
    const { text } = this;
    this.text = '';
    return text;
  }

  #header(): void {
    const names = this.judge.layout.names.map(safeCell);
    this.#width = names.length;
    this.#written = -1;
    this.text += `${[...names, findingsColumn].join(',')}\r\n`;
  }

  /** A row that could not be read at all has a line of its own that says so. */
  #flushLost(row: number): void {
    if (this.#toldRow >= 0 && this.#toldRow < row && this.#told.length > 0) {
      if (this.#written === 0) this.#header();
      this.text += `${','.repeat(this.#width)}${safeCell(this.#told.join(' · '))}\r\n`;
      this.#told = [];
    }
    this.#toldRow = row;
  }
}
