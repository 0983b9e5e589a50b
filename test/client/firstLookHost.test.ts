import { afterEach, describe, expect, test, vi } from 'vitest';
import { FrameHost, type HostLook } from '../../client/features/firstLook/host.ts';
import { Allowance, Newest } from '../../client/features/firstLook/pace.ts';
import type { Place, Step, ToFrame } from '../../client/frame/protocol.ts';
import { eventually } from '../support/eventually.ts';

const look: HostLook = {
  mocks: [{ product: 'SEARCH', kind: 'SEARCH', settings: { layout: 'GRID', accent: null, results: 12 } }],
  brand: { name: 'Petra', accent: null, ground: null, hasLogo: false },
  ...{ hasOrders: false, isDark: false, locale: 'en-GB', words: {}, run: 1, rankings: {} },
};
const suggest = { kind: 'suggest', text: 'mug' };
const opened: { close(): void }[] = [];

afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  vi.unstubAllGlobals();
});

/** A host, and the frame's end of its port. */
function hosted(fetched: () => Promise<Response> = async () => Response.json({ products: [] })) {
  const fetching = vi.fn(fetched);
  vi.stubGlobal('fetch', fetching);
  const { port1, port2 } = new MessageChannel();
  const heights: number[] = [];
  const went: [Place, Step][] = [];
  const heard: ToFrame[] = [];
  port2.onmessage = ({ data }) => heard.push(data);
  const host = new FrameHost(port1, {
    projectId: 'p',
    onHeight: (px) => heights.push(px),
    onPlace: (place, step) => went.push([place, step]),
    takesFocus: false,
  });
  opened.push(host, port2);
  const answers = () => heard.filter(({ kind }) => kind === 'answer' || kind === 'image');
  return { host, frame: port2, heard, heights, went, fetching, answers };
}

describe('the page around a mock', () => {
  test('answers what it refuses, so that nobody waits for ever', async () => {
    const { host, frame, answers, fetching } = hosted();
    host.show(look, 'SEARCH', {});
    frame.postMessage({ kind: 'ask', id: 1, mock: 'SEARCH', ask: { ...suggest, text: 'x'.repeat(2_100) } });
    frame.postMessage({ kind: 'ask', id: 2, mock: 'SEARCH', ask: { ...suggest, first: 1n } });
    frame.postMessage({ kind: 'ask', id: 3, mock: 'SEARCH', ask: { ...suggest, text: '\ud83d' } });
    frame.postMessage({ kind: 'image', id: 4, productId: '\udc00' });
    frame.postMessage({ kind: 'ask', id: 5, mock: 'SEARCH', ask: suggest });
    await eventually(() => answers().length === 5);
    expect(answers().toSorted((a, b) => ('id' in a && 'id' in b ? a.id - b.id : 0))).toEqual([
      { kind: 'answer', id: 1, ok: false, code: 'BROKEN' },
      { kind: 'answer', id: 2, ok: false, code: 'BROKEN' },
      { kind: 'answer', id: 3, ok: false, code: 'BROKEN' },
      { kind: 'image', id: 4, bytes: null, type: '' },
      { kind: 'answer', id: 5, ok: true, answer: { products: [] } },
    ]);
    expect(fetching).toHaveBeenCalledTimes(1);
  });

  test('asks the server no more than it takes, and waits for no more pictures than a page shows', async () => {
    const never = new Promise<Response>(() => {});
    const { host, frame, answers, fetching } = hosted(() => never);
    host.show(look, 'SEARCH', {});
    const many = 2_000;
    for (let id = 1; id <= many; id++) frame.postMessage({ kind: 'ask', id, mock: 'SEARCH', ask: suggest });
    for (let id = 1; id <= many; id++) frame.postMessage({ kind: 'image', id: many + id, productId: `A-${id}` });
    await eventually(() => answers().filter(({ kind }) => kind === 'image').length === many - 206);
    // Those that came meanwhile, at twenty a second, and six pictures at once.
    expect(fetching.mock.calls.length).toBeLessThan(6 + 60 + 20 * 20);
    const busy = answers().filter((one) => one.kind === 'answer' && !one.ok && one.code === 'BUSY');
    expect(busy.length).toBeGreaterThan(many - 60 - 20 * 20);
  });

  test('hears the newest of many heights', async () => {
    const { host, frame, heights } = hosted();
    host.show(look, 'SEARCH', {});
    for (let px = 1; px <= 2_000; px++) frame.postMessage({ kind: 'height', px });
    await eventually(() => heights.at(-1) === 2_000);
    expect(heights.length).toBeLessThan(500);
  });

  test('goes where the frame went, and does not send it there again', async () => {
    const { host, frame, heard, went } = hosted();
    host.show(look, 'SEARCH', { q: 'mug' });
    await eventually(() => heard.length === 1);
    expect(heard[0]).toMatchObject({ kind: 'start', place: { q: 'mug' } });
    frame.postMessage({ kind: 'place', mock: 'SEARCH', place: { q: 'mug', brand: [], open: 'A-1' }, step: 'IN' });
    await eventually(() => went.length === 1);
    expect(went).toEqual([[{ q: 'mug', open: 'A-1' }, 'IN']]);
    host.show(look, 'SEARCH', { q: 'mug', open: 'A-1' });
    // Back, which the frame did not ask for; and another product on the way.
    host.show(look, 'SEARCH', { q: 'mug' });
    await eventually(() => heard.length === 2);
    expect(heard[1]).toEqual({ kind: 'mock', mock: 'SEARCH', place: { q: 'mug' } });
    // Where the frame is already, and of a mock that is not shown.
    frame.postMessage({ kind: 'place', mock: 'SEARCH', place: { q: 'mug' }, step: 'IN' });
    frame.postMessage({ kind: 'place', mock: 'EMAIL', place: { open: 'B' }, step: 'IN' });
    frame.postMessage({ kind: 'place', mock: 'SEARCH', place: { q: 'cup' }, step: 'SAME' });
    await eventually(() => went.length === 2);
    expect(went[1]).toEqual([{ q: 'cup' }, 'SAME']);
  });

  test('begins anew where the frame is by now, when the products are others', async () => {
    const { host, frame, heard, went } = hosted();
    host.show(look, 'SEARCH', {});
    frame.postMessage({ kind: 'place', mock: 'SEARCH', place: { q: 'cup' }, step: 'IN' });
    await eventually(() => went.length === 1);
    host.show({ ...look, run: 2 }, 'SEARCH', {});
    await eventually(() => heard.length === 2);
    expect(heard[1]).toMatchObject({ kind: 'start', look: { run: 2 }, place: { q: 'cup' } });
  });
});

test('of what comes too fast the newest is handed on, once in a while', () => {
  vi.useFakeTimers();
  const heard: string[] = [];
  const newest = new Newest<string>(
    50,
    (said) => heard.push(said),
    (before, next) => `${before}+${next}`,
  );
  for (const said of ['a', 'b', 'c']) newest.tell(said);
  expect(heard).toEqual(['a']);
  vi.advanceTimersByTime(50);
  expect(heard).toEqual(['a', 'b+c']);
  newest.tell('d');
  newest.close();
  vi.advanceTimersByTime(500);
  expect(heard).toEqual(['a', 'b+c']);
  vi.useRealTimers();
});

test('so many at once are allowed, and so many more each second', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const allowed = new Allowance(3, 10);
  const taken = () => Array.from({ length: 5 }, () => allowed.take());
  expect(taken()).toEqual([true, true, true, false, false]);
  vi.advanceTimersByTime(200);
  expect(taken()).toEqual([true, true, false, false, false]);
  vi.useRealTimers();
});
