import { readFile } from 'node:fs/promises';
import { codeOf } from '../../platform/blobs/disk.ts';
import { indexFrom } from '../index/file.ts';
import { LoadedIndex } from '../index/loaded.ts';
import { answerOf } from '../mocks/registry.ts';
import type { Asked, AskOrder, ImageAsked, ImageOrder, IndexPlace } from './order.ts';

/** Products of all indexes that are held at once; those that nobody asked longest go first. */
const mostHeld = 150_000;

/** The indexes that a thread holds. */
export class LoadedIndexes {
  readonly #held = new Map<string, Promise<LoadedIndex>>();
  readonly #sizes = new Map<string, number>();

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
      this.#sizes.set(key, index.products.length);
      this.#makeRoom();
      return index;
    } catch (error) {
      this.#held.delete(key);
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  #makeRoom(): void {
    const all = () => [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    while (this.#held.size > 1 && all() > mostHeld) {
      const [oldest] = this.#held.keys();
      if (oldest === undefined) return;
      this.#held.delete(oldest);
      this.#sizes.delete(oldest);
    }
  }
}
