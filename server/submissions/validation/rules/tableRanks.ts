import { isDated, rankBy } from './tableFormats.ts';
import type { FieldType } from './tableSchema.ts';

const clock = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(?:\.\d{1,9})?)?$/;
const day = /^(\d{4})-(\d{2})-(\d{2})$/;
const instant = /^\d{4}-\d{2}-\d{2}[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * A number by which values of one type are compared; NaN for what is no value of it. Numbers have a dot before their
 * decimals, dates are those of ISO 8601; what has no zone counts as UTC.
 */
export function rankOf(type: FieldType | undefined, text: string): number {
  const written = text.trim();
  switch (type) {
    case 'integer':
      return /^[+-]?\d{1,18}$/.test(written) ? Number(written) : Number.NaN;
    case 'number':
      return /^[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:e[+-]?\d{1,3})?$/i.test(written)
        ? Number(written)
        : Number.NaN;
    case 'year':
      return /^\d{4}$/.test(written) ? Number(written) : Number.NaN;
    case 'date':
      return dayRank(written);
    case 'datetime':
      return instant.test(written) && !Number.isNaN(dayRank(written.slice(0, 10))) ? instantRank(written) : Number.NaN;
    case 'time': {
      const [, hour, minute, second = '0'] = clock.exec(written) ?? [];
      return hour === undefined ? Number.NaN : (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
    }
    default:
      return Number.NaN;
  }
}

/** The same of a column with a format of its own; `any` takes ISO 8601 as well. */
export function rankOfColumn({
  type,
  format = 'default',
}: {
  type?: FieldType;
  format?: string;
}): (text: string) => number {
  if (!isDated(type) || format === 'default') return (text) => rankOf(type, text);
  const own = rankBy(type, format);
  if (format !== 'any') return (text) => own(text.trim());
  return (text) => {
    const iso = rankOf(type, text);
    return Number.isNaN(iso) ? own(text.trim()) : iso;
  };
}

function dayRank(text: string): number {
  const [, year = '', month = '', date = ''] = day.exec(text) ?? [];
  const made = new Date(`${year}-${month}-${date}T00:00:00Z`);
  const isOfCalendar = !Number.isNaN(made.getTime()) && made.toISOString().startsWith(text);
  return isOfCalendar ? made.getTime() : Number.NaN;
}

function instantRank(text: string): number {
  const iso = text
    .toUpperCase()
    .replace(' ', 'T')
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  return Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(iso.slice(16)) ? iso : `${iso}Z`);
}
