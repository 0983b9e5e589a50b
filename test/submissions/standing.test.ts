import { describe, expect, test } from 'vitest';
import { type CheckOutcome, reopens, type Standing, standingOf } from '../../server/submissions/fetching/standing.ts';

const start = Date.parse('2026-11-22T00:00:00Z');
const hour = 3_600_000;
const results = { '.': 'PASSED', w: 'WARNED', x: 'FAILED' } as const;

/** `..x` is two good runs and a failure, so many hours apart. */
function runs(text: string, hoursApart = 1): CheckOutcome[] {
  return [...text].map((letter, index) => ({
    at: new Date(start + index * hoursApart * hour),
    result: results[letter as keyof typeof results],
    rules: letter === 'x' ? ['DNS-02.target'] : letter === 'w' ? ['SPF-05.ptr'] : [],
  }));
}

describe('a check that keeps running', () => {
  test.each<[string, Standing]>([
    ['', 'PASSING'],
    ['.', 'PASSING'],
    ['w', 'DEGRADED'],
    ['x', 'DEGRADED'],
    ['..x', 'DEGRADED'],
    ['..xx', 'DEGRADED'],
    ['..xxx', 'BROKEN'],
    ['..xxxxx', 'BROKEN'],
    ['..x.', 'DEGRADED'],
    ['..x..', 'PASSING'],
    ['..xxx.', 'DEGRADED'],
    ['..xxx..', 'PASSING'],
    ['..xxx.x', 'DEGRADED'],
    ['..xxxw', 'DEGRADED'],
    ['w..', 'PASSING'],
    ['.x.x.', 'DEGRADED'],
    ['.x.x.x', 'FLAPPING'],
    ['x.x.x.', 'FLAPPING'],
    ['.w.w.w.w.', 'DEGRADED'],
  ])('%j comes to %s', (text, state) => {
    expect(standingOf(runs(text)).state).toBe(state);
  });

  test('it flaps by changes within a day, not by changes in all', () => {
    expect(standingOf(runs('.x.x.x.x', 8)).state).toBe('DEGRADED');
  });

  test('after a day of rest it is again what its runs say', () => {
    expect(standingOf(runs(`.x.x.x${'.'.repeat(30)}`)).state).toBe('PASSING');
    expect(standingOf(runs(`.x.x.x${'x'.repeat(30)}`)).state).toBe('BROKEN');
  });

  test('it says since when, and what broke or was mended', () => {
    expect(standingOf(runs('..xxxx'))).toEqual({
      state: 'BROKEN',
      since: new Date(start + 4 * hour),
      appeared: ['DNS-02.target'],
      mended: [],
    });
    expect(standingOf(runs('xxx..'))).toMatchObject({ state: 'PASSING', appeared: [], mended: ['DNS-02.target'] });
    expect(standingOf([])).toEqual({ state: 'PASSING', since: null, appeared: [], mended: [] });
  });

  test('only a break reopens, and once', () => {
    expect(reopens('DEGRADED', 'BROKEN')).toBe(true);
    expect(reopens('FLAPPING', 'BROKEN')).toBe(true);
    expect(reopens('BROKEN', 'BROKEN')).toBe(false);
    expect(reopens('PASSING', 'FLAPPING')).toBe(false);
  });
});
