import { closeSync, openSync, writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { IndexedProduct, IndexSink, LookIndex } from './build.ts';

/*
 * An index as a file: parts one after the other, each behind its length, so that neither writing nor reading holds all of
 * it twice. First the version, then products by the thousand, last the rest.
 */
const version = 1;
const lengthBytes = 4;

/** Writes while the index is made. A thread has nobody else to keep waiting. */
export class IndexFile implements IndexSink {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'wx', 0o600);
    this.#write({ version });
  }

  products(some: readonly IndexedProduct[]): void {
    this.#write(some);
  }

  rest(rest: Omit<LookIndex, 'products'>): void {
    this.#write(rest);
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(part: unknown): void {
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
  const products: IndexedProduct[] = [];
  let rest: Omit<LookIndex, 'products'> | null = null;
  for (let at = 0; at < bytes.length; ) {
    const end = at + lengthBytes + bytes.readUInt32LE(at);
    const part: unknown = deserialize(bytes.subarray(at + lengthBytes, end));
    if (at === 0 && (part as { version?: unknown }).version !== version)
      throw new Error('The index is of another version.');
    if (Array.isArray(part)) for (const product of part as IndexedProduct[]) products.push(product);
    else if (at > 0) rest = part as Omit<LookIndex, 'products'>;
    at = end;
  }
  if (rest === null) throw new Error('The index is cut off.');
  return { products, ...rest };
}
