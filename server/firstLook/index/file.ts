import { closeSync, openSync, writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { IndexSink, LookIndex, Rest } from './build.ts';

/*
 * An index as a file: parts one after the other, each behind its length, so that neither writing nor reading holds all of
 * it twice. First the version, then products and words by the thousand, last the rest.
 */
const version = 1;
const lengthBytes = 4;

type Part = {
  version?: number;
  products?: Parameters<IndexSink['products']>[0];
  index?: Parameters<IndexSink['words']>[0];
  rest?: Rest;
};

/** Writes while the index is made. A thread has nobody else to keep waiting. */
export class IndexFile implements IndexSink {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'wx', 0o600);
    this.#write({ version });
  }

  products(products: Parameters<IndexSink['products']>[0]): void {
    this.#write({ products });
  }

  words(index: Parameters<IndexSink['words']>[0]): void {
    this.#write({ index });
  }

  rest(rest: Rest): void {
    this.#write({ rest });
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(part: Part): void {
    const bytes = serialize(part);
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32LE(bytes.length);
    for (const some of [length, bytes]) {
      for (let at = 0; at < some.length; ) at += writeSync(this.#file, some, at);
    }
  }
}

/** The index that a file holds. */
export function indexFrom(file: Uint8Array): LookIndex {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const all: LookIndex['products'] = [];
  const terms: LookIndex['words']['index'] = [];
  let rest: Rest | null = null;
  for (let at = 0; at < bytes.length; ) {
    const end = at + lengthBytes + bytes.readUInt32LE(at);
    const part = deserialize(bytes.subarray(at + lengthBytes, end)) as Part;
    if (at === 0 && part.version !== version) throw new Error('The index is of another version.');
    for (const product of part.products ?? []) all.push(product);
    for (const term of part.index ?? []) terms.push(term);
    rest = part.rest ?? rest;
    at = end;
  }
  if (rest === null) throw new Error('The index is cut off.');
  const { words, nameRanks, orders } = rest;
  return { products: all, words: { ...words, index: terms }, nameRanks, orders };
}
