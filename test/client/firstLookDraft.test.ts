import { describe, expect, test } from 'vitest';
import { type Draft, draftOf, settingsOf, triedOf } from '../../client/screens/firstLook/draft.ts';

const settings = {
  layout: 'GRID' as const,
  accent: null,
  results: 12,
  synonyms: [['sofa', 'couch']],
  boosts: [{ field: 'BRAND' as const, value: 'Nordlicht', factor: 3 }],
};
const draft = (part: Partial<Draft>): Draft => ({ ...draftOf(settings), ...part });

describe('what is suggested for a mock', () => {
  test('comes out of the form as it went in', () => {
    expect(settingsOf(draftOf(settings))).toEqual({ settings });
  });

  test('is tried out as far as it is whole', () => {
    expect(triedOf(draft({ layout: 'LIST', accent: '#f5b301', results: '8' }), settings)).toMatchObject({
      ...{ layout: 'LIST', accent: '#f5b301', results: 8 },
    });
    expect(triedOf(draft({ results: '' }), settings).results).toBe(12);
  });

  test('keeps words apart by lines and commas', () => {
    const read = settingsOf(draft({ synonyms: ' sofa ,couch,\n\n teapot, tea pot ' }));
    expect(read).toMatchObject({
      settings: {
        synonyms: [
          ['sofa', 'couch'],
          ['teapot', 'tea pot'],
        ],
      },
    });
  });

  test.each<[Partial<Draft>, object]>([
    [{ results: '3' }, { field: 'results' }],
    [{ results: '49' }, { field: 'results' }],
    [{ results: '1e1' }, { field: 'results' }],
    [{ synonyms: 'a, b\nalone' }, { field: 'synonyms', line: 2 }],
    [{ synonyms: `a, ${'x'.repeat(61)}` }, { field: 'synonyms', line: 1 }],
    [{ synonyms: 'a,b,c,d,e,f,g,h,i,j,k' }, { field: 'synonyms', line: 1 }],
    [{ synonyms: Array(101).fill('a, b').join('\n') }, { field: 'synonymsMany' }],
    [{ boosts: [{ key: 0, field: 'BRAND', value: ' ', factor: 3 }] }, { field: 'boosts', line: 1 }],
  ])('%j is asked about', (part, problem) => {
    expect(settingsOf(draft(part))).toEqual({ problem });
  });
});
