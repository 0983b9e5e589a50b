import { describe, expect, test } from 'vitest';
import { contrast, rgbOf } from '../../server/accounts/accent.ts';
import { filesUnder } from '../support/source.ts';

const sheets = filesUnder('client', ['.css']).map(({ path, text }) => ({
  path,
  text: text.replaceAll(/\/\*.*?\*\//gs, ''),
}));
const theme = sheets.find(({ path }) => path === 'client/components/theme.css')!.text;

/** The colours of a theme, by the names of their tokens. */
function tokensOf(scheme: string): Map<string, string> {
  const block = theme.split(`:root[data-mantine-color-scheme="${scheme}"] {`)[1]!.split('}')[0]!;
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
}

/** What the kit writes and draws by itself: it stands in no rule of ours. Its filled buttons write in white. */
const kit: [text: string, ground: string][] = [
  ['white', 'accent'],
  ['white', 'accent-hover'],
  ['white', 'bad-fill'],
  ['white', 'bad-fill-hover'],
  ['accent-text', 'accent-surface'],
  ['accent-text', 'accent-surface-hover'],
  ['bad-text', 'bad-surface'],
  ['bad-text', 'bad-surface-hover'],
  ['ink-soft', 'hover'],
  ['ink-faint', 'well'],
  ['on-tip', 'tip'],
  ...['good', 'care', 'bad', 'info', 'internal'].map((tone): [string, string] => [`${tone}-text`, `${tone}-surface`]),
  ...['ink', 'ink-soft', 'ink-faint', 'accent-text', 'good-text', 'care-text', 'bad-text', 'info-text'].flatMap(
    (text): [string, string][] => [
      [text, 'sheet'],
      [text, 'ground'],
    ],
  ),
];

/** Every rule that names its text and its ground, wherever it stands; a box without a letter has no text. */
const written = sheets.flatMap(({ path, text: rules }) =>
  [...rules.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selector = '', rule = '']) => {
    const text = /(?<![-\w])color:\s*var\(--([\w-]+)\)/.exec(rule)?.[1];
    const ground = /background(?:-color)?:\s*var\(--([\w-]+)\)/.exec(rule)?.[1];
    if (text === undefined || ground === undefined || rule.includes('content: "";')) return [];
    return [{ where: `${path} ${selector.trim()}`, text, ground }];
  }),
);

describe.each(['light', 'dark'])('in the %s theme', (scheme) => {
  const tokens = tokensOf(scheme).set('white', '#ffffff');
  const ratio = (text: string, ground: string) => contrast(rgbOf(tokens.get(text)!), rgbOf(tokens.get(ground)!));

  test.each(kit)('%s on %s has a contrast of 4.5', (text, ground) => {
    expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test('every rule that names a text and its ground keeps 4.5 between them', () => {
    const known = written.filter(({ text, ground }) => tokens.has(text) && tokens.has(ground));
    expect(known.length).toBeGreaterThan(50);
    const faint = known.filter(({ text, ground }) => ratio(text, ground) < 4.5);
    expect(faint.map(({ where, text, ground }) => `${where}: ${text} on ${ground}`)).toEqual([]);
  });
});

test('the filled buttons of the kit take the fills that are held here, and write in its white', () => {
  expect(theme).toContain('--mantine-color-bad-filled: var(--bad-fill);');
  expect(theme).toContain('--mantine-color-bad-filled-hover: var(--bad-fill-hover);');
  expect(theme).toContain('--mantine-primary-color-filled: var(--accent);');
  expect(theme).toContain('--mantine-primary-color-filled-hover: var(--accent-hover);');
  expect(theme).not.toContain('--mantine-color-white:');
});
