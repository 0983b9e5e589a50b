import { parsedAddress } from '../../address.ts';
/** What one server answered; as the asker tells it. */
export type Answer = {
  readonly by: string;
  /** MISSING: no such name. EMPTY: the name is there, without records of this type. FAILED: no answer. */
  readonly status: 'FOUND' | 'MISSING' | 'EMPTY' | 'FAILED';
  readonly records: readonly string[];
  /** Of TXT: the strings of each record as they stand. */
  readonly strings?: readonly (readonly string[])[];
};

/** The records that count: of the first server that has any. */
export function recordsOf(answers: readonly Answer[]): readonly string[] {
  return answers.find(({ status }) => status === 'FOUND')?.records ?? [];
}

/** The strings that count, of TXT records. */
export function stringsOf(answers: readonly Answer[]): readonly (readonly string[])[] {
  const found = answers.find(({ status }) => status === 'FOUND');
  return found?.strings ?? found?.records.map((record) => [record]) ?? [];
}

/** No server answered: nothing can be told from that. */
export function isUnanswered(answers: readonly Answer[]): boolean {
  return answers.every(({ status }) => status === 'FAILED');
}

/** Lower case, without the final dot and blanks around; letters beyond ASCII as DNS has them (`xn--`). */
export function hostOf(name: string): string {
  const host = name.trim().replace(/\.$/, '').toLowerCase();
  // The parser of addresses makes the A-labels; what it refuses stays as it is, for the rules to name.
  const isForeign = /^[\w.-]*[^\p{ASCII}][^\s/?#@:\\]*$/u.test(host);
  return (isForeign && parsedAddress(`http://${host}`)?.hostname) || host;
}

/** For examples: two servers that agree. */
export function agreed(...records: string[]): Answer[] {
  const status = records.length > 0 ? 'FOUND' : 'MISSING';
  return ['1.1.1.1', '8.8.8.8'].map((by) => ({ by, status, records, strings: records.map((record) => [record]) }));
}
