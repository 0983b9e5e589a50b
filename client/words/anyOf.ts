import type { TFunction } from 'i18next';

/** More names than these nobody reads. */
const mostNamed = 3;
const list = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** One of several people, as one says them: "Camille Durand or Théo Martin"; of many, or none, where they are. */
export function anyOfInWords(t: TFunction, people: readonly { name: string }[], account: string): string {
  if (people.length === 0 || people.length > mostNamed) return t('common.somebodyAt', { account });
  return list.format(people.map((one) => one.name));
}
