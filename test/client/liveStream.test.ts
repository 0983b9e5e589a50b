import { InMemoryCache } from '@apollo/client/cache';
import type { Client } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { ProjectStream } from '../../client/live/documents.ts';
import { type Change, type LiveStatus, openStream } from '../../client/live/stream.ts';

type Payload = { variables: Record<string, unknown> };
type Observer = { next(result: unknown): void; error(error: unknown): void; complete(): void };

/** A stream over a socket that this test speaks for. */
function followed(start: number) {
  const listeners = new Map<string, (event?: unknown) => void>();
  const subscriptions: { payload: Payload; observer: Observer }[] = [];
  const socket = {
    on: (name: string, listener: () => void) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
    subscribe: (payload: Payload, observer: Observer) => {
      subscriptions.push({ payload, observer });
      return () => {};
    },
  } as unknown as Client;
  const statuses: LiveStatus[] = [];
  const changes: Change[] = [];
  let reloads = 0;
  const close = openStream({
    socket,
    cache: new InMemoryCache(),
    document: ProjectStream,
    field: 'changes',
    variablesAt: (place) => ({ projectId: 'p', after: place }),
    start,
    onStatus: (status) => statuses.push(status),
    onChange: (change) => changes.push(change),
    onReload: () => {
      reloads += 1;
    },
    onRefused: () => {},
  });
  const say = (message: Record<string, unknown>) =>
    subscriptions.at(-1)?.observer.next({ data: { changes: { cursor: null, ...message } } });
  return {
    change: (position: number) =>
      say({
        ...{ __typename: 'Change', position, projectId: 'p', subjectId: 's', kind: 'task.started' },
        ...{ at: '2026-03-10T09:00:00.000Z', taskId: null, actor: null, facts: null, node: null },
      }),
    caughtUp: (position: number) => say({ __typename: 'CaughtUp', position }),
    heartbeat: (position: number) => say({ __typename: 'Heartbeat', position }),
    reload: (position: number) => say({ __typename: 'Reload', reason: 'LOG_RESTORED', position }),
    cut: () => listeners.get('closed')?.(),
    back: () => listeners.get('connected')?.(),
    /** Where the next subscription of this stream begins. */
    after: () => subscriptions.at(-1)?.payload.variables.after,
    status: () => statuses.at(-1),
    seen: () => changes.map((change) => change.position),
    reloads: () => reloads,
    close,
  };
}

describe('a stream in the browser', () => {
  test('resumes after the last change that it was given, whatever it heard of how far the log has come', () => {
    const stream = followed(7);
    stream.caughtUp(7);
    stream.change(8);
    stream.heartbeat(20);
    expect(stream.after()).toBe(8);
    stream.cut();
    stream.back();
    expect(stream.after()).toBe(8);
    stream.close();
  });

  test('says on how many changes it is catching up, counts down, and is live when the server says so', () => {
    const stream = followed(7);
    expect(stream.status()).toEqual({ kind: 'catchingUp', behind: null });
    stream.heartbeat(10);
    expect(stream.status()).toEqual({ kind: 'catchingUp', behind: 3 });
    stream.change(8);
    expect(stream.status()).toEqual({ kind: 'catchingUp', behind: 2 });
    stream.change(9);
    stream.change(10);
    stream.caughtUp(10);
    expect(stream.status()).toEqual({ kind: 'live' });
    expect(stream.seen()).toEqual([8, 9, 10]);
    stream.close();
  });

  test('a heartbeat that names what it has already changes nothing', () => {
    const stream = followed(7);
    stream.caughtUp(7);
    stream.heartbeat(7);
    expect(stream.status()).toEqual({ kind: 'live' });
    stream.close();
  });

  test('is offline since the socket closed, and goes on where it was', () => {
    const stream = followed(7);
    stream.caughtUp(7);
    stream.cut();
    expect(stream.status()).toMatchObject({ kind: 'offline', since: expect.any(Date) });
    stream.back();
    expect(stream.status()).toEqual({ kind: 'catchingUp', behind: null });
    stream.close();
  });

  test('after a restored log it loads anew and goes on from where the log ends, behind nothing', () => {
    const stream = followed(70);
    stream.heartbeat(75);
    stream.reload(40);
    expect(stream.reloads()).toBe(1);
    expect(stream.after()).toBe(40);
    stream.caughtUp(40);
    expect(stream.status()).toEqual({ kind: 'live' });
    stream.close();
  });
});
