import type { Road } from './documents.ts';
import { type Conflict, mergeRoads, same } from './merge.ts';

export type Saved =
  | { kind: 'saved'; revision: number }
  /** Somebody else saved first. */
  | { kind: 'conflict' }
  | { kind: 'refused'; reason: string }
  | { kind: 'offline' };

/** What the store needs of the world. */
export type DraftServer = {
  /** Saves a road over the one that was at `revision`; `before` is that one. */
  save(road: Road, before: Road, revision: number): Promise<Saved>;
  /** The draft as it is now; null when it was published or thrown away. */
  load(): Promise<{ road: Road; revision: number } | null>;
};

/**
 *   saved -> waiting           something was changed; saved soon after the last key
 *   waiting -> saving -> saved, or waiting again when there is more by then
 *   saving -> offline          no answer; tried again by itself, nothing is lost
 *   saving -> refused          the server will not have it; the reason is shown until the next change
 *   saving -> gone             the draft was published or thrown away by somebody else; what was written stays here
 */
export type SaveStatus = 'saved' | 'waiting' | 'saving' | 'offline' | 'refused' | 'gone';

export type DraftState = {
  road: Road;
  status: SaveStatus;
  reason: string | null;
  conflicts: readonly Conflict[];
  canUndo: boolean;
  canRedo: boolean;
};

const saveAfterMs = 700;
const retryMs = 3000;
const mostSteps = 100;

type Step = { road: Road; group: string | null };

/** One person's hold on a draft: what they see, what the server has, and the way back. Saves by itself. */
export class DraftStore {
  #base: Road;
  #revision: number;
  #state: DraftState;
  readonly #server: DraftServer;
  readonly #listeners = new Set<() => void>();
  #done: Step[] = [];
  #undone: Step[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  #isClosed = false;

  constructor(start: { road: Road; revision: number }, server: DraftServer) {
    this.#base = start.road;
    this.#revision = start.revision;
    this.#server = server;
    this.#state = { road: start.road, status: 'saved', reason: null, conflicts: [], canUndo: false, canRedo: false };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly state = (): DraftState => this.#state;

  get revision(): number {
    return this.#revision;
  }

  /** Changes the road. Changes of one group in a row, such as the keys of one field, are one step back. */
  change(change: (road: Road) => Road, group: string | null = null): void {
    const road = change(this.#state.road);
    if (same(road, this.#state.road)) return;
    const last = this.#done.at(-1);
    if (group === null || last?.group !== group) this.#done.push({ road: this.#state.road, group });
    this.#done = this.#done.slice(-mostSteps);
    this.#undone = [];
    this.#show(road);
  }

  undo(): void {
    const step = this.#done.pop();
    if (!step) return;
    this.#undone.push({ road: this.#state.road, group: null });
    this.#show(step.road);
  }

  redo(): void {
    const step = this.#undone.pop();
    if (!step) return;
    this.#done.push({ road: this.#state.road, group: null });
    this.#show(step.road);
  }

  /** Ends the choice between two people's words: ours stands, or `change` puts theirs in its place. */
  settle(conflict: Conflict, change: ((road: Road) => Road) | null): void {
    this.#set({ conflicts: this.#state.conflicts.filter((each) => each !== conflict) });
    if (change) this.change(change);
  }

  /** Somebody else may have saved: brings what they did together with what is here. */
  async refresh(): Promise<void> {
    if (this.#running) await this.#running;
    await this.#run(() => this.#takeTheirs());
  }

  /** Saves what is not saved yet; true when the server then has all of it. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (!this.#isClosed && !same(this.#state.road, this.#base)) {
      await (this.#running ?? this.#run(() => this.#save()));
      if (this.#state.status !== 'waiting' && this.#state.status !== 'saved') break;
    }
    return same(this.#state.road, this.#base);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #show(road: Road): void {
    const status = this.#state.status === 'gone' ? 'gone' : 'waiting';
    this.#set({ road, status, reason: null });
    if (status === 'waiting') this.#soon(saveAfterMs);
  }

  #soon(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void (this.#running ?? this.#run(() => this.#save())), ms);
  }

  #run(act: () => Promise<void>): Promise<void> {
    this.#running = act().finally(() => {
      this.#running = null;
      if (this.#state.status === 'waiting') this.#soon(saveAfterMs);
    });
    return this.#running;
  }

  async #save(): Promise<void> {
    const road = this.#state.road;
    if (this.#state.status === 'gone') return;
    if (same(road, this.#base)) return this.#set({ status: 'saved', reason: null });
    this.#set({ status: 'saving' });
    const saved = await this.#server.save(road, this.#base, this.#revision);
    switch (saved.kind) {
      case 'saved':
        this.#base = road;
        this.#revision = saved.revision;
        return this.#set({ status: same(this.#state.road, road) ? 'saved' : 'waiting', reason: null });
      case 'conflict':
        return this.#takeTheirs();
      case 'refused':
        return this.#set({ status: 'refused', reason: saved.reason });
      case 'offline':
        this.#set({ status: 'offline' });
        return this.#soon(retryMs);
    }
  }

  async #takeTheirs(): Promise<void> {
    let theirs: Awaited<ReturnType<DraftServer['load']>>;
    try {
      theirs = await this.#server.load();
    } catch {
      this.#set({ status: 'offline' });
      return this.#soon(retryMs);
    }
    if (theirs === null) return this.#set({ status: 'gone' });
    if (theirs.revision === this.#revision) {
      // Refused without anybody in between: asked again in a while.
      if (this.#state.status === 'saving') this.#set({ status: 'offline' });
      return this.#state.status === 'offline' ? this.#soon(retryMs) : undefined;
    }
    const base = this.#base;
    const merged = mergeRoads(base, this.#state.road, theirs.road);
    const onto = (step: Step): Step => ({ ...step, road: mergeRoads(base, step.road, theirs.road).road });
    // The way back must not take back what somebody else did.
    this.#done = this.#done.map(onto);
    this.#undone = this.#undone.map(onto);
    this.#base = theirs.road;
    this.#revision = theirs.revision;
    const known = this.#state.conflicts.filter(
      (old) => !merged.conflicts.some((each) => each.taskKey === old.taskKey && each.field === old.field),
    );
    this.#set({
      road: merged.road,
      conflicts: [...known, ...merged.conflicts],
      status: same(merged.road, theirs.road) ? 'saved' : 'waiting',
      reason: null,
    });
  }

  #set(change: Partial<DraftState>): void {
    const [canUndo, canRedo] = [this.#done.length > 0, this.#undone.length > 0];
    this.#state = { ...this.#state, ...change, canUndo, canRedo };
    for (const listener of this.#listeners) listener();
  }
}
