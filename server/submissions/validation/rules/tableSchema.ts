import { isLinear } from '../linearPattern.ts';
import { formatProblem, isDated } from './tableFormats.ts';
import { count, flag, type Look, list, object, oneOf, type Tell, text, whatItIs } from './tableParts.ts';
import { rankOf, rankOfColumn } from './tableRanks.ts';

/*
 * A table as a template's author describes it: a Frictionless Table Schema, of which we take what can be judged while the
 * rows pass. What is not taken is named by its path, never dropped in silence.
 */

export const fieldTypes = [
  'string',
  'integer',
  'number',
  'boolean',
  'date',
  'datetime',
  'time',
  'year',
  'any',
] as const;
export type FieldType = (typeof fieldTypes)[number];
/** Of a string; `default` says nothing. Dates and times have `any`, or a form like `%d.%m.%Y` (`tableFormats.ts`). */
export const fieldFormats = ['default', 'email', 'uri'] as const;

export type CellValue = string | number | boolean;
export type Constraints = {
  required?: boolean;
  unique?: boolean;
  pattern?: string;
  enum?: CellValue[];
  /** As a number where the field is one. */
  minimum?: number | string;
  maximum?: number | string;
  minLength?: number;
  maxLength?: number;
};
export type Field = {
  name: string;
  title?: string;
  description?: string;
  example?: CellValue;
  type?: FieldType;
  format?: string;
  trueValues?: string[];
  falseValues?: string[];
  constraints?: Constraints;
};
export type TableSchema = {
  $schema?: string;
  name?: string;
  title?: string;
  description?: string;
  fields: Field[];
  missingValues?: string[];
  primaryKey?: string | string[];
};

/**
 * Where in the document (`fields[2].constraints.pattern`), and what is wrong. `column`: what its author calls the column;
 * null where it has no name, or where the table as a whole is meant.
 */
export type SchemaProblem = { path: string; message: string; column: string | null };
type Found = Omit<SchemaProblem, 'column'>;
export type ReadSchema =
  | { schema: TableSchema; problems: readonly []; unused: readonly string[] }
  | { schema: null; problems: readonly SchemaProblem[]; unused: readonly string[] };

export const mostColumns = 200;
/** As large as a schema's text may be. */
const mostCharacters = 500_000;
const mostProblems = 50;

const value: Look = (given, path, tell) => {
  if (typeof given === 'number' || typeof given === 'boolean') return given;
  return typeof given === 'string'
    ? text(200)(given, path, tell)
    : tell.wrong(path, `A text, a number or true or false is wanted, not ${whatItIs(given)}`);
};
const bound: Look = (given, path, tell) => (typeof given === 'number' ? given : text(100, 1)(given, path, tell));
const names: Look = (given, path, tell) =>
  typeof given === 'string' ? text(100)(given, path, tell) : list(text(100), 1, 10)(given, path, tell);

/** Types of Table Schema whose values are not judged, and what to take instead. */
const otherTypes: Readonly<Record<string, string>> = {
  geopoint:
    'Places on the map (geopoint) are not judged here. Make it “string”, or two columns of the type “number”: one for the latitude, one for the longitude',
  geojson: 'Shapes on the map (geojson) are not judged here. Make it “string”: its text is taken as it stands then',
  object: 'Objects are not judged here. Make it “string”: its text is taken as it stands then',
  array: 'Lists are not judged here. Make it “string”: its text is taken as it stands then',
  list: 'Lists are not judged here. Make it “string”: its text is taken as it stands then',
  duration: 'Durations are not judged here. Make it “string” with the pattern P.+, or a “number” of hours or days',
  yearmonth: 'Months alone are not judged here. Make it “string” with the pattern \\d{4}-\\d{2}',
};
const typeLook: Look = (given, path, tell) => {
  const other = typeof given === 'string' && Object.hasOwn(otherTypes, given) ? otherTypes[given] : undefined;
  return other === undefined ? oneOf(fieldTypes)(given, path, tell) : tell.wrong(path, other);
};

const field = object(
  {
    name: text(100, 1, true),
    title: text(200),
    description: text(2_000),
    example: value,
    type: typeLook,
    format: text(60, 1, true),
    trueValues: list(text(100), 1, 20),
    falseValues: list(text(100), 1, 20),
    constraints: object({
      required: flag,
      unique: flag,
      pattern: text(200, 1),
      enum: list(value, 1, 500),
      minimum: bound,
      maximum: bound,
      minLength: count,
      maxLength: count,
    }),
  },
  ['name'],
);
const document = object(
  {
    $schema: text(500),
    name: text(100),
    title: text(200),
    description: text(2_000),
    fields: list(field, 1, mostColumns),
    missingValues: list(text(100), 0, 20),
    primaryKey: names,
  },
  ['fields'],
);

/**
 * Reads a schema out of JSON text that comes from elsewhere: properties that we do not know are left out, and named in
 * `unused`. Never throws: a hostile text is a list of problems.
 */
export function readTableSchema(text: string): ReadSchema {
  if (text.length > mostCharacters) return refused('The schema is larger than 500 kB');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused('This is no JSON');
  }
  return read(json);
}

/** The same of what is ours already, where a property that we do not know is wrong. */
export function checkTableSchema(json: unknown): ReadSchema {
  const { unused, ...rest } = read(json);
  const unknown = unused.map((path) => withColumn({ path, message: 'There is no such property' }, json));
  return unused.length > 0
    ? { schema: null, problems: [...rest.problems, ...unknown], unused: [] }
    : { ...rest, unused };
}

function read(json: unknown): ReadSchema {
  const problems: SchemaProblem[] = [];
  const unused: string[] = [];
  const tell: Tell = {
    wrong: (path, message) => {
      if (problems.length < mostProblems) problems.push(withColumn({ path, message }, json));
      return undefined;
    },
    unknown: (path) => void (unused.length < mostProblems && unused.push(path)),
  };
  const schema = document(json, '', tell) as TableSchema;
  if (problems.length === 0) {
    for (const { path, message } of fieldProblems(schema)) tell.wrong(path, message);
    for (const { path, message } of keyProblems(schema)) tell.wrong(path, message);
  }
  return problems.length > 0 ? { schema: null, problems, unused } : { schema, problems: [], unused };
}

function refused(message: string): ReadSchema {
  return { schema: null, problems: [{ path: '', message, column: null }], unused: [] };
}

/** With what the author calls the column that it is about, as far as the document says it. */
function withColumn(found: Found, json: unknown): SchemaProblem {
  const at = /^fields\[(\d+)\]/.exec(found.path)?.[1];
  const fields = (json as { fields?: unknown } | null)?.fields;
  const each = at === undefined || !Array.isArray(fields) ? null : (fields[Number(at)] as Partial<Field> | null);
  const names = [each?.title, each?.name].filter((name) => typeof name === 'string').map((name) => name.trim());
  const column = names.find((name) => name !== '') ?? null;
  return { ...found, column: column === null ? null : column.slice(0, 100) };
}

/** A schema as JSON, to be read again by `readTableSchema` and by every tool that knows Table Schema. */
export function writeTableSchema(schema: TableSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** What people call a column. */
export function labelOf({ name, title }: Pick<Field, 'name' | 'title'>): string {
  return title?.trim() || name;
}

function* fieldProblems({ fields }: TableSchema): Generator<Found> {
  const seen = new Map<string, number>();
  for (const [at, each] of fields.entries()) {
    const path = `fields[${at}]`;
    const folded = each.name.trim().toLowerCase();
    const before = seen.get(folded);
    if (before !== undefined) yield { path: `${path}.name`, message: `It is the name of column ${before + 1} as well` };
    seen.set(folded, at);
    yield* constraintProblems(each, path);
  }
}

const sized: readonly string[] = ['string', 'any'];
const ordered: readonly string[] = ['integer', 'number', 'year', 'date', 'datetime', 'time'];

function* constraintProblems(each: Field, path: string): Generator<Found> {
  const type = each.type ?? 'string';
  const format = formatFault(type, each.format ?? 'default');
  if (format !== null) yield { path: `${path}.format`, message: format };
  if (type !== 'boolean' && (each.trueValues ?? each.falseValues))
    yield { path: `${path}.${each.trueValues ? 'trueValues' : 'falseValues'}`, message: 'Only a boolean has these' };
  const { constraints: limits = {} } = each;
  const rank = rankOfLimit(each);
  for (const name of ['minLength', 'maxLength', 'pattern'] as const)
    if (limits[name] !== undefined && !sized.includes(type))
      yield { path: `${path}.constraints.${name}`, message: `A ${type} has no ${name}` };
  if (limits.pattern !== undefined && !isLinear(limits.pattern))
    yield {
      path: `${path}.constraints.pattern`,
      message:
        'This is no regular expression, or one that could take forever on some text: no groups repeated twice over, no lookaround, no backreference',
    };
  for (const name of ['minimum', 'maximum'] as const) {
    const limit = limits[name];
    if (limit === undefined) continue;
    if (!ordered.includes(type)) yield { path: `${path}.constraints.${name}`, message: `A ${type} has no ${name}` };
    else if (Number.isNaN(rank(limit)))
      yield { path: `${path}.constraints.${name}`, message: `${String(limit)} is no ${type}` };
  }
  const { minimum, maximum, minLength, maxLength } = limits;
  if (minimum !== undefined && maximum !== undefined && rank(minimum) > rank(maximum))
    yield { path: `${path}.constraints.maximum`, message: 'It is below the minimum' };
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength)
    yield { path: `${path}.constraints.maxLength`, message: 'It is below minLength' };
}

/** Why a column of this type cannot have this format; null: it can. */
function formatFault(type: FieldType, format: string): string | null {
  if (format === 'default') return null;
  if (isDated(type)) return formatProblem(type, format);
  if (type !== 'string') return `A column of the type “${type}” has no format. Leave it out`;
  if ((fieldFormats as readonly string[]).includes(format)) return null;
  return `“${format.slice(0, 40)}” is not supported here. Use email or uri, or leave it out and give a pattern`;
}

/** Limits of a date are written as its values are, or as ISO 8601, whatever the format. */
export function rankOfLimit({ type, format }: Pick<Field, 'type' | 'format'>): (limit: number | string) => number {
  const own = rankOfColumn({ ...(type && { type }), ...(format !== undefined && { format }) });
  return (limit) => {
    const iso = rankOf(type, String(limit));
    return Number.isNaN(iso) ? own(String(limit)) : iso;
  };
}

function* keyProblems({ fields, primaryKey }: TableSchema): Generator<Found> {
  const keys = primaryKey === undefined ? [] : [primaryKey].flat();
  for (const [at, name] of keys.entries())
    if (!fields.some((each) => each.name === name))
      yield {
        path: Array.isArray(primaryKey) ? `primaryKey[${at}]` : 'primaryKey',
        message: `There is no field ${name}`,
      };
}
