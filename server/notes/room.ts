import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import type { Services } from '../platform/services.ts';
import type { Appender } from './appender.ts';
import { appendUntilDurable } from './appending.ts';
import { AwarenessTable } from './awareness.ts';
import { applyWrites, isReadable, type Write } from './batch.ts';
import { type Bursts, createBursts } from './bursts.ts';
import { Frame } from './frame.ts';
import type { NoteLimits } from './limits.ts';
import type { Peer } from './peer.ts';
import { type ClientMessage, closeCodes, step1Frame, step2Frame, updateFrame } from './protocol.ts';
import type { RoomNote } from './queries.ts';
import { SizeGuard } from './sizeGuard.ts';
import { loadNote, type StoredUpdate, writeSnapshot } from './store.ts';

type Question = { peer: Peer; stateVector: Uint8Array };

/** Whom a room belongs to, and what it has in common with the others. */
export type RoomOwner = { limits: NoteLimits; appender: Appender; onGone(): void };

/** What one batch takes at most, so that a flood is worked off in portions, and not sorted anew for each. */
const mostWrites = 2_000;
/** Below, a wait costs more than it spares. */
const leastGatherMs = 2;
/** What a message, and a byte of an answer, take of a socket's allowance. */
const cost = { write: 1, byteWritten: 1 / 2_000, awareness: 5, question: 50, byteAnswered: 1 / 100, other: 1 } as const;

/**
 * One note that somebody has open.
 *
 *   loading -> open     the document was built from Postgres; what came meanwhile is worked off
 *   loading -> gone     it could not be built: the sockets are told to come back, and nothing is ever written
 *   open    -> gone     the last socket left and everything is stored; or the server goes down; or another writer was seen
 *
 * Writes go through one queue. A batch is applied to the document, stored by one statement, which may hold those of other
 * rooms too, and only then relayed and acknowledged. Whoever asks for the document is answered between two batches, so nobody sees what is not durable.
 */
export class Room {
  readonly note: RoomNote;
  readonly #services: Services;
  readonly #limits: NoteLimits;
  readonly #owner: RoomOwner;
  readonly #peers = new Set<Peer>();
  readonly #awareness: AwarenessTable<Peer>;
  readonly #bursts: Bursts;
  readonly #closing = new AbortController();
  #state: 'loading' | 'open' | 'gone' = 'loading';
  #doc = new Y.Doc();
  #size: SizeGuard;
  #lastSeq = 0;
  #updatesSinceSnapshot = 0;
  #bytesSinceSnapshot = 0;
  /** The answer for whoever has nothing yet, until the next change. */
  #whole: Frame | null = null;
  /** When the next batch may begin. */
  #gatheredAt = 0;
  #isTellingAwareness = false;
  #writes: Write[] = [];
  #questions: Question[] = [];
  #working: Promise<void>;
  #isWorking = true;
  #compacting: Promise<void> | null = null;

  constructor(services: Services, note: RoomNote, owner: RoomOwner) {
    const { limits } = owner;
    this.note = note;
    this.#services = services;
    this.#owner = owner;
    this.#limits = limits;
    this.#awareness = new AwarenessTable<Peer>(limits);
    this.#bursts = createBursts(services, note, limits.quietMs);
    this.#size = new SizeGuard(limits.stateBytes);
    this.#working = this.#load().then(() => this.#work());
  }

  join(peer: Peer): void {
    this.#peers.add(peer);
    const here = this.#awareness.all();
    if (here) peer.send(here);
    // The server asks first what the newcomer has. While loading it cannot: the answer to the load does.
    if (this.#state === 'open') peer.send(step1Frame(Y.encodeStateVector(this.#doc)));
    if (this.#state === 'gone') peer.end(closeCodes.tryLater);
  }

  leave(peer: Peer): void {
    if (!this.#peers.delete(peer)) return;
    this.#awareness.leave(peer);
    this.#tellAwareness();
    if (this.#peers.size === 0) this.#wake();
  }

  /** False when the message makes no sense: its socket is to be ended. */
  receive(peer: Peer, message: ClientMessage): boolean {
    if (this.#state === 'gone' || this.#closing.signal.aborted || !this.#peers.has(peer)) return true;
    switch (message.kind) {
      case 'step1':
        peer.spend(cost.question);
        this.#ask({ peer, stateVector: message.stateVector });
        return true;
      case 'write':
        peer.spend(cost.write + message.update.byteLength * cost.byteWritten);
        return this.#takeWrite(peer, message.update);
      case 'awareness':
        peer.spend(cost.awareness);
        return this.#takeAwareness(peer, message.entries);
      case 'queryAwareness': {
        peer.spend(cost.awareness);
        const here = this.#awareness.all();
        if (here) peer.send(here);
        return true;
      }
      case 'unknown':
        peer.spend(cost.other);
        return true;
    }
  }

  pingAll(): void {
    for (const peer of this.#peers) peer.ping();
  }

  /** Stores what has arrived, tells the sockets to come back later, and is gone. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#wake();
    while (this.#isWorking) await this.#working;
    await this.#retire(closeCodes.restarting);
  }

  #ask(question: Question): void {
    // Between batches the document holds what is durable, and nothing else.
    if (this.#state === 'open' && !this.#isWorking) {
      this.#answer([question]);
      return;
    }
    // A client has one question at a time; the newest counts.
    this.#questions = this.#questions.filter(({ peer }) => peer !== question.peer);
    this.#questions.push(question);
    this.#wake();
  }

  #takeWrite(peer: Peer, update: Uint8Array): boolean {
    // Sync step 2 writes just as an update does: a reader may do neither.
    if (!peer.canEdit) return true;
    if (!isReadable(update)) return false;
    if (peer.waitingBytes + update.byteLength > this.#limits.waitingBytes) {
      peer.end(closeCodes.tryLater);
      return true;
    }
    peer.waitingBytes += update.byteLength;
    this.#writes.push({ peer, update });
    this.#wake();
    return true;
  }

  #takeAwareness(peer: Peer, entries: Uint8Array): boolean {
    // Whoever looks through another's eyes is not there, and the other is not either.
    if (peer.isUnseen) return true;
    try {
      this.#awareness.take(peer, entries);
      this.#tellAwareness();
      return true;
    } catch {
      return false;
    }
  }

  /** Many carets that move at once are told in one frame. */
  #tellAwareness(): void {
    if (this.#isTellingAwareness) return;
    this.#isTellingAwareness = true;
    const tell = () => {
      this.#isTellingAwareness = false;
      const news = this.#awareness.news();
      if (news) this.#tell(new Frame(news), this.#peers);
    };
    const ms = this.#gatherMs(this.#peers.size);
    if (ms < leastGatherMs) setImmediate(tell);
    else setTimeout(tell, ms);
  }

  #gatherMs(listeners: number): number {
    const { perPeer, longest } = this.#limits.gatherMs;
    return Math.min(longest, listeners * perPeer);
  }

  async #load(): Promise<void> {
    try {
      const loaded = await loadNote(this.#services, this.note);
      this.#doc = loaded.doc;
      this.#lastSeq = loaded.lastSeq;
      this.#updatesSinceSnapshot = loaded.updatesSinceSnapshot;
      this.#bytesSinceSnapshot = loaded.bytesSinceSnapshot;
      const state = Y.encodeStateAsUpdate(this.#doc);
      this.#size.measured(state.byteLength);
      this.#whole = new Frame(step2Frame(state));
    } catch (error) {
      this.#services.log.error({ error, noteId: this.note.noteId }, 'a note could not be loaded');
      return this.#abandon(closeCodes.tryLater);
    }
    if (this.#state === 'gone') return;
    this.#state = 'open';
    this.#tell(new Frame(step1Frame(Y.encodeStateVector(this.#doc))), this.#peers);
  }

  /** One run at a time; whatever arrives during a write makes the next batch. */
  #wake(): void {
    if (this.#isWorking) return;
    this.#isWorking = true;
    this.#working = this.#gather().then(() => this.#work());
  }

  /** What arrives within a moment makes one batch, and in a room of many the moment is longer. */
  async #gather(): Promise<void> {
    const ms = this.#gatheredAt - performance.now();
    if (ms < leastGatherMs) await new Promise((resolve) => setImmediate(resolve));
    else await wait(ms, undefined, { signal: this.#closing.signal }).catch(() => {});
  }

  async #work(): Promise<void> {
    try {
      while (this.#state === 'open' && (this.#writes.length > 0 || this.#questions.length > 0)) {
        await this.#commit(this.#writes.splice(0, mostWrites));
        this.#answer(this.#questions.splice(0));
        if (this.#writes.length > 0) await this.#gather();
      }
      if (this.#state === 'open' && this.#peers.size === 0 && !this.#closing.signal.aborted) await this.#unload();
    } catch (error) {
      this.#services.log.error({ error, noteId: this.note.noteId }, "a note's room failed");
      this.#abandon(closeCodes.restarting);
    } finally {
      this.#isWorking = false;
    }
    if (this.#state === 'open' && (this.#writes.length > 0 || this.#questions.length > 0)) this.#wake();
  }

  async #commit(taken: Write[]): Promise<void> {
    let arrived = taken;
    let writes = arrived.filter((write) => write.peer.canEdit);
    const full = this.#size.refused(this.#doc, writes);
    if (full.size > 0) {
      for (const peer of full) peer.end(closeCodes.full);
      writes = writes.filter((write) => !full.has(write.peer));
    }
    if (writes.length === 0) return this.#settle(arrived);

    const applied = applyWrites(this.#doc, writes, this.#limits.pendingBytes);
    this.#whole = null;
    if (applied.broken) {
      // Half of it may be in the document by now. Nothing was stored, so what is stored is still right: start from there.
      applied.broken.end(closeCodes.malformed);
      this.#doc = (await loadNote(this.#services, this.note)).doc;
      return this.#commit(arrived.filter((write) => write.peer !== applied.broken));
    }
    if (applied.rest.length > 0) {
      this.#writes = [...applied.rest, ...this.#writes];
      const later = new Set(applied.rest);
      writes = writes.filter((write) => !later.has(write));
      arrived = arrived.filter((write) => !later.has(write));
    }

    const rows = applied.changes.map((change, index) => ({
      seq: this.#lastSeq + index + 1,
      update: change.update,
      personId: change.personId,
    }));
    if (rows.length > 0 && !(await this.#store(rows, new Set(writes.map((write) => write.peer))))) return;
    this.#lastSeq += rows.length;
    this.#updatesSinceSnapshot += rows.length;
    const bytes = rows.reduce((sum, row) => sum + row.update.byteLength, 0);
    this.#bytesSinceSnapshot += bytes;
    this.#size.added(bytes);

    this.#relay(rows, writes);
    for (const { personId, messages, isTold } of applied.changes) if (!isTold) this.#bursts.edited(personId, messages);
    for (const [peer, count] of countByPeer(writes)) peer.saved(count);
    this.#settle(arrived);
    const { compactAfterUpdates, compactAfterBytes } = this.#limits;
    if (this.#updatesSinceSnapshot >= compactAfterUpdates || this.#bytesSinceSnapshot >= compactAfterBytes)
      void this.#compact();
  }

  /** True once the rows are durable; false when the room had to be given up, and nothing may be acknowledged. */
  async #store(rows: StoredUpdate[], writers: Set<Peer>): Promise<boolean> {
    const isStored = await appendUntilDurable(this.#services, this.note, rows, {
      appender: this.#owner.appender,
      retryMs: this.#limits.retryMs,
      closing: this.#closing.signal,
      onFailure: () => {
        for (const peer of writers) peer.notSaved();
      },
    });
    if (!isStored) this.#abandon(closeCodes.restarting);
    return isStored;
  }

  #relay(rows: StoredUpdate[], writes: Write[]): void {
    const [only, ...others] = rows;
    if (!only) return;
    const update = others.length === 0 ? only.update : Y.mergeUpdates(rows.map((row) => row.update));
    const writers = new Set(writes.map((write) => write.peer));
    // With one writer the others get it; with several everybody does, and one frame serves all.
    const listeners = writers.size > 1 ? this.#peers : new Set([...this.#peers].filter((peer) => !writers.has(peer)));
    this.#tell(new Frame(updateFrame(update)), listeners);
    this.#gatheredAt = performance.now() + this.#gatherMs(listeners.size);
  }

  #answer(questions: Question[]): void {
    for (const { peer, stateVector } of questions) {
      try {
        const answer = this.#answerTo(stateVector);
        peer.pass(answer);
        peer.spend(answer.message.byteLength * cost.byteAnswered);
      } catch {
        peer.end(closeCodes.malformed);
      }
    }
  }

  #answerTo(stateVector: Uint8Array): Frame {
    const hasNothing = stateVector.byteLength === 1 && stateVector[0] === 0;
    if (!hasNothing) return new Frame(step2Frame(Y.encodeStateAsUpdate(this.#doc, stateVector)));
    this.#whole ??= new Frame(step2Frame(Y.encodeStateAsUpdate(this.#doc)));
    return this.#whole;
  }

  #settle(writes: Write[]): void {
    for (const { peer, update } of writes) peer.waitingBytes -= update.byteLength;
  }

  /** Merges what is stored into the snapshot. Runs beside the writes: it holds what is durable now, and only that. */
  #compact(): Promise<void> {
    this.#compacting ??= this.#writeSnapshot().finally(() => {
      this.#compacting = null;
    });
    return this.#compacting;
  }

  async #writeSnapshot(): Promise<void> {
    const merged = this.#updatesSinceSnapshot;
    const mergedBytes = this.#bytesSinceSnapshot;
    if (merged === 0) return;
    const state = Y.encodeStateAsUpdate(this.#doc);
    try {
      await writeSnapshot(this.#services, this.note, this.#lastSeq, state);
      this.#updatesSinceSnapshot -= merged;
      this.#bytesSinceSnapshot -= mergedBytes;
    } catch (error) {
      // The updates are all there; only loading is slower until the next time.
      this.#services.log.warn({ error, noteId: this.note.noteId }, 'a note was not compacted');
    }
  }

  async #unload(): Promise<void> {
    // One that runs already holds what was there when it began.
    await this.#compacting;
    await this.#compact();
    await this.#bursts.flush();
    // Somebody may have come meanwhile, or a last write: then it stays.
    if (this.#peers.size === 0 && this.#writes.length === 0) await this.#retire(closeCodes.restarting);
  }

  async #retire(code: number): Promise<void> {
    this.#abandon(code);
    await this.#compacting;
    await this.#bursts.flush();
  }

  #abandon(code: number): void {
    if (this.#state === 'gone') return;
    this.#state = 'gone';
    for (const peer of this.#peers) peer.end(code);
    this.#owner.onGone();
  }

  #tell(frame: Frame, listeners: Iterable<Peer>): void {
    for (const peer of listeners) peer.pass(frame);
  }
}

function countByPeer(writes: readonly Write[]): Map<Peer, number> {
  const counts = new Map<Peer, number>();
  for (const { peer } of writes) counts.set(peer, (counts.get(peer) ?? 0) + 1);
  return counts;
}
