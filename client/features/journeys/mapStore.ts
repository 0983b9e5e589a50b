import type { BodyOf, Part, PartKind } from '../../../server/journeys/parts.ts';

/** A part as it shall be; null in the place of `to`: it goes. */
export type Change = {
  [Kind in PartKind]: { id: string; kind: Kind; to: { rank: number; body: BodyOf[Kind] } | null };
}[PartKind];

/** What is sent: the parts with the revisions that they are put over (0: new), and what goes. */
export type Sent = {
  key: string;
  puts: (Change & { to: NonNullable<Change['to']>; revision: number })[];
  removals: { id: string; revision: number }[];
};

/** What changed on the server since a position. */
export type Delta = {
  position: number;
  parts: readonly Part[];
  removedIds: readonly string[];
  comments: readonly Comment[];
  representatives: readonly Representative[];
  decisions: readonly Decision[];
};

/** What somebody said of the map, or of a part of it. Instants are ISO 8601. */
export type Comment = {
  id: string;
  revision: number;
  aboutId: string | null;
  text: string;
  author: { id: string; name: string } | null;
  createdAt: string;
  editedAt: string | null;
  resolvedAt: string | null;
  resolvedBy: { id: string; name: string } | null;
};

export type Representative = {
  id: string;
  departmentId: string;
  person: { id: string; name: string } | null;
  signedAt: string | null;
};

/** What was decided of a gap; nothing any more where `decision` is null. */
export type Decision = {
  key: string;
  revision: number;
  decision: 'PLANNED' | 'ACCEPTED' | null;
  /** What was said of the gap then. */
  sentence: string;
  owner: { id: string; name: string } | null;
  /** YYYY-MM-DD. */
  dueOn: string | null;
  effect: string | null;
  reason: string | null;
  updatedAt: string;
};

export type Answer =
  | { kind: 'done'; delta: Delta }
  /** Somebody else changed a part first. */
  | { kind: 'conflict'; reason: string; delta: Delta }
  | { kind: 'refused'; reason: string; delta: Delta | null }
  | { kind: 'offline' };

/** What the store needs of the world. `after`: the position that the answer's delta begins behind. */
export type MapServer = { send(sent: Sent, after: number): Promise<Answer> };

/** A field that two people changed: theirs stands, and what was ours is told. */
export type Clash = { id: string; name: string; field: string; mine: unknown; theirs: unknown };

export type MapState = {
  parts: ReadonlyMap<string, Part>;
  comments: ReadonlyMap<string, Comment>;
  representatives: ReadonlyMap<string, Representative>;
  /** By the key of their gap; also those that were taken back, for their revisions. */
  decisions: ReadonlyMap<string, Decision>;
  status: 'saved' | 'saving' | 'offline';
  /** Why the last edit was taken back; null after the next one. */
  refusal: string | null;
  clashes: readonly Clash[];
  canUndo: boolean;
  canRedo: boolean;
};

/** `before`: what each part was when it was changed here. */
type Entry = { key: string; changes: Change[]; before: ReadonlyMap<string, Part | null>; tries: number };

const retryMs = 3_000;
const mostSteps = 100;
const mostClashes = 5;
/** As often an edit is put over what others did meanwhile, before it is taken back. */
const mostTries = 4;

/**
 * One person's hold on a map: what they see, what the server has, and the way back. An edit shows at once and is sent
 * after the one before it, also when the screen was left; what others changed meanwhile in other fields of the same part
 * stays.
 */
export class MapStore {
  #known: Map<string, Part>;
  /** Revisions of parts that went, for putting them back. */
  readonly #gone = new Map<string, number>();
  #position: number;
  #waiting: Entry[] = [];
  #done: Change[][] = [];
  #undone: Change[][] = [];
  #isSending = false;
  #isRetrying = false;
  #state: MapState;
  readonly #server: MapServer;
  readonly #listeners = new Set<() => void>();

  constructor(start: Delta, server: MapServer) {
    this.#known = new Map(start.parts.map((part) => [part.id, part]));
    this.#position = start.position;
    this.#server = server;
    this.#state = {
      parts: this.#known,
      comments: put(new Map(), start.comments, []),
      representatives: put(new Map(), start.representatives, []),
      decisions: new Map(start.decisions.map((one) => [one.key, one])),
      status: 'saved',
      refusal: null,
      clashes: [],
      canUndo: false,
      canRedo: false,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly state = (): MapState => this.#state;

  get position(): number {
    return this.#position;
  }

  edit(changes: readonly Change[]): void {
    const back = this.#enter(changes);
    if (back.length === 0) return;
    this.#done = [...this.#done, back].slice(-mostSteps);
    this.#undone = [];
    this.#tell({ refusal: null, clashes: [] });
    void this.#send();
  }

  undo(): void {
    this.#step(this.#done, this.#undone);
  }

  redo(): void {
    this.#step(this.#undone, this.#done);
  }

  /**
   * Puts what others did over what is known. All up to `#position` is known, since every delta begins at or before it:
   * one that ends there was told before.
   */
  hear(delta: Delta): void {
    if (delta.position <= this.#position) return;
    const known = new Map(this.#known);
    for (const part of delta.parts) {
      const old = known.get(part.id);
      if (part.revision >= (old?.revision ?? this.#gone.get(part.id) ?? 0)) {
        known.set(part.id, part);
        this.#gone.delete(part.id);
      }
    }
    for (const id of delta.removedIds) {
      const old = known.get(id);
      if (!old) continue;
      this.#gone.set(id, old.revision + 1);
      known.delete(id);
    }
    this.#known = known;
    this.#position = delta.position;
    const { comments, representatives, decisions } = this.#state;
    const decided = delta.decisions.map((one) => [one.key, one] as const);
    this.#tell({
      comments: put(comments, delta.comments, delta.removedIds),
      representatives: put(representatives, delta.representatives, delta.removedIds),
      decisions: decided.length > 0 ? new Map([...decisions, ...decided]) : decisions,
    });
  }

  /** Puts changes in the line; answers with those that lead back, none when nothing would change. */
  #enter(changes: readonly Change[]): Change[] {
    const before = new Map(changes.map(({ id }) => [id, this.#state.parts.get(id) ?? null]));
    const real = changes.filter(({ id, to }) => {
      const old = before.get(id) ?? null;
      return to === null ? old !== null : old === null || old.rank !== to.rank || !same(old.body, to.body);
    });
    if (real.length === 0) return [];
    this.#waiting.push({ key: crypto.randomUUID(), changes: real, before, tries: 0 });
    return real.map(({ id, kind }) => {
      const old = before.get(id) ?? null;
      return { id, kind, to: old && { rank: old.rank, body: old.body } } as Change;
    });
  }

  #step(from: Change[][], to: Change[][]): void {
    const changes = from.pop();
    if (!changes) return;
    const back = this.#enter(changes);
    if (back.length > 0) to.push(back);
    this.#tell({ refusal: null, clashes: [] });
    void this.#send();
  }

  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    for (let entry = this.#waiting[0]; entry; entry = this.#waiting[0]) {
      const answer = await this.#server.send(this.#sentOf(entry), this.#position);
      if (answer.kind === 'offline') {
        this.#retry();
        break;
      }
      if (answer.kind === 'conflict' && entry.tries < mostTries) {
        this.hear(answer.delta);
        this.#rebase(entry);
        continue;
      }
      this.#waiting.shift();
      if (answer.delta) this.hear(answer.delta);
      if (answer.kind !== 'done') this.#tell({ refusal: answer.reason });
      else this.#tell({});
    }
    this.#isSending = false;
    this.#tell({ status: this.#waiting.length > 0 ? 'offline' : 'saved' });
  }

  #retry(): void {
    if (this.#isRetrying) return;
    this.#isRetrying = true;
    setTimeout(() => {
      this.#isRetrying = false;
      void this.#send();
    }, retryMs);
  }

  #sentOf({ key, changes }: Entry): Sent {
    const seen = (id: string) => this.#known.get(id)?.revision ?? this.#gone.get(id) ?? 0;
    return {
      key,
      puts: changes.flatMap((change) =>
        change.to === null ? [] : [{ ...change, revision: seen(change.id) } as Sent['puts'][number]],
      ),
      removals: changes.flatMap(({ id, to }) => (to === null ? [{ id, revision: seen(id) }] : [])),
    };
  }

  /** Puts our fields into what the parts are by now; a field that they changed too stays theirs and is told. */
  #rebase(entry: Entry): void {
    const clashes: Clash[] = [];
    const changes = entry.changes.flatMap((change): Change[] => {
      const now = this.#known.get(change.id);
      const base = entry.before.get(change.id);
      // Gone meanwhile: there is nothing left to change. What is to be gone is.
      if (!now) return base ? [] : [change];
      if (change.to === null || !base) return [change];
      const merged = mergedBody(base.body, change.to.body, now.body);
      const name = 'name' in now.body ? now.body.name : '';
      clashes.push(...merged.clashes.map((clash) => ({ id: change.id, name, ...clash })));
      const rank = change.to.rank === base.rank ? now.rank : change.to.rank;
      return [{ ...change, to: { rank, body: merged.body } } as Change];
    });
    // Each try is another act: the same key with another content would be refused.
    const next: Entry = {
      key: crypto.randomUUID(),
      changes,
      before: new Map(changes.map(({ id }) => [id, this.#known.get(id) ?? null])),
      tries: entry.tries + 1,
    };
    if (changes.length > 0) this.#waiting[0] = next;
    else this.#waiting.shift();
    if (clashes.length > 0) this.#tell({ clashes: [...this.#state.clashes, ...clashes].slice(-mostClashes) });
  }

  #tell(change: Partial<MapState>): void {
    const parts = new Map(this.#known);
    for (const { changes } of this.#waiting) {
      for (const { id, kind, to } of changes) {
        const old = parts.get(id);
        if (to === null) parts.delete(id);
        else parts.set(id, { ...old, id, kind, revision: old?.revision ?? 0, ...to } as Part);
      }
    }
    const status = this.#waiting.length === 0 ? 'saved' : this.#state.status === 'offline' ? 'offline' : 'saving';
    const [canUndo, canRedo] = [this.#done.length > 0, this.#undone.length > 0];
    this.#state = { ...this.#state, status, ...change, parts, canUndo, canRedo };
    for (const listener of this.#listeners) listener();
  }
}

/** The same map where nothing of it changed. */
function put<T extends { id: string }>(
  known: ReadonlyMap<string, T>,
  news: readonly T[],
  removedIds: readonly string[],
) {
  if (news.length === 0 && !removedIds.some((id) => known.has(id))) return known;
  const gone = new Set(removedIds);
  const left = [...known].filter(([id]) => !gone.has(id));
  return new Map([...left, ...news.map((one) => [one.id, one] as const)]);
}

type Body = Record<string, unknown>;

/** What both changed alike is no clash. */
function mergedBody(base: object, mine: object, theirs: object): { body: Body; clashes: Omit<Clash, 'id' | 'name'>[] } {
  const clashes: Omit<Clash, 'id' | 'name'>[] = [];
  const [before, ours, now] = [base as Body, mine as Body, theirs as Body];
  const entries = Object.keys(now).map((field): [string, unknown] => {
    const [was, want, is] = [before[field], ours[field], now[field]];
    if (same(was, want) || same(want, is)) return [field, is];
    if (same(was, is)) return [field, want];
    clashes.push({ field, mine: want, theirs: is });
    return [field, is];
  });
  return { body: Object.fromEntries(entries), clashes };
}

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [a, b] = [one as Body, other as Body];
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
}
