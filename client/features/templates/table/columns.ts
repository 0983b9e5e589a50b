import type {
  Constraints,
  Field,
  FieldType,
  TableSchema,
} from '../../../../server/submissions/validation/rules/tableSchema.ts';

/*
 * Changes of a table of columns, each giving a new one. What is empty is left out, so that the file that comes out holds
 * what somebody wrote and nothing else.
 */
export const emptyTable: TableSchema = { fields: [], missingValues: [''] };

export function newColumn(): Field {
  return { name: '', type: 'string' };
}

/** A table as it stands in a draft; an empty one for what is none. */
export function tableOf(text: string | null): TableSchema {
  if (text === null) return emptyTable;
  try {
    return JSON.parse(text) as TableSchema;
  } catch {
    return emptyTable;
  }
}

export function withColumn(table: TableSchema, at: number, change: Partial<Field>): TableSchema {
  const before = table.fields[at];
  if (!before) return table;
  const after = bare({ ...before, ...change });
  const keys = keysOf(table).map((name) => (name === before.name ? after.name : name));
  return withKeys({ ...table, fields: table.fields.map((each, index) => (index === at ? after : each)) }, keys);
}

export function withLimits(table: TableSchema, at: number, change: Partial<Constraints>): TableSchema {
  const constraints = bare({ ...table.fields[at]?.constraints, ...change });
  return withColumn(table, at, { constraints: Object.keys(constraints).length > 0 ? constraints : undefined });
}

const sized: readonly FieldType[] = ['string', 'any'];
const ordered: readonly FieldType[] = ['integer', 'number', 'year', 'date', 'datetime', 'time'];
export const hasLength = (type: FieldType | undefined) => sized.includes(type ?? 'string');
export const hasBounds = (type: FieldType | undefined) => ordered.includes(type ?? 'string');

/** Another type: limits that it does not have go with the old one. */
export function withType(table: TableSchema, at: number, type: FieldType): TableSchema {
  const { minLength, maxLength, pattern, minimum, maximum, ...limits } = table.fields[at]?.constraints ?? {};
  const kept = {
    ...limits,
    ...(hasLength(type) ? { minLength, maxLength, pattern } : {}),
    ...(type === table.fields[at]?.type ? { minimum, maximum } : {}),
  };
  const words = type === 'boolean' ? {} : { trueValues: undefined, falseValues: undefined };
  const format = type === (table.fields[at]?.type ?? 'string') ? {} : { format: undefined };
  return withLimits(withColumn(table, at, { type, ...words, ...format, constraints: undefined }), at, kept);
}

/** Puts columns in at a place; one without a name there makes room. */
export function withColumns(table: TableSchema, at: number, columns: readonly Field[]): TableSchema {
  const isRoom = table.fields[at]?.name.trim() === '';
  const [before, after] = [table.fields.slice(0, isRoom ? at : at + 1), table.fields.slice(at + 1)];
  return { ...table, fields: [...before, ...columns, ...after] };
}

export function withoutColumn(table: TableSchema, at: number): TableSchema {
  const name = table.fields[at]?.name;
  const keys = keysOf(table).filter((key) => key !== name);
  return withKeys({ ...table, fields: table.fields.filter((_, index) => index !== at) }, keys);
}

export function withMoved(table: TableSchema, at: number, step: 1 | -1): TableSchema {
  const fields = [...table.fields];
  const [one, other] = [fields[at], fields[at + step]];
  if (!one || !other) return table;
  fields[at] = other;
  fields[at + step] = one;
  return { ...table, fields };
}

export function keysOf({ primaryKey }: TableSchema): string[] {
  return primaryKey === undefined ? [] : [primaryKey].flat();
}

/** Names of the key in the order of the columns. */
export function withKeys(table: TableSchema, keys: readonly string[]): TableSchema {
  const { primaryKey: _, ...rest } = table;
  const named = table.fields.map(({ name }) => name).filter((name) => keys.includes(name));
  const [only] = named;
  if (only === undefined) return rest;
  return { ...rest, primaryKey: named.length === 1 ? only : named };
}

/** What stands in a list field: a value a line. */
export function linesIn(text: string): string[] | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const values = [...new Set(lines.filter((line) => line !== ''))];
  return values.length > 0 ? values : undefined;
}

/** A limit as it was typed: a number where the type is one, else as it stands. */
export function limitIn(text: string, type: FieldType | undefined): number | string | undefined {
  const written = text.trim();
  if (written === '') return undefined;
  const isNumber = type === 'integer' || type === 'number' || type === 'year';
  return isNumber && Number.isFinite(Number(written)) ? Number(written) : written;
}

function bare<T extends object>(value: T): T {
  const kept = Object.entries(value).filter(
    ([name, each]) => name === 'name' || !(each === undefined || each === '' || each === false),
  );
  return Object.fromEntries(kept) as T;
}
