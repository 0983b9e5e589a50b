import type { Column } from '../../types.ts';

type More = Omit<Column, 'name' | 'synonyms' | 'isRequired'>;

/** `synonyms`: other headers, parted by blanks. */
export function required(name: string, synonyms = '', more: More = {}): Column {
  return { name, synonyms: wordsOf(synonyms), isRequired: true, ...more };
}

export function optional(name: string, synonyms = '', more: More = {}): Column {
  return { name, synonyms: wordsOf(synonyms), isRequired: false, ...more };
}

function wordsOf(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}
