import type { EnumOf } from '../../../api/graphql.ts';

export type Scope = EnumOf<'TokenScope'>;
type NounOf<S extends string> = S extends `${infer Noun}_READ` ? Noun : never;
export type Noun = NounOf<Scope>;
export type Level = 'none' | 'read' | 'write';
export type Levels = Readonly<Record<Noun, Level>>;

export const nouns = [
  'PROJECTS',
  'TASKS',
  'SUBMISSIONS',
  'COMMENTS',
  'NOTES',
  'PEOPLE',
  'TEMPLATES',
  'JOURNEYS',
  'COMPANY',
] as const satisfies readonly Noun[];

/** What most programs start from: they look, and change nothing. */
export const reading: Levels = {
  PROJECTS: 'read',
  TASKS: 'read',
  SUBMISSIONS: 'read',
  COMMENTS: 'read',
  NOTES: 'none',
  PEOPLE: 'none',
  TEMPLATES: 'none',
  JOURNEYS: 'none',
  COMPANY: 'none',
};

/** The scopes of a choice per noun; writing includes reading. */
export function scopesOf(levels: Levels): Scope[] {
  return nouns.flatMap((noun): Scope[] => {
    if (levels[noun] === 'none') return [];
    return [levels[noun] === 'write' ? `${noun}_WRITE` : `${noun}_READ`];
  });
}

/** The nouns that scopes write, and those that they only read. */
export function nounsOf(scopes: readonly Scope[]): { writes: Noun[]; reads: Noun[] } {
  const writes = nouns.filter((noun) => scopes.includes(`${noun}_WRITE`));
  const reads = nouns.filter((noun) => scopes.includes(`${noun}_READ`) && !writes.includes(noun));
  return { writes, reads };
}
