import type { Answer } from './answers.ts';

export type Question = { readonly name: string; readonly type: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'TXT' };

/** A search that says what it has to ask next, so that DNS asks it on the server and a table does in a test. */
export type Walk<R> = Generator<Question, R, readonly Answer[]>;

/** Records by `TYPE name`. A name that is not there is missing. */
export type Zone = Readonly<Record<string, readonly string[]>>;

export function walkZone<R>(walk: Walk<R>, zone: Zone): R {
  let step = walk.next();
  while (!step.done) step = walk.next([answerFrom(zone, step.value)]);
  return step.value;
}

export async function walkAsking<R>(
  walk: Walk<R>,
  ask: (question: Question) => Promise<readonly Answer[]>,
): Promise<R> {
  let step = walk.next();
  while (!step.done) step = walk.next(await ask(step.value));
  return step.value;
}

function answerFrom(zone: Zone, { name, type }: Question): Answer {
  const records = zone[`${type} ${name}`];
  const isThere = Object.keys(zone).some((key) => key.endsWith(` ${name}`));
  const status = records && records.length > 0 ? 'FOUND' : isThere ? 'EMPTY' : 'MISSING';
  return {
    by: 'zone',
    status,
    records: (records ?? []).map(joined),
    strings: (records ?? []).map((r) => r.split('|')),
  };
}

/** `|` parts the strings of one record. */
const joined = (record: string) => record.replaceAll('|', '');
