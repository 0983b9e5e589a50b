import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Road, Task } from '../../client/features/templates/documents.ts';
import { type DraftServer, DraftStore } from '../../client/features/templates/draftStore.ts';
import { mergeRoads } from '../../client/features/templates/merge.ts';
import { withNewTask, withoutTask, withTask, withTaskAt, withTaskMoved } from '../../client/features/templates/road.ts';

const task = (key: string, change: Partial<Task> = {}): Task => ({
  key,
  title: `Do ${key}`,
  purpose: 'so that it is done',
  minutes: 30,
  type: 'WORK',
  side: 'CLIENT',
  visibility: 'SHARED',
  isGate: false,
  assignee: null,
  isReviewWanted: false,
  reviewer: null,
  holdsPhases: false,
  when: [],
  after: [],
  dueInBusinessDays: 3,
  documentation: 'Words.',
  inputs: [],
  ...change,
});
const road = (...phases: Task[][]): Road => ({
  name: 'Search',
  platform: 'SHOPIFY',
  products: ['SEARCH'],
  targetInBusinessDays: 30,
  phases: phases.map((tasks, at) => ({ key: `p${at}`, name: `Phase ${at}`, milestone: 'Done', tasks })),
});
const start = road([task('a'), task('b', { after: ['a'] })], [task('c')]);
const keys = (of: Road) => of.phases.map((phase) => phase.tasks.map((each) => each.key).join('')).join('|');
const titleOf = (of: Road, key: string) =>
  of.phases.flatMap((phase) => phase.tasks).find((each) => each.key === key)?.title;

describe('bringing two people’s changes together', () => {
  it('keeps both, when they wrote in different tasks or in different fields of one', () => {
    const mine = withTask(start, 'a', { title: 'Mine' });
    const theirs = withTask(withTask(start, 'a', { minutes: 60 }), 'b', { title: 'Theirs' });
    const merged = mergeRoads(start, mine, theirs);
    expect(merged.conflicts).toEqual([]);
    expect(titleOf(merged.road, 'a')).toBe('Mine');
    expect(merged.road.phases[0]?.tasks[0]?.minutes).toBe(60);
    expect(titleOf(merged.road, 'b')).toBe('Theirs');
  });

  it('keeps ours and tells theirs, when they wrote in the same field', () => {
    const merged = mergeRoads(
      start,
      withTask(start, 'a', { title: 'Mine' }),
      withTask(start, 'a', { title: 'Theirs' }),
    );
    expect(titleOf(merged.road, 'a')).toBe('Mine');
    expect(merged.conflicts).toEqual([{ taskKey: 'a', phaseKey: null, field: 'title', theirs: 'Theirs' }]);
  });

  it('says nothing, when both did the same', () => {
    const both = withTask(start, 'a', { title: 'Same' });
    expect(mergeRoads(start, both, structuredClone(both))).toEqual({ road: both, conflicts: [] });
  });

  it('leaves out what one took out, unless the other wrote in it', () => {
    expect(keys(mergeRoads(start, withoutTask(start, 'a'), withTask(start, 'c', { title: 'C' })).road)).toBe('b|c');
    const kept = mergeRoads(start, withoutTask(start, 'a'), withTask(start, 'a', { title: 'Still needed' }));
    expect(keys(kept.road)).toBe('ba|c');
    expect(titleOf(kept.road, 'a')).toBe('Still needed');
  });

  it('keeps the tasks that both added, and says when both moved things', () => {
    const merged = mergeRoads(start, withNewTask(start, 'p0', 'mine'), withNewTask(start, 'p1', 'theirs'));
    expect(keys(merged.road)).toBe('abmine|ctheirs');
    expect(merged.conflicts.map((each) => each.field)).toEqual(['order']);
  });

  it('takes the order of whoever moved things', () => {
    const moved = withTaskAt(start, 'c', 'p0', 0);
    expect(keys(mergeRoads(start, moved, withTask(start, 'a', { title: 'A' })).road)).toBe('cab|');
    expect(keys(mergeRoads(start, withTask(start, 'a', { title: 'A' }), moved).road)).toBe('cab|');
  });
});

it('moving a task goes over the edge of its phase, and stops at the ends of the road', () => {
  expect(keys(withTaskMoved(start, 'b', 1))).toBe('a|bc');
  expect(keys(withTaskMoved(start, 'c', -1))).toBe('abc|');
  expect(keys(withTaskMoved(start, 'a', -1))).toBe('ab|c');
  expect(keys(withTaskMoved(start, 'c', 1))).toBe('ab|c');
});

it('taking a task out takes it out of what waits for it', () => {
  expect(withoutTask(start, 'a').phases[0]?.tasks[0]).toMatchObject({ key: 'b', after: [] });
});

describe('a draft under edit', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A server that others edit too. */
  function serverWith(): DraftServer & {
    road: Road;
    revision: number;
    saves: number;
    isDown: boolean;
    isGone: boolean;
  } {
    return {
      road: start,
      revision: 1,
      saves: 0,
      isDown: false,
      isGone: false,
      async save(next, _, revision) {
        if (this.isDown) return { kind: 'offline' };
        if (this.isGone || revision !== this.revision) return { kind: 'conflict' };
        this.saves += 1;
        this.revision += 1;
        this.road = next;
        return { kind: 'saved', revision: this.revision };
      },
      async load() {
        return this.isGone ? null : { road: this.road, revision: this.revision };
      },
    };
  }
  const typed = (store: DraftStore, title: string) => store.change((of) => withTask(of, 'a', { title }), 'a.title');

  it('is saved once, soon after the last key', async () => {
    const server = serverWith();
    const store = new DraftStore({ road: start, revision: 1 }, server);
    for (const title of ['N', 'Ne', 'New']) typed(store, title);
    expect(store.state().status).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.state().status).toBe('saved');
    expect(server.saves).toBe(1);
    expect(titleOf(server.road, 'a')).toBe('New');
  });

  it('loses nothing that two people write at once', async () => {
    const server = serverWith();
    const store = new DraftStore({ road: start, revision: 1 }, server);
    typed(store, 'Mine');
    server.road = withTask(start, 'b', { title: 'Theirs' });
    server.revision = 2;
    await vi.advanceTimersByTimeAsync(3000);
    expect(store.state().status).toBe('saved');
    expect([titleOf(server.road, 'a'), titleOf(server.road, 'b')]).toEqual(['Mine', 'Theirs']);
    expect(store.state().conflicts).toEqual([]);
  });

  it('takes back field by field, and never what somebody else did', async () => {
    const server = serverWith();
    const store = new DraftStore({ road: start, revision: 1 }, server);
    typed(store, 'M');
    typed(store, 'Mine');
    store.change((of) => withTask(of, 'c', { minutes: 5 }));
    await vi.advanceTimersByTimeAsync(1000);
    server.road = withTask(server.road, 'b', { title: 'Theirs' });
    server.revision += 1;
    await store.refresh();
    store.undo();
    store.undo();
    expect(store.state().canUndo).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.road).toEqual(withTask(start, 'b', { title: 'Theirs' }));
    store.redo();
    store.redo();
    expect(titleOf(store.state().road, 'a')).toBe('Mine');
  });

  it('goes on by itself when the server is back', async () => {
    const server = serverWith();
    server.isDown = true;
    const store = new DraftStore({ road: start, revision: 1 }, server);
    typed(store, 'Mine');
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.state().status).toBe('offline');
    server.isDown = false;
    await vi.advanceTimersByTimeAsync(4000);
    expect(store.state().status).toBe('saved');
    expect(titleOf(server.road, 'a')).toBe('Mine');
  });

  it('keeps what was written when the draft is gone', async () => {
    const server = serverWith();
    const store = new DraftStore({ road: start, revision: 1 }, server);
    server.isGone = true;
    typed(store, 'Mine');
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.state().status).toBe('gone');
    expect(titleOf(store.state().road, 'a')).toBe('Mine');
    expect(await store.flush()).toBe(false);
  });

  it('shows why the server will not have something, until it is changed', async () => {
    const server = serverWith();
    const store = new DraftStore(
      { road: start, revision: 1 },
      { ...server, save: async () => ({ kind: 'refused', reason: 'Too long.' }) },
    );
    typed(store, 'Mine');
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.state()).toMatchObject({ status: 'refused', reason: 'Too long.' });
  });
});
