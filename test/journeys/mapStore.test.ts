import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Answer,
  type Change,
  type Delta,
  type MapServer,
  MapStore,
  type Sent,
} from '../../client/features/journeys/mapStore.ts';
import type { Part } from '../../server/journeys/parts.ts';

/** A server with one map, which does what the real one does with revisions, and answers when it is told to. */
class Server implements MapServer {
  parts = new Map<string, Part & { position: number; isGone?: boolean }>();
  position = 1;
  isDown = false;
  sent: Sent[] = [];

  put(id: string, name: string, more: object = {}): void {
    const old = this.parts.get(id);
    this.position += 1;
    const body = { ...(old?.body ?? {}), name, ...more } as never;
    this.parts.set(id, {
      id,
      kind: 'STAGE',
      revision: (old?.revision ?? 0) + 1,
      rank: 1,
      body,
      position: this.position,
    });
  }

  drop(id: string): void {
    const old = this.parts.get(id)!;
    this.position += 1;
    this.parts.set(id, { ...old, revision: old.revision + 1, position: this.position, isGone: true });
  }

  after(position: number): Delta {
    const since = [...this.parts.values()].filter((part) => part.position > position);
    return {
      position: this.position,
      parts: since.filter((part) => !part.isGone),
      comments: [],
      representatives: [],
      decisions: [],
      removedIds: since.flatMap((part) => (part.isGone ? [part.id] : [])),
    };
  }

  async send(sent: Sent, after: number): Promise<Answer> {
    this.sent.push(sent);
    if (this.isDown) return { kind: 'offline' };
    const revisions = [...sent.puts, ...sent.removals];
    const isStale = revisions.some(({ id, revision }) => (this.parts.get(id)?.revision ?? 0) !== revision);
    if (isStale) return { kind: 'conflict', reason: 'stale', delta: this.after(after) };
    if (sent.puts.some(({ to }) => 'name' in to.body && to.body.name === '')) {
      return { kind: 'refused', reason: 'empty', delta: this.after(after) };
    }
    for (const { id, to } of sent.puts) this.put(id, '', to.body);
    for (const { id } of sent.removals) this.drop(id);
    return { kind: 'done', delta: this.after(after) };
  }
}

const stage = (id: string, name: string, more: object = {}): Change =>
  ({ id, kind: 'STAGE', to: { rank: 1, body: { name, ...more } } }) as Change;
const gone = (id: string): Change => ({ id, kind: 'STAGE', to: null });

let server: Server;
let store: MapStore;
const names = () => [...store.state().parts.values()].map(({ body }) => ('name' in body ? body.name : '')).join();
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  server.put('a', 'Signed');
  store = new MapStore(server.after(0), server);
});
afterEach(() => void vi.useRealTimers());

describe('a map that one person draws on', () => {
  it('shows an edit at once, and is saved when the server has it', async () => {
    store.edit([stage('b', 'Files')]);
    expect([names(), store.state().status]).toEqual(['Signed,Files', 'saving']);
    await settled();
    expect([names(), store.state().status]).toEqual(['Signed,Files', 'saved']);
    expect(server.sent[0]?.puts[0]?.revision).toBe(0);
  });

  it('sends edits of one part one after the other, each over the revision that the one before it made', async () => {
    store.edit([stage('a', 'One')]);
    store.edit([stage('a', 'Two')]);
    await settled();
    expect(server.sent.map(({ puts }) => puts[0]?.revision)).toEqual([1, 2]);
    expect([names(), server.parts.get('a')?.revision]).toEqual(['Two', 3]);
  });

  it('goes back and forth, over what was new, changed and gone', async () => {
    store.edit([stage('a', 'Signed off'), stage('b', 'Files')]);
    store.edit([gone('a')]);
    await settled();
    expect(names()).toBe('Files');
    store.undo();
    await settled();
    expect(names().split(',').sort()).toEqual(['Files', 'Signed off']);
    store.undo();
    await settled();
    expect([names(), store.state().canUndo]).toEqual(['Signed', false]);
    store.redo();
    store.redo();
    await settled();
    expect([names(), store.state().canRedo]).toEqual(['Files', false]);
    expect(server.sent.every(({ key }, at) => server.sent.findIndex((one) => one.key === key) === at)).toBe(true);
  });

  it('sends nothing and has nothing to undo, when nothing changes', async () => {
    store.edit([stage('a', 'Signed'), gone('never')]);
    await settled();
    expect([server.sent.length, store.state().canUndo]).toEqual([0, false]);
  });

  it('takes back what is refused and says why, until the next edit', async () => {
    store.edit([stage('a', '')]);
    await settled();
    expect([names(), store.state().refusal]).toEqual(['Signed', 'empty']);
    store.edit([stage('a', 'Won')]);
    await settled();
    expect([names(), store.state().refusal]).toEqual(['Won', null]);
  });

  it('keeps everything while the server cannot be reached, and sends it with the same key', async () => {
    server.isDown = true;
    store.edit([stage('a', 'One')]);
    await settled();
    store.edit([stage('b', 'Two')]);
    expect([names(), store.state().status]).toEqual(['One,Two', 'offline']);
    server.isDown = false;
    await vi.advanceTimersByTimeAsync(3_000);
    expect([names(), store.state().status]).toEqual(['One,Two', 'saved']);
    expect(server.sent[0]?.key).toBe(server.sent.at(-2)?.key);
  });
});

describe('a map that two people draw on', () => {
  it('shows what the other drew, and a message that comes twice or late changes nothing', async () => {
    const early = server.after(0);
    server.put('a', 'Theirs');
    const late = server.after(early.position);
    store.hear(late);
    store.hear(early);
    store.hear(late);
    expect(names()).toBe('Theirs');
    server.drop('a');
    store.hear(server.after(late.position));
    expect(names()).toBe('');
  });

  it('keeps both, when they changed other fields of one part', async () => {
    server.put('a', 'Theirs', { kind: 'TEAM' });
    store.edit([stage('a', 'Signed', { kind: 'CUSTOMER' })]);
    await settled();
    expect(server.parts.get('a')?.body).toEqual({ name: 'Theirs', kind: 'TEAM' });
    server.put('a', 'Again', { colour: 'red' });
    store.edit([stage('a', 'Theirs', { kind: 'CUSTOMER' })]);
    await settled();
    expect(server.parts.get('a')?.body).toEqual({ name: 'Again', kind: 'CUSTOMER', colour: 'red' });
    expect(store.state().clashes).toEqual([]);
  });

  it('keeps theirs and tells both, when they changed the same field', async () => {
    server.put('a', 'Theirs');
    store.edit([stage('a', 'Mine')]);
    await settled();
    expect([names(), store.state().status]).toEqual(['Theirs', 'saved']);
    expect(store.state().clashes).toEqual([{ id: 'a', name: 'Theirs', field: 'name', mine: 'Mine', theirs: 'Theirs' }]);
  });

  it('lets what the other removed be gone, and goes on', async () => {
    server.drop('a');
    store.edit([stage('a', 'Mine'), stage('b', 'New')]);
    await settled();
    expect([names(), store.state().status]).toEqual(['New', 'saved']);
    store.edit([gone('b')]);
    server.drop('b');
    await settled();
    expect([names(), store.state().status]).toEqual(['', 'saved']);
  });

  it('gives up, and says so, when a part is never as the server says', async () => {
    store.edit([stage('x', 'Mine')]);
    server.send = async () => ({ kind: 'conflict', reason: 'never', delta: server.after(0) });
    store.edit([stage('y', 'Mine too')]);
    await settled();
    expect([names(), store.state().refusal, store.state().status]).toEqual(['Signed,Mine', 'never', 'saved']);
  });
});
