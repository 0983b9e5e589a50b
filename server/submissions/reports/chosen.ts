import type { TableShape } from '../../inputs.ts';
import { ActError } from '../../platform/graphql/errors.ts';
import { rulesOfCheck } from '../validation/rules/registry.ts';

/** What a person chose for a file: before it was sent, or once its report asked. */
export type Mapping = { source: string; column?: string | null };
export type Declared = { key: string; value: string };
type Judge = { rules: string; table?: TableShape | null };

const [maxMapped, maxName, maxDeclared] = [500, 1_000, 20];

/** What columns of the file are, by the rules that it is judged by. */
export function checkMapping(
  judge: Judge,
  given: readonly Mapping[],
  field = 'mapping',
): Record<string, string | null> {
  const known = new Set(rulesOfCheck(judge)?.columns.map((column) => column.name));
  if (given.length > maxMapped) throw new ActError('TOO_LONG', { field, params: { max: maxMapped } });
  const chosen = given.map(({ source, column = null }) => [source, column] as const);
  const columns = chosen.flatMap(([, column]) => (column === null ? [] : [column]));
  const isGood =
    columns.every((column) => known.has(column)) &&
    new Set(columns).size === columns.length &&
    chosen.every(([source]) => source.length <= maxName && !source.includes('\0'));
  if (!isGood) throw new ActError('MAPPING_INVALID', { field });
  return Object.fromEntries(chosen);
}

/** What the file does not say itself. */
export function checkDeclared(given: readonly Declared[], field = 'declared'): Record<string, string> {
  const trimmed = given.map(({ key, value }) => [key, value.trim()] as const);
  const isGood =
    trimmed.length <= maxDeclared &&
    trimmed.every(([key, value]) => /^[a-z][A-Za-z0-9]{0,39}$/.test(key) && value.length <= 200 && value !== '') &&
    trimmed.every(([, value]) => !/\p{Cc}/u.test(value));
  if (!isGood) throw new ActError('MAPPING_INVALID', { field });
  return Object.fromEntries(trimmed);
}
