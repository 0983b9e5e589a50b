import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignmentOf, fitnessOfAll, mostEvents } from '../../server/journeys/reality/alignment.ts';
import { deviationsOf } from '../../server/journeys/reality/deviations.ts';
import type { PlannedOrder } from '../../server/journeys/reality/order.ts';
import { variantsOf } from '../../server/journeys/reality/variants.ts';

/** `a<b a<c` and so on; a letter with `?` is optional. */
function plan(letters: string, order: string): PlannedOrder {
  const ids = [...letters.matchAll(/(\w)(\??)/g)];
  return {
    activities: ids.map(([, id = '', mark]) => ({ id, isOptional: mark === '?' })),
    before: order
      .split(' ')
      .filter(Boolean)
      .map((pair) => pair.split('<') as [string, string]),
  };
}
const chain = (letters: string) =>
  plan(
    letters,
    [...letters]
      .slice(1)
      .map((id, at) => `${letters[at]}<${id}`)
      .join(' '),
  );
const happened = (letters: string) => [...letters].map((activityId, at) => ({ activityId, at }));
const align = (model: PlannedOrder, trace: string, isFinished = true) =>
  alignmentOf(model, happened(trace), isFinished);

/** As books print it: what happened above, what was planned below, >> where one has nothing. */
function printed(model: PlannedOrder, trace: string): string {
  return align(model, trace)
    .moves.map(({ kind, activityId }) =>
      kind === 'BOTH' ? `${activityId}/${activityId}` : kind === 'LOG' ? `${activityId}/>>` : `>>/${activityId}`,
    )
    .join(' ');
}

const parallel = plan('abcd', 'a<b a<c b<d c<d');

describe('fitness by hand', () => {
  // 1 - cost / (events + activities of the shortest run), as Adriansyah, van Dongen and van der Aalst (2011) define it.
  test.each([
    ['all as planned', parallel, 'abcd', 0, 1],
    ['side by side, the other way round', parallel, 'acbd', 0, 1],
    ['one left out', parallel, 'abd', 1, 1 - 1 / 7],
    ['one that is not planned', parallel, 'abxcd', 1, 1 - 1 / 9],
    ['one twice', parallel, 'abbcd', 1, 1 - 1 / 9],
    ['two that change places', chain('acdeh'), 'adceh', 2, 1 - 2 / 10],
    ['another one in the place of one', chain('acdeh'), 'abdeh', 2, 1 - 2 / 10],
    ['wholly backwards', chain('abcd'), 'dcba', 6, 1 - 6 / 8],
    ['nothing of it', chain('ab'), 'xy', 4, 0],
    ['nothing at all', chain('ab'), '', 2, 0],
    ['nothing planned, nothing done', chain(''), '', 0, 1],
    ['an optional one left out', plan('ab?c', 'a<b b<c'), 'ac', 0, 1],
    ['an optional one at the wrong end', plan('ab?c', 'a<b b<c'), 'acb', 1, 1 - 1 / 5],
    ['the order of two holds over an optional one', plan('ab?c', 'a<b b<c'), 'ca', 2, 1 - 2 / 4],
  ])('%s', (_, model, trace, cost, fitness) => {
    const found = align(model, trace);
    expect([found.cost, found.fitness]).toEqual([cost, fitness]);
  });

  test('moves are written as they happened, and what is missing where it should have been', () => {
    expect(printed(chain('acdeh'), 'adceh')).toMatch(/^a\/a (d\/>> c\/c >>\/d|>>\/c d\/d c\/>>) e\/e h\/h$/);
    expect(printed(parallel, 'abd')).toBe('a/a b/b >>/c d/d');
    expect(printed(parallel, '')).toBe('>>/a >>/b >>/c >>/d');
  });

  test('of a case under way, only what should have come before is missed', () => {
    expect(align(parallel, 'ab', false).fitness).toBe(1);
    expect(align(parallel, 'ab', true).fitness).toBe(1 - 2 / 6);
    expect(align(parallel, 'abd', false).cost).toBe(1);
  });

  test('of all cases it is the sum of costs over the sum of the worst', () => {
    const all = ['abcd', 'abd'].map((trace) => align(parallel, trace));
    expect(fitnessOfAll(all)).toBe(1 - 1 / 15);
    expect(fitnessOfAll([])).toBeNull();
  });
});

describe('odd plans', () => {
  test('a ring has no order of its own, and what stands around it keeps its', () => {
    const ring = plan('abcd', 'a<b b<c c<b c<d d<d x<a');
    expect(align(ring, 'acbd').cost).toBe(0);
    expect(align(ring, 'bacd').cost).toBe(2);
  });

  test('hundreds of events of one activity are one and its repetitions', () => {
    expect(align(chain('ab'), 'a'.repeat(300)).cost).toBe(300);
  });

  test('more than anybody does is refused', () => {
    expect(() => align(chain('ab'), 'a'.repeat(mostEvents + 1))).toThrow(RangeError);
  });
});

describe('against trying everything', () => {
  const model = fc
    .record({
      optional: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
      pairs: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 8 }),
    })
    .map(
      ({ optional, pairs }): PlannedOrder => ({
        activities: optional.map((isOptional, at) => ({ id: 'abcde'[at] as string, isOptional })),
        before: pairs.map(([from, to]) => ['abcde'[from] as string, 'abcde'[to] as string] as const),
      }),
    );

  test('no alignment is cheaper', () => {
    fc.assert(
      fc.property(model, fc.string({ unit: fc.constantFrom(...'abcdex'), maxLength: 6 }), (asked, trace) => {
        const found = align(asked, trace);
        expect(found.cost).toBe(cheapest(asked, trace));
        expect(found.cost).toBe(found.moves.filter(({ kind }) => kind !== 'BOTH').length);
        const seen = found.moves.flatMap((move) => (move.kind === 'MODEL' ? [] : [trace[move.event]]));
        expect(seen.join('')).toBe(trace);
        expect(runsOf(asked)).toContain(
          found.moves.flatMap(({ kind, activityId }) => (kind === 'LOG' ? [] : [activityId])).join(''),
        );
      }),
      { numRuns: 400 },
    );
  });
});

/** Every run that a plan allows, by trying all orders of all choices. */
function runsOf({ activities, before }: PlannedOrder): Set<string> {
  const ids = activities.map(({ id }) => id);
  const known = before.filter((pair) => pair.every((id) => ids.includes(id)));
  const leads = (from: string, to: string, seen: string[] = []): boolean =>
    known.some(
      ([one, other]) => one === from && (other === to || (!seen.includes(other) && leads(other, to, [...seen, other]))),
    );
  const pairs = ids.flatMap((one) => ids.map((other) => [one, other] as const));
  const strict = pairs.filter(([one, other]) => one !== other && leads(one, other) && !leads(other, one));
  const runs = new Set<string>();
  const walk = (run: string, left: readonly string[]) => {
    if (activities.every(({ id, isOptional }) => isOptional || run.includes(id))) runs.add(run);
    for (const id of left) {
      const isLate = strict.some(([one, other]) => one === id && run.includes(other));
      if (!isLate)
        walk(
          run + id,
          left.filter((one) => one !== id),
        );
    }
  };
  walk('', ids);
  return runs;
}

/** The fewest insertions and removals between a trace and any run: the longest common part of both. */
function cheapest(model: PlannedOrder, trace: string): number {
  return Math.min(...[...runsOf(model)].map((run) => trace.length + run.length - 2 * commonOf(trace, run)));
}

function commonOf(one: string, other: string): number {
  if (one === '' || other === '') return 0;
  if (one[0] === other[0]) return 1 + commonOf(one.slice(1), other.slice(1));
  return Math.max(commonOf(one.slice(1), other), commonOf(one, other.slice(1)));
}

describe('deviations', () => {
  const known = (model: PlannedOrder) => (id: string) => model.activities.some((one) => one.id === id);
  const told = (model: PlannedOrder, trace: string) =>
    deviationsOf(align(model, trace), happened(trace), known(model)).map(
      ({ kind, activityId }) => `${kind} ${activityId}`,
    );

  test.each([
    ['abcd', []],
    ['abd', ['SKIPPED c']],
    ['abxcd', ['INSERTED x']],
    ['abcbd', ['REPEATED b']],
    ['xabbdx', ['INSERTED x', 'REPEATED b', 'SKIPPED c', 'INSERTED x']],
    ['bcda', ['OUT_OF_ORDER a']],
    ['bcdaa', ['OUT_OF_ORDER a', 'REPEATED a']],
  ])('%s', (trace, lines) => {
    expect(told(parallel, trace)).toEqual(lines);
  });

  test('what took too long in its place is slow', () => {
    const took = (event: number) => (event === 1 ? { days: 7, mostDays: 6 } : { days: 6, mostDays: 6 });
    const found = deviationsOf(align(parallel, 'abcd'), happened('abcd'), known(parallel), took);
    expect(found).toEqual([{ kind: 'SLOW', activityId: 'b', event: 1 }]);
  });
});

test('the ways that cases went, the most frequent first', () => {
  const cases = ['ab', 'ba', 'ba', 'ab', 'ba'].map((way, at) => ({ id: `${at}`, activityIds: [...way] }));
  expect(variantsOf(cases)).toEqual([
    { activityIds: ['b', 'a'], caseIds: ['1', '2', '4'], share: 0.6 },
    { activityIds: ['a', 'b'], caseIds: ['0', '3'], share: 0.4 },
  ]);
  expect(variantsOf([])).toEqual([]);
});
