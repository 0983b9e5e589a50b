import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useSyncExternalStore } from 'react';
import type { Placed } from './placeFiles.ts';

export type WaitingFile = Placed & { id: string };

const none: readonly WaitingFile[] = [];

/** Files that were chosen and are not on their way yet, by input. They live as long as the page, like the uploads. */
export class WaitingFiles {
  readonly #byInput = new Map<string, readonly WaitingFile[]>();
  readonly #listeners = new Set<() => void>();

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  of(inputId: string): readonly WaitingFile[] {
    return this.#byInput.get(inputId) ?? none;
  }

  add(placed: readonly Placed[]): void {
    for (const one of placed) {
      this.#set(one.inputId, [...this.of(one.inputId), { ...one, id: crypto.randomUUID() }]);
    }
    this.#tell();
  }

  /** Back to the head of those that come next: its screen was left before it could be sent. */
  putBack(inputId: string, file: File): void {
    this.#set(inputId, [{ file, inputId, fate: 'NEXT', id: crypto.randomUUID() }, ...this.of(inputId)]);
    this.#tell();
  }

  /** The person says where it goes: there it is the next one. */
  send(waiting: WaitingFile, inputId: string): void {
    this.drop(waiting);
    this.add([{ file: waiting.file, inputId, fate: 'NEXT' }]);
  }

  drop({ inputId, id }: WaitingFile): void {
    this.#set(
      inputId,
      this.of(inputId).filter((one) => one.id !== id),
    );
    this.#tell();
  }

  /** The next file of an input that is free, which takes it. */
  take(inputId: string): File | null {
    const next = this.of(inputId).find(({ fate }) => fate === 'NEXT');
    if (!next) return null;
    this.drop(next);
    return next.file;
  }

  #set(inputId: string, files: readonly WaitingFile[]): void {
    if (files.length === 0) this.#byInput.delete(inputId);
    else this.#byInput.set(inputId, files);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const known = new WeakMap<ApolloClient, WaitingFiles>();

export function useWaitingFiles(inputId: string): { waiting: readonly WaitingFile[]; store: WaitingFiles } {
  const client = useApolloClient();
  const store = known.get(client) ?? new WaitingFiles();
  known.set(client, store);
  const waiting = useSyncExternalStore(store.listen, () => store.of(inputId));
  return { waiting, store };
}
