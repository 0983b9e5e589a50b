import { ApolloClient, ApolloLink, execute, gql } from '@apollo/client';
import { InMemoryCache } from '@apollo/client/cache';
import { Observable, Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Acts } from '../../client/api/acts.ts';
import { appendComment, takeCommentChange } from '../../client/features/comments/appendComment.ts';
import { ReadOnce } from '../../client/live/readOnce.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('what a page reads anew', () => {
  /** A project's data, read at the position that its log has then; readings wait until they are let through. */
  function screen() {
    let log = 7;
    const waiting: (() => void)[] = [];
    const reading = new ReadOnce(async () => {
      const position = log;
      await new Promise<void>((resolve) => waiting.push(resolve));
      return position;
    });
    const letThrough = async () => {
      waiting.shift()?.();
      await turn();
    };
    return { reading, letThrough, moved: () => ++log, readings: () => waiting.length };
  }

  test('after an act of its own is read once: the echo that comes meanwhile, or later, reads nothing more', async () => {
    const { reading, letThrough, moved, readings } = screen();
    const position = moved();
    const act = reading.now();
    const early = reading.through([position]);
    expect(readings()).toBe(1);
    await letThrough();
    await Promise.all([act, early]);
    await reading.through([position]);
    expect(readings()).toBe(0);
  });

  test('after an echo that came before the answer is read once more for the act, and no third time', async () => {
    const { reading, letThrough, moved, readings } = screen();
    const echo = reading.through([moved()]);
    await turn();
    expect(readings()).toBe(1);
    const act = reading.now();
    await letThrough();
    await echo;
    expect(readings()).toBe(1);
    await letThrough();
    await act;
    expect(readings()).toBe(0);
  });

  test('after what somebody else did meanwhile is read again', async () => {
    const { reading, letThrough, moved, readings } = screen();
    const own = moved();
    const act = reading.now();
    const other = moved();
    const changes = reading.through([own, other]);
    await letThrough();
    await act;
    await turn();
    expect(readings()).toBe(1);
    await letThrough();
    await changes;
    await reading.through([own, other]);
    expect(readings()).toBe(0);
  });

  test('is tried again when it could not be read', async () => {
    let isDown = true;
    let tries = 0;
    const reading = new ReadOnce(async () => {
      tries += 1;
      if (isDown) throw new Error('offline');
      return 8;
    });
    await expect(reading.through([8])).rejects.toThrow('offline');
    isDown = false;
    await reading.through([8]);
    await reading.through([8]);
    expect(tries).toBe(2);
  });
});

describe('an act of this page', () => {
  const client = new ApolloClient({ cache: new InMemoryCache(), link: ApolloLink.empty() });

  test('is its own echo while it is under way and a moment after its answer; a question is none', () => {
    const acts = new Acts();
    const answers = new Subject<ApolloLink.Result>();
    const link = ApolloLink.from([acts.link, new ApolloLink(() => answers)]);
    expect(acts.isEcho()).toBe(false);
    execute(link, { query: gql`query { viewer { isStaff } }` }, { client }).subscribe();
    expect(acts.isEcho()).toBe(false);
    execute(link, { query: gql`mutation { taskStart { position } }` }, { client }).subscribe();
    expect(acts.isEcho()).toBe(true);
    answers.next({ data: {} });
    answers.complete();
    vi.advanceTimersByTime(1_000);
    expect(acts.isEcho()).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(acts.isEcho()).toBe(false);
  });

  test('that fails, or is given up, is under way no longer', () => {
    const acts = new Acts();
    const failing = new ApolloLink(() => new Observable((observer) => observer.error(new Error('offline'))));
    const doing = { query: gql`mutation { taskStart { position } }` };
    execute(ApolloLink.from([acts.link, failing]), doing, { client }).subscribe({ error: () => {} });
    const never = new ApolloLink(() => new Observable(() => {}));
    execute(ApolloLink.from([acts.link, never]), doing, { client })
      .subscribe()
      .unsubscribe();
    vi.advanceTimersByTime(2_000);
    expect(acts.isEcho()).toBe(false);
  });
});

test('a comment of one’s own that comes back by the stream stands in the conversation once', () => {
  const cache = new InMemoryCache();
  const query = gql`query { task { __typename id comments { nodes { __typename id } } } }`;
  const data = { task: { __typename: 'Task', id: 't', comments: { nodes: [] } } };
  cache.writeQuery({ query, data });
  cache.writeFragment({ fragment: gql`fragment C on Comment { id }`, data: { __typename: 'Comment', id: 'c' } });
  let writes = 0;
  cache.watch({ query, optimistic: false, callback: () => (writes += 1) });
  appendComment(cache, 't', 'c');
  expect(writes).toBe(1);
  takeCommentChange(cache, 't', { kind: 'comment.added', subjectId: 'c', node: { __typename: 'Comment', id: 'c' } });
  expect(writes).toBe(1);
  expect(cache.readQuery({ query })).toEqual({
    task: { ...data.task, comments: { nodes: [{ __typename: 'Comment', id: 'c' }] } },
  });
});
