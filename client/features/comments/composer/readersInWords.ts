import type { TFunction } from 'i18next';
import type { Reader } from '../mentions/useReaders.ts';

const mostNamed = 2;
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** "Jana, Petr and 3 people of Lumen Commerce will read this"; null while nobody is known. */
export function readersInWords(
  t: TFunction,
  readers: readonly Reader[],
  account: string,
  company: string,
): string | null {
  const on = readers.filter((one) => one.isOn);
  const clients = on.filter((one) => !one.isStaff);
  const staff = on.length - clients.length;
  const more = clients.length - mostNamed;
  const names = [
    ...clients.slice(0, more === 1 ? clients.length : mostNamed).map((one) => one.name.split(' ')[0] ?? one.name),
    ...(more > 1 ? [t('comments.readers.more', { count: more, account })] : []),
    ...(staff > 0 ? [t('comments.readers.ofCompany', { count: staff, company })] : []),
  ];
  return names.length === 0 ? null : t('comments.readers.sharedWith', { names: list.format(names) });
}

export const namesInWords = (people: readonly { name: string }[]) => list.format(people.map((one) => one.name));
