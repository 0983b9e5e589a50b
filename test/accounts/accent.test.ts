import { describe, expect, test } from 'vitest';
import { accentOf, contrast, contrastWithWhite, isColor, readableShade, rgbOf } from '../../server/accounts/accent.ts';

const sheets = { light: '#ffffff', dark: '#1c1b19' } as const;
const colors = ['#0f5f5c', '#b3261e', '#1b5890', '#5b2a86', '#7f4b00', '#000000', '#222222', '#767676', '#c2185b'];

describe.each(colors)('from %s', (color) => {
  test.each(['light', 'dark'] as const)('every text of the %s theme has a contrast of 4.5 on its ground', (theme) => {
    const shades = accentOf(color)[theme];
    const pairs = [
      [shades.onAccent, shades.accent],
      [shades.onAccent, shades.accentHover],
      [shades.accentText, sheets[theme]],
      [shades.accentText, shades.accentSurface],
      [shades.accentText, shades.accentSurfaceHover],
    ] as const;
    for (const [text, ground] of pairs) expect(contrast(rgbOf(text), rgbOf(ground))).toBeGreaterThanOrEqual(4.5);
  });
});

test.each([
  ['#ffff00', 1.07],
  ['#ffffff', 1],
  ['#000000', 21],
  ['#767676', 4.54],
])('white on %s has the contrast that WCAG computes', (color, ratio) => {
  expect(contrastWithWhite(color)).toBeCloseTo(ratio, 2);
});

test('a colour that cannot carry white text gets the nearest darker shade that can', () => {
  for (const color of ['#ffff00', '#ff8800', '#9fcbc6', '#ffffff']) {
    expect(contrastWithWhite(readableShade(color))).toBeGreaterThanOrEqual(4.5);
  }
  expect(readableShade('#0f5f5c')).toBe('#0f5f5c');
});

test.each(['#12345', 'red', '#1234567', '#12345g', 'url(x)', ''])('%j is no colour', (text) => {
  expect(isColor(text)).toBe(false);
});
