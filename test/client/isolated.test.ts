import { describe, expect, test } from 'vitest';
import { createWords, isolated } from '../../client/words/index.ts';

describe('what people wrote, in a sentence of ours', () => {
  test('stands as it is when nothing in it turns', () => {
    for (const text of ['Lena', 'Zoë Åkerström', '<b>&"', '日本', '👩‍👩‍👧', '']) expect(isolated(text)).toBe(text);
  });

  test('is kept apart when it is written from right to left', () => {
    expect(isolated('שלום')).toBe('\u2068שלום\u2069');
    expect(isolated('مرحبا 12')).toBe('\u2068مرحبا 12\u2069');
  });

  test('turns nothing behind it, nor ends where we say that it does not', () => {
    expect(isolated('Lena\u202e')).toBe('\u2068Lena\u2069');
    expect(isolated('a\u2069\u202eb\u2067')).toBe('\u2068ab\u2069');
  });

  test('whichever sentence it is', () => {
    const { t } = createWords();
    expect(t('comments.newSince', { count: 2 })).toBe('2 new comments since you were here');
    expect(t('common.pageTitle', { page: 'A\u202e', company: 'Slipway & Co' })).toContain('\u2068A\u2069');
    expect(t('common.pageTitle', { page: 'A', company: 'Slipway & Co' })).toContain('Slipway & Co');
  });
});
