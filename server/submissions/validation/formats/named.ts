import { Cell, flagsOf, Has } from '../cell.ts';
import type { Span } from '../readers.ts';
import { endsOf } from './classes.ts';

/*
 * A record whose values come by name, in any order and any number: what XML and JSON have in common. Values stay where they
 * were read as long as there is one of them; several under one name are joined by `,` in a place of their own.
 */

export const writings = [null, 'XML_TEXT', 'XML_CDATA', 'JSON'] as const;
/** Indices into `writings`. */
export const Writing = { nowhere: 0, text: 1, cdata: 2, json: 3 } as const;

const comma = 0x2c;

/** A name within the record, by its path: `price`, `shipping.price`. */
export class Path {
  /** As the file spells it: with its prefix, with its escapes. */
  readonly raw: Uint8Array;
  readonly name: string;
  readonly parent: Path | null;
  /** Of several spellings that mean one column (`title`, `g:title`) the one with the highest rank is the value. */
  readonly rank: number;
  /** Index of its column; -1: no value has been seen under it. */
  column = -1;
  /** Place in its parent's group; -1: none. */
  readonly slot: number;
  /** The parts of which its value is put together; null: it is no group. */
  readonly group: Group | null;
  /** What followed it, and what came first in it, the last time: records are alike. */
  next: Path | null = null;
  first: Path | null = null;
  readonly #children = new Map<string, Path>();
  /** The name in words of four bytes, and what counts of the last one. */
  readonly #words: Int32Array;
  readonly #mask: number;

  constructor(raw: Uint8Array, name: string, parent: Path | null, rank: number) {
    this.raw = raw;
    const padded = new Uint8Array((raw.length + 3) & ~3);
    padded.set(raw);
    const words = new DataView(padded.buffer);
    this.#words = Int32Array.from({ length: padded.length / 4 }, (_, index) => words.getInt32(index * 4, true));
    this.#mask = raw.length % 4 === 0 ? -1 : (1 << ((raw.length % 4) * 8)) - 1;
    this.name = name;
    this.parent = parent;
    this.rank = rank;
    this.group = parent !== null && parent.parent === null ? (groups.get(name) ?? null) : null;
    this.slot = parent?.group ? parent.group.parts.indexOf(name) : -1;
  }

  /** Whether its name stands there; up to three bytes behind it can be read. */
  standsAt(view: DataView, at: number): boolean {
    const words = this.#words;
    const last = words.length - 1;
    for (let index = 0; index < last; index++) if (view.getInt32(at + index * 4, true) !== words[index]) return false;
    return last < 0 || (view.getInt32(at + last * 4, true) & this.#mask) === words[last];
  }

  child(raw: string): Path | undefined {
    return this.#children.get(raw);
  }

  add(raw: string, child: Path): void {
    this.#children.set(raw, child);
  }

  /** What its column is called. */
  get fullName(): string {
    const above = this.parent?.parent ? `${this.parent.fullName}.` : '';
    return `${above}${this.name}`;
  }
}

export type Group = { readonly parts: readonly string[]; readonly separator: string };

/**
 * Groups that have a spelling of their own in delimited feeds, after Google's product data specification: in XML and JSON
 * they are nested, and the rules judge one spelling.
 */
const groups: ReadonlyMap<string, Group> = new Map(
  Object.entries({
    shipping: 'country:region:service:price',
    tax: 'country:region:rate:tax_ship',
    installment: 'months:amount:downpayment:credit_type',
    subscription_cost: 'period:period_length:amount',
    product_detail: 'section_name:attribute_name:attribute_value',
    loyalty_points: 'name:points_value:ratio',
    free_shipping_threshold: 'country:price_threshold',
    structured_title: 'digital_source_type:content',
    structured_description: 'digital_source_type:content',
    certification: 'certification_authority:certification_name:certification_code',
    price: 'value currency',
    sale_price: 'value currency',
    cost_of_goods_sold: 'value currency',
  }).map(([name, parts]) => {
    const separator = parts.includes(':') ? ':' : ' ';
    return [name, { parts: parts.split(separator), separator }];
  }),
);

export class NamedRecord {
  readonly cells: Cell[] = [];
  /** Parts of the group that is open, by their place in it. */
  readonly slots: { bytes: Uint8Array; start: number; end: number }[] = [];
  /** Doubling what is joined over and over is bounded: over this much the record is too long. */
  readonly #mostScratch: number;
  #scratch = new Uint8Array(16 * 1024);
  #scratched = 0;
  /** Copied again because another name came between. */
  #joinedBytes = 0;
  isTooLong = false;
  #number = 0;
  /** By column: the record that filled it, the path that did, and where the value stands in the buffer. */
  #filled = new Int32Array(64);
  #from = new Int32Array(64);
  #to = new Int32Array(64);
  #writing = new Uint8Array(64);
  readonly #owners: (Path | null)[] = [];

  constructor(mostBytes: number) {
    this.#mostScratch = mostBytes * 4;
  }

  begin(): void {
    this.#number++;
    this.#scratched = 0;
    this.#joinedBytes = 0;
    this.isTooLong = false;
  }

  /** The column is known from now on. */
  grow(index: number): void {
    while (this.cells.length <= index) {
      this.cells.push(new Cell());
      this.#owners.push(null);
    }
    if (index < this.#filled.length) return;
    const length = this.#filled.length * 2;
    this.#filled = grown(this.#filled, new Int32Array(length));
    this.#from = grown(this.#from, new Int32Array(length));
    this.#to = grown(this.#to, new Int32Array(length));
    this.#writing = grown(this.#writing, new Uint8Array(length));
  }

  has(index: number): boolean {
    return this.#filled[index] === this.#number;
  }

  /** A value, and where in the buffer it is written; `Writing.nowhere` where it cannot be rewritten. */
  put(
    path: Path,
    bytes: Uint8Array,
    start: number,
    end: number,
    flags: number,
    from: number,
    to: number,
    writing: number,
  ): void {
    const index = path.column;
    const cell = this.cells[index] as Cell;
    if (this.#filled[index] === this.#number) {
      const owner = this.#owners[index];
      if (cell.end > cell.start) {
        if (owner === path) {
          if (end > start) this.#join(index, bytes, start, end);
          return;
        }
        if (end === start || path.rank <= (owner?.rank ?? 0)) return;
      }
    }
    this.#filled[index] = this.#number;
    this.#owners[index] = path;
    this.#from[index] = from;
    this.#to[index] = to;
    this.#writing[index] = writing;
    cell.set(bytes, start, end, flags);
  }

  /** The last of several, as JSON has it. */
  forget(index: number): void {
    this.#filled[index] = 0;
  }

  /** The parts of the open group, as one value. */
  putGroup(path: Path): void {
    const { slots } = this;
    let length = slots.length;
    for (const slot of slots) length += slot ? slot.end - slot.start : 0;
    this.reserve(length);
    const start = this.#scratched;
    for (let index = 0; index < slots.length; index++) {
      if (index > 0) this.#scratch[this.#scratched++] = path.group?.separator.charCodeAt(0) ?? comma;
      const slot = slots[index];
      if (!slot) continue;
      this.#scratch.set(slot.bytes.subarray(slot.start, slot.end), this.#scratched);
      this.#scratched += slot.end - slot.start;
    }
    slots.length = 0;
    const flags = flagsOf(this.#scratch, start, this.#scratched);
    this.put(path, this.#scratch, start, this.#scratched, flags, 0, 0, Writing.nowhere);
  }

  /** Cells that the record lacks are empty. */
  end(): void {
    for (let index = 0; index < this.cells.length; index++)
      if (this.#filled[index] !== this.#number) {
        const cell = this.cells[index] as Cell;
        cell.set(cell.bytes, 0, 0, 0);
      }
  }

  /** `base`: where the buffer's first byte stands in the decoded stream. */
  spanOf(index: number, base: number): Span | null {
    const writing = writings[this.#writing[index] ?? 0];
    if (!writing || this.#filled[index] !== this.#number || this.cells[index]?.isJoined) return null;
    return { start: base + (this.#from[index] as number), end: base + (this.#to[index] as number), writing };
  }

  /** Room for bytes that stand nowhere as they are; then `scratch` and `scratched` say where. Valid for this record. */
  reserve(length: number): void {
    if (this.#scratched + length <= this.#scratch.length) return;
    // Cells that were written before keep the old place.
    this.#scratch = new Uint8Array(Math.max(this.#scratch.length, (this.#scratched + length) * 2));
    this.#scratched = 0;
  }

  get scratch(): Uint8Array {
    return this.#scratch;
  }

  get scratched(): number {
    return this.#scratched;
  }

  set scratched(end: number) {
    this.#scratched = end;
  }

  #join(index: number, bytes: Uint8Array, start: number, end: number): void {
    const cell = this.cells[index] as Cell;
    const length = cell.end - cell.start + 1 + end - start;
    if (length > this.#mostScratch || this.#joinedBytes > this.#mostScratch) {
      this.isTooLong = true;
      return;
    }
    const isLast = cell.isJoined && cell.bytes === this.#scratch && cell.end === this.#scratched;
    if (!isLast || this.#scratched + 1 + end - start > this.#scratch.length) {
      const [from, first, last] = [cell.bytes, cell.start, cell.end];
      this.#joinedBytes += last - first;
      this.reserve(length);
      this.#scratch.set(from.subarray(first, last), this.#scratched);
      cell.set(this.#scratch, this.#scratched, this.#scratched + last - first, cell.flags, true);
      this.#scratched += last - first;
    }
    this.#scratch[this.#scratched] = comma;
    this.#scratch.set(bytes.subarray(start, end), this.#scratched + 1);
    this.#scratched += 1 + end - start;
    const to = this.#scratched;
    const ends = Has.outerSpace | Has.formula;
    const flags = ((cell.flags | flagsOf(bytes, start, end)) & ~ends) | endsOf(this.#scratch, cell.start, to);
    cell.set(this.#scratch, cell.start, to, flags, true);
  }
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
