import { describe, expect, test } from 'vitest';
import { layers } from '../../client/features/journeys/layers.ts';
import { arrange, type Picture } from '../../client/features/journeys/picture/arrange.ts';
import { linesOf } from '../../client/features/journeys/picture/lines.ts';
import { svgOf } from '../../client/features/journeys/picture/paint.ts';
import { exchangesOf } from '../../server/journeys/gaps/exchanges.ts';
import type { JourneyMap } from '../../server/journeys/map.ts';
import { integrationToday } from '../../server/sample/journeys/integrationToday.ts';

/** Half of its size for each letter. */
const widthOf = (text: string, size: number) => (text.length * size) / 2;
const words = {
  ...{ title: 'Today', state: '0 %', noStage: 'No stage', noDepartment: 'No department', experience: 'Experience' },
  missing: (names: string) => `Missing: ${names}`,
  gaps: (count: number) => `${count} gaps`,
};
const pictureOf = (map: JourneyMap, shown = layers as readonly (typeof layers)[number][]): Picture =>
  arrange({ map, exchanges: exchangesOf(map), gapsAt: new Map(), shown: new Set(shown), words, widthOf });

describe('a map as a picture', () => {
  test('holds every touchpoint once, no two cards on one another, nothing outside', () => {
    const { width, height, shapes } = pictureOf(integrationToday);
    const cards = shapes.flatMap((shape) => (shape.kind === 'box' && shape.edge ? [shape] : []));
    expect(cards).toHaveLength(integrationToday.touchpoints.length);
    for (const [at, one] of cards.entries()) {
      expect([one.x >= 0, one.y >= 0, one.x + one.width <= width, one.y + one.height <= height]).not.toContain(false);
      for (const other of cards.slice(at + 1)) {
        const isApart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(isApart).toBe(true);
      }
    }
    for (const shape of shapes)
      if (shape.kind === 'text') expect(shape.x + widthOf(shape.text, shape.size)).toBeLessThanOrEqual(width);
  });

  test('draws an arrow for each exchange, and only with its layer', () => {
    const arrows = (picture: Picture) => picture.shapes.filter((shape) => shape.kind === 'path' && shape.hasTip);
    expect(arrows(pictureOf(integrationToday))).toHaveLength(exchangesOf(integrationToday).exchanges.length);
    expect(arrows(pictureOf(integrationToday, ['experience']))).toHaveLength(0);
  });

  test('as a document it holds names as text, whatever people called their things', () => {
    const hostile = '<script>alert(1)</script> & "quoted" \u0000\u0007 end';
    const [first, ...rest] = integrationToday.touchpoints;
    const svg = svgOf(
      pictureOf({ ...integrationToday, touchpoints: [{ ...first!, name: hostile }, ...rest] }),
      (tone) => `of-${tone}`,
    );
    expect([...svg].some((letter) => letter < '\t')).toBe(false);
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
    expect(svg.match(/<svg /g)).toHaveLength(1);
    // Without children between the tags that open and close there is only text.
    const opened = svg.match(/<(svg|g|defs|marker|text)[ >]/g)?.length;
    expect(svg.match(/<\/(svg|g|defs|marker|text)>/g)?.length).toBe(opened);
  });

  test('of an empty map is its title', () => {
    const empty = Object.fromEntries(Object.keys(integrationToday).map((key) => [key, []])) as unknown as JourneyMap;
    const { shapes, stages } = pictureOf(empty);
    expect([stages, shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []))]).toEqual([
      [],
      ['Today', '0 %', 'Experience'],
    ]);
  });
});

test.each([
  ['short words', 100, 1, ['short words']],
  ['short words that go on', 50, 3, ['short', 'words that', 'go on']],
  ['short words that go on', 50, 2, ['short', 'words tha…']],
  ['unbreakable', 25, 3, ['unbre', 'akabl', 'e']],
  ['', 25, 3, []],
])('%j stands in lines of %d', (text, room, most, lines) => {
  expect(linesOf(text, room, 10, widthOf, most)).toEqual(lines);
});
