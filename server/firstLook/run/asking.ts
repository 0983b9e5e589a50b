import { readFile } from 'node:fs/promises';
import { codeOf } from '../../platform/blobs/disk.ts';
import { indexFrom } from '../index/file.ts';
import { LoadedIndex } from '../index/loaded.ts';
import { answerOf } from '../mocks/registry.ts';
import type { Asked, AskOrder, ImageAsked, ImageOrder, IndexPlace } from './order.ts';

/** Products of all indexes that are held at once; those that nobody asked longest go first. */
const defaultMostHeld = 150_000;

/** The indexes that a thread holds. */
export class LoadedIndexes {
  readonly #held = new Map<string, Promise<LoadedIndex>>();
  readonly #sizes = new Map<string, number>();

  /** `mostHeld` is for tests. */
  constructor(private readonly mostHeld = defaultMostHeld) {}

  async ask({ ask, settings, ...place }: AskOrder): Promise<Asked> {
    const index = await this.#index(place);
    return index === null ? { isGone: true } : { isGone: false, answer: answerOf(index, ask, settings) };
  }

  async image({ productId, ...place }: ImageOrder): Promise<ImageAsked> {
    const index = await this.#index(place);
    if (index === null) return { isGone: true };
    const at = index.place(productId);
    return { isGone: false, address: at === null ? null : index.at(at).image };
  }

  /** Null: its file is gone, since another one took its place. */
  async #index({ key, path }: IndexPlace): Promise<LoadedIndex | null> {
    const held = this.#held.get(key) ?? readFile(path).then((bytes) => new LoadedIndex(indexFrom(bytes)));
    this.#held.delete(key);
    this.#held.set(key, held);
    try {
      const index = await held;
      if (this.#held.get(key) === held) this.#sizes.set(key, index.products.length);
      this.#makeRoom(key);
      return index;
    } catch (error) {
      if (this.#held.get(key) === held) this.#held.delete(key);
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  /** Lets those go that nobody asked longest. What is just being read has no size yet, and stays. */
  #makeRoom(asked: string): void {
    let all = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const key of [...this.#held.keys()]) {
      if (all <= this.mostHeld) return;
      const size = this.#sizes.get(key);
      if (key === asked || size === undefined) continue;
      this.#held.delete(key);
      this.#sizes.delete(key);
      all -= size;
    }
  }
}
