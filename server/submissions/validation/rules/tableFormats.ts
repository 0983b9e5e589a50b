/*
 * How dates and times of a column are written: `%d.%m.%Y` and its like, as Table Schema says it (the signs of strptime that
 * are digits or English names), or `any`, which takes the forms that people write most.
 */
export type DatedType = 'date' | 'datetime' | 'time';

type Part = 'year' | 'month' | 'day' | 'hour' | 'half' | 'minute' | 'second' | 'fraction' | 'zone';
type Sign = { part: Part; text: string; read: (text: string) => number; write: (at: Date) => string };

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
];
const short = months.map((name) => name.slice(0, 3));
const two = (value: number) => String(value).padStart(2, '0');
const nameIn = (names: readonly string[]) => (text: string) =>
  names.findIndex((name) => name.toLowerCase() === text.toLowerCase()) + 1;

const signs: Readonly<Record<string, Sign>> = {
  Y: { part: 'year', text: '\\d{4}', read: Number, write: (at) => String(at.getUTCFullYear()).padStart(4, '0') },
  // As strptime: 69 to 99 are of the century before.
  y: {
    part: 'year',
    text: '\\d{2}',
    read: (text) => Number(text) + (Number(text) < 69 ? 2000 : 1900),
    write: (at) => two(at.getUTCFullYear() % 100),
  },
  m: { part: 'month', text: '\\d{1,2}', read: Number, write: (at) => two(at.getUTCMonth() + 1) },
  B: { part: 'month', text: months.join('|'), read: nameIn(months), write: (at) => months[at.getUTCMonth()] ?? '' },
  b: { part: 'month', text: short.join('|'), read: nameIn(short), write: (at) => short[at.getUTCMonth()] ?? '' },
  d: { part: 'day', text: '\\d{1,2}', read: Number, write: (at) => two(at.getUTCDate()) },
  H: { part: 'hour', text: '\\d{1,2}', read: Number, write: (at) => two(at.getUTCHours()) },
  I: {
    part: 'hour',
    text: '\\d{1,2}',
    read: (text) => (Number(text) >= 1 && Number(text) <= 12 ? Number(text) % 12 : Number.NaN),
    write: (at) => two(at.getUTCHours() % 12 || 12),
  },
  p: {
    part: 'half',
    text: 'AM|PM',
    read: (text) => (/^p/i.test(text) ? 12 : 0),
    write: (at) => `${at.getUTCHours() < 12 ? 'A' : 'P'}M`,
  },
  M: { part: 'minute', text: '\\d{1,2}', read: Number, write: (at) => two(at.getUTCMinutes()) },
  S: { part: 'second', text: '\\d{1,2}', read: Number, write: (at) => two(at.getUTCSeconds()) },
  f: { part: 'fraction', text: '\\d{1,6}', read: (text) => Number(`0.${text}`), write: () => '000000' },
  // Minutes ahead of UTC.
  z: {
    part: 'zone',
    text: 'Z|[+-]\\d{2}:?\\d{2}',
    read: (text) => (/^z$/i.test(text) ? 0 : minutesOf(text)),
    write: () => '+0000',
  },
};

function minutesOf(text: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

type Form = { regex: RegExp; order: readonly Sign[]; write: (at: Date) => string };

const needed: Readonly<Record<DatedType, readonly Part[]>> = {
  date: ['year', 'month', 'day'],
  time: ['hour'],
  datetime: ['year', 'month', 'day', 'hour'],
};
const called: Readonly<Record<Part, string>> = {
  ...{ year: 'the year (%Y)', month: 'the month (%m)', day: 'the day (%d)', hour: 'the hour (%H)' },
  ...{ half: 'AM or PM (%p)', minute: 'the minute (%M)', second: 'the second (%S)' },
  ...{ fraction: 'a part of a second (%f)', zone: 'the zone (%z)' },
};
const ofDay: readonly Part[] = ['year', 'month', 'day'];
const most = 60;

/** What is wrong with a format of such a column, as a sentence; null: it can be judged. */
export function formatProblem(type: DatedType, format: string): string | null {
  if (format === 'default' || format === 'any') return null;
  const made = formOf(format);
  if (typeof made === 'string') return made;
  const parts = made.order.map(({ part }) => part);
  const twice = parts.find((part, at) => parts.indexOf(part) !== at);
  if (twice !== undefined) return `It has ${called[twice]} twice`;
  const missing = needed[type].find((part) => !parts.includes(part));
  if (missing !== undefined) return `It lacks ${called[missing]}`;
  const strange = parts.find((part) =>
    type === 'date' ? !ofDay.includes(part) : type === 'time' && ofDay.includes(part),
  );
  if (strange !== undefined) return `A ${type} has none of ${called[strange]}`;
  if (format.includes('%I') && !format.includes('%p')) return 'Hours of a half day (%I) need AM or PM (%p)';
  return format.includes('%p') && !format.includes('%I') ? 'AM or PM (%p) belongs to %I, not to %H' : null;
}

function formOf(format: string): Form | string {
  if (format.length > most) return `It has ${format.length} characters and may have ${most}`;
  const order: Sign[] = [];
  const writes: ((at: Date) => string)[] = [];
  let text = '';
  for (let at = 0; at < format.length; at++) {
    const letter = format[at] as string;
    const name = format[at + 1] ?? '';
    if (letter !== '%' || name === '%') {
      text += letter.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
      writes.push(() => letter);
      if (letter === '%') at++;
      continue;
    }
    const sign = Object.hasOwn(signs, name) ? signs[name] : undefined;
    if (!sign) {
      const known = Object.keys(signs).map((each) => `%${each}`);
      return `“%${name}” is not supported here. Use a form like %d.%m.%Y, of ${known.join(' ')}; “any”; or leave it out`;
    }
    order.push(sign);
    writes.push(sign.write);
    text += `(${sign.text})`;
    at++;
  }
  return {
    regex: new RegExp(`^${text}$`, 'i'),
    order,
    write: (moment) => writes.map((write) => write(moment)).join(''),
  };
}

/** What `any` takes beside ISO 8601; of 03/04/2026 it takes the first, so 3 April. */
const anyDay = [
  '%Y/%m/%d',
  '%Y.%m.%d',
  '%d.%m.%Y',
  '%d/%m/%Y',
  '%m/%d/%Y',
  '%d-%m-%Y',
  '%d %B %Y',
  '%d %b %Y',
  '%B %d, %Y',
];
const anyClock = ['%H:%M:%S', '%H:%M', '%I:%M %p', '%I:%M:%S %p'];
const anyForms: Readonly<Record<DatedType, readonly string[]>> = {
  date: anyDay,
  time: anyClock,
  datetime: [...anyDay.flatMap((day) => anyClock.map((clock) => `${day} ${clock}`)), ...anyDay],
};

const forms: ReadonlyMap<string, Form | string> = new Map(
  Object.values(anyForms).flatMap((each) => each.map((format) => [format, formOf(format)] as const)),
);

/** Reads values of one format: a number by which they are compared; NaN for what is none. */
export function rankBy(type: DatedType, format: string): (text: string) => number {
  const read = (format === 'any' ? anyForms[type] : [format]).flatMap((each) => {
    const form = forms.get(each) ?? formOf(each);
    return typeof form === 'string' ? [] : [form];
  });
  return (text) => {
    if (text.length > 2 * most) return Number.NaN;
    for (const form of read) {
      const rank = rankIn(form, text, type);
      if (!Number.isNaN(rank)) return rank;
    }
    return Number.NaN;
  };
}

function rankIn({ regex, order }: Form, text: string, type: DatedType): number {
  const found = regex.exec(text);
  if (!found) return Number.NaN;
  const read: Partial<Record<Part, number>> = {};
  for (const [at, sign] of order.entries()) read[sign.part] = sign.read(found[at + 1] as string);
  const { year = 1970, month = 1, day = 1, half = 0, minute = 0, second = 0, fraction = 0, zone = 0 } = read;
  const hour = (read.hour ?? 0) + half;
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return Number.NaN;
  if (type === 'time') return (hour * 60 + minute) * 60 + second + fraction;
  const at = new Date(Date.UTC(2000, month - 1, day));
  at.setUTCFullYear(year, month - 1, day);
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return Number.NaN;
  return at.getTime() + ((hour * 60 + minute - zone) * 60 + second + fraction) * 1_000;
}

/** A moment as the format writes it; null where it is none of one form. */
export function writtenAs(format: string, at: Date): string | null {
  const form = formOf(format);
  return typeof form === 'string' ? null : form.write(at);
}

const anExample = new Date('2026-11-22T14:30:00Z');
const anyExamples: Readonly<Record<DatedType, string>> = {
  date: '2026-11-22 or 22.11.2026',
  datetime: '2026-11-22T14:30:00Z or 22.11.2026 14:30',
  time: '14:30 or 2:30 PM',
};

/** A value of that format, for people to see how it is written. */
export function exampleOf(type: DatedType, format: string): string {
  return format === 'any' ? anyExamples[type] : (writtenAs(format, anExample) ?? format);
}

export function isDated(type: string | undefined): type is DatedType {
  return type === 'date' || type === 'datetime' || type === 'time';
}
