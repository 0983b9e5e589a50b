import * as Y from 'yjs';
import { adds, type Write } from './batch.ts';
import type { Peer } from './peer.ts';

/** Keeps a note under its cap. Between two measurements the size is guessed from above: state plus what was added. */
export class SizeGuard {
  #bytes = 0;
  #isExact = false;

  constructor(readonly maxBytes: number) {}

  /** The merged state has this size now. */
  measured(bytes: number): void {
    this.#bytes = bytes;
    this.#isExact = true;
  }

  added(bytes: number): void {
    this.#bytes += bytes;
    this.#isExact = false;
  }

  /** The sockets whose writes would make the note too large. Deleting is always allowed, or a full note stayed full. */
  refused(doc: Y.Doc, writes: readonly Write[]): Set<Peer> {
    const arrivingBytes = writes.reduce((sum, write) => sum + write.update.byteLength, 0);
    if (this.#bytes + arrivingBytes <= this.maxBytes) return new Set();
    if (!this.#isExact) this.measured(Y.encodeStateAsUpdate(doc).byteLength);
    if (this.#bytes + arrivingBytes <= this.maxBytes) return new Set();
    return new Set(writes.filter((write) => adds(write.update)).map((write) => write.peer));
  }
}
