import { z } from 'zod';
import { isLinear } from '../linearPattern.ts';

/*
 * A table as a template's author describes it: a Frictionless Table Schema, of which we take what can be judged while the
 * rows pass. What is not taken is refused by its path, never dropped in silence, so that what goes in comes out again.
 */

const typeNames = ['string', 'integer', 'number', 'boolean', 'date', 'datetime', 'time', 'year'] as const;
export type FieldType = (typeof typeNames)[number];

/** What a constraint may compare with: as a number where the field is one. */
const bound = z.union([z.number(), z.string().max(100)]);
const value = z.union([z.string().max(200), z.number(), z.boolean()]);

const constraints = z.strictObject({
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  pattern: z
    .string()
    .min(1)
    .max(200)
    .refine(
      isLinear,
      'The pattern could take forever on some text: no groups repeated twice over, no lookaround, no backreference',
    )
    .optional(),
  enum: z.array(value).min(1).max(500).optional(),
  minimum: bound.optional(),
  maximum: bound.optional(),
  minLength: z.int().min(0).max(1_000_000).optional(),
  maxLength: z.int().min(0).max(1_000_000).optional(),
});
export type Constraints = z.infer<typeof constraints>;

const field = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(100)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it refuses.
    .regex(/^[^\u0000-\u001f\u007f]+$/, 'A name is one line'),
  title: z.string().max(200).optional(),
  description: z.string().max(2_000).optional(),
  example: value.optional(),
  type: z.enum([...typeNames, 'any']).optional(),
  /** `email` and `uri` of a string; `default` says nothing. */
  format: z.enum(['default', 'email', 'uri']).optional(),
  trueValues: z.array(z.string().max(100)).min(1).max(20).optional(),
  falseValues: z.array(z.string().max(100)).min(1).max(20).optional(),
  constraints: constraints.optional(),
});
export type Field = z.infer<typeof field>;

const document = z.strictObject({
  $schema: z.string().max(500).optional(),
  name: z.string().max(100).optional(),
  title: z.string().max(200).optional(),
  description: z.string().max(2_000).optional(),
  fields: z.array(field).min(1).max(200),
  missingValues: z.array(z.string().max(100)).max(20).optional(),
  primaryKey: z.union([z.string().max(100), z.array(z.string().max(100)).min(1).max(10)]).optional(),
});
export type TableSchema = z.infer<typeof document>;

/** Where in the document (`fields[2].constraints.pattern`), and what is wrong. */
export type SchemaProblem = { path: string; message: string };
export type ReadSchema =
  | { schema: TableSchema; problems: readonly [] }
  | { schema: null; problems: readonly SchemaProblem[] };

/** As large as a schema's text may be. */
const mostCharacters = 500_000;

/** Reads a schema out of JSON text. Never throws: a hostile text is a list of problems. */
export function readTableSchema(text: string): ReadSchema {
  if (text.length > mostCharacters) return refused([{ path: '', message: 'The schema is larger than 500 kB' }]);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused([{ path: '', message: 'This is no JSON' }]);
  }
  return checkTableSchema(json);
}

/** The same of what was read already. */
export function checkTableSchema(json: unknown): ReadSchema {
  const parsed = document.safeParse(json);
  if (!parsed.success)
    return refused(parsed.error.issues.slice(0, 50).map(({ path, message }) => ({ path: pathOf(path), message })));
  const problems = [...fieldProblems(parsed.data), ...keyProblems(parsed.data)];
  return problems.length > 0 ? refused(problems) : { schema: parsed.data, problems: [] };
}

function refused(problems: readonly SchemaProblem[]): ReadSchema {
  return { schema: null, problems };
}

/** `fields[2].constraints.pattern`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

/** A schema as JSON, to be read again by `readTableSchema` and by every tool that knows Table Schema. */
export function writeTableSchema(schema: TableSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function* fieldProblems({ fields }: TableSchema): Generator<SchemaProblem> {
  const seen = new Map<string, number>();
  for (const [at, each] of fields.entries()) {
    const path = `fields[${at}]`;
    const folded = each.name.trim().toLowerCase();
    const before = seen.get(folded);
    if (before !== undefined) yield { path: `${path}.name`, message: `fields[${before}] has the same name` };
    seen.set(folded, at);
    yield* constraintProblems(each, path);
  }
}

const sized: readonly string[] = ['string', 'any'];
const ordered: readonly string[] = ['integer', 'number', 'year', 'date', 'datetime', 'time'];

function* constraintProblems(each: Field, path: string): Generator<SchemaProblem> {
  const type = each.type ?? 'string';
  if (each.format !== undefined && each.format !== 'default' && type !== 'string')
    yield { path: `${path}.format`, message: `${each.format} is a format of strings alone` };
  if (type !== 'boolean' && (each.trueValues ?? each.falseValues))
    yield { path: `${path}.${each.trueValues ? 'trueValues' : 'falseValues'}`, message: 'Only a boolean has these' };
  const { constraints: limits = {} } = each;
  for (const name of ['minLength', 'maxLength', 'pattern'] as const)
    if (limits[name] !== undefined && !sized.includes(type))
      yield { path: `${path}.constraints.${name}`, message: `A ${type} has no ${name}` };
  for (const name of ['minimum', 'maximum'] as const) {
    const limit = limits[name];
    if (limit === undefined) continue;
    if (!ordered.includes(type)) yield { path: `${path}.constraints.${name}`, message: `A ${type} has no ${name}` };
    else if (Number.isNaN(rankOf(type, String(limit))))
      yield { path: `${path}.constraints.${name}`, message: `${String(limit)} is no ${type}` };
  }
  const { minimum, maximum, minLength, maxLength } = limits;
  if (minimum !== undefined && maximum !== undefined && rankOf(type, String(minimum)) > rankOf(type, String(maximum)))
    yield { path: `${path}.constraints.maximum`, message: 'It is below the minimum' };
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength)
    yield { path: `${path}.constraints.maxLength`, message: 'It is below minLength' };
}

function* keyProblems({ fields, primaryKey }: TableSchema): Generator<SchemaProblem> {
  const names = primaryKey === undefined ? [] : [primaryKey].flat();
  for (const [at, name] of names.entries())
    if (!fields.some((each) => each.name === name))
      yield {
        path: Array.isArray(primaryKey) ? `primaryKey[${at}]` : 'primaryKey',
        message: `There is no field ${name}`,
      };
}

const clock = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(?:\.\d{1,9})?)?$/;
const day = /^(\d{4})-(\d{2})-(\d{2})$/;
const instant = /^\d{4}-\d{2}-\d{2}[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * A number by which values of one type are compared; NaN for what is no value of it. Numbers have a dot before their
 * decimals, dates are those of ISO 8601; what has no zone counts as UTC.
 */
export function rankOf(type: Field['type'], text: string): number {
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
