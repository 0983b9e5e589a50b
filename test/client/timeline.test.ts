import { expect, test } from 'vitest';
import { blocksOf, linesOf, placesIn } from '../../client/screens/overview/lines.ts';
import { lanesOf, scaleOf } from '../../client/screens/overview/timeline/scale.ts';
import { pagesBetween } from '../../client/screens/overview/usePages.ts';
import { t } from '../support/words.ts';

const group = (key: string, count: number) => ({
  key,
  count,
  health: null,
  court: null,
  platform: null,
  phase: key,
  pm: null,
});
const drawn = (from: number, to: number, focused: number | null = null) =>
  blocksOf(linesOf([group('a', 3), group('b', 2)], 5), { from, to }, focused);

test('a scale is of whole quarters around today, and a day lies where its month and week say', () => {
  const scale = scaleOf(t, '2026-11-23', 'MONTH');
  expect(scale.major[0]?.label).toBe('October 2025');
  expect(scale.major.at(-1)?.label).toBe('June 2028');
  expect(scale.at('2025-10-01')).toBe(0);
  expect(scale.at('2025-10-11')).toBe(10 * scale.dayPx);
  // 2026-11-23 is a Monday: it has a mark of its own.
  expect(scale.minor.find(({ left }) => left === scale.at('2026-11-23'))?.label).toBe('23');
  expect(scale.major.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(scale.widthPx);
  const quarters = scaleOf(t, '2026-11-23', 'QUARTER');
  expect(quarters.major.map(({ label }) => label).slice(0, 2)).toEqual(['Q4 2025', 'Q1 2026']);
  expect(quarters.minor[0]?.label).toBe('Oct');
});

test('what lies beyond the scale is held at its ends and is not drawn', () => {
  const scale = scaleOf(t, '2026-11-23', 'WEEK');
  expect(scale.at('2020-01-01')).toBe(0);
  expect(scale.at('2040-01-01')).toBe(scale.widthPx);
  expect([scale.isDrawn('2020-01-01'), scale.isDrawn('2026-11-23'), scale.isDrawn('2040-01-01')]).toEqual([
    false,
    true,
    false,
  ]);
});

test('phases that overlap stand in lanes of their own, others share one', () => {
  const days = (startOn: string, finishOn: string) => ({
    startOn: `2026-03-${startOn}`,
    finishOn: `2026-03-${finishOn}`,
  });
  expect(lanesOf([days('01', '05'), days('06', '09')])).toEqual({ lanes: [0, 0], count: 1 });
  expect(lanesOf([days('01', '05'), days('05', '09'), days('06', '07')])).toEqual({ lanes: [0, 1, 0], count: 2 });
  expect(lanesOf([])).toEqual({ lanes: [], count: 1 });
});

test('the lines of a grouped list are the names of its groups and the rows below them', () => {
  const lines = linesOf([group('a', 3), group('b', 2)], 5);
  const said = Array.from({ length: lines.count + 1 }, (_, index) => {
    const line = lines.at(index);
    return line && ('group' in line ? line.group.key : line.place);
  });
  expect(said).toEqual(['a', 0, 1, 2, 'b', 3, 4, null]);
  expect(placesIn(lines, { from: 2, to: 6 })).toEqual({ from: 1, to: 4 });
  expect(placesIn(lines, { from: 4, to: 5 })).toEqual({ from: 0, to: 0 });
  expect(linesOf([], 2).at(1)).toEqual({ place: 1, of: 0 });
});

test('what is drawn is the window, and the line in focus with those beside it', () => {
  expect(drawn(0, 7)).toEqual([
    { key: '0', gap: 0, lines: [0, 1, 2, 3] },
    { key: '1', gap: 0, lines: [4, 5, 6] },
  ]);
  expect(drawn(5, 7)).toEqual([{ key: '1', gap: 5, lines: [5, 6] }]);
  expect(drawn(0, 1, 6)).toEqual([
    { key: '0', gap: 0, lines: [0] },
    { key: '1', gap: 3, lines: [4, 5, 6] },
  ]);
  const every = Array.from({ length: 7 }, (_, from) =>
    blocksOf(linesOf([group('a', 3), group('b', 2)], 5), { from, to: from + 2 }, 3),
  );
  for (const blocks of every) expect(new Set(blocks.map(({ key }) => key)).size).toBe(blocks.length);
});

test('a stretch of rows lies on the pages that hold its first and its last', () => {
  expect(pagesBetween({ from: 0, to: 50 })).toEqual([0]);
  expect(pagesBetween({ from: 49, to: 51 })).toEqual([0, 1]);
  expect(pagesBetween({ from: 120, to: 120 })).toEqual([2]);
});
