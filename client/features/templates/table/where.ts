import type { TFunction } from 'i18next';
import type { SchemaProblem } from '../../../../server/submissions/validation/rules/tableSchema.ts';

/*
 * Parts of a Table Schema as its author calls them: `fields[2].constraints.pattern` is the pattern of the column “SKU”.
 */
const parts = [
  ...(['name', 'title', 'type', 'format', 'description', 'example', 'trueValues', 'falseValues'] as const),
  ...(['required', 'unique', 'pattern', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength'] as const),
  ...(['fields', 'primaryKey', 'missingValues'] as const),
];

/** The part that a path ends in; of one that we do not know its own name. */
export function partWords(path: string, t: TFunction): string {
  const name = path
    .replace(/^fields\[\d+\]\.?/, '')
    .replace(/^constraints\./, '')
    .replace(/\[\d+\]$/, '');
  const part = parts.find((each) => each === name);
  return part ? t(`templateTable.parts.${part}`) : name;
}

/** The whole place: the column by what it is called, else by its number, and the part of it. */
export function placeWords({ path, column }: Pick<SchemaProblem, 'path' | 'column'>, t: TFunction): string {
  const at = /^fields\[(\d+)\]/.exec(path)?.[1];
  const part = partWords(path, t);
  if (at === undefined) return part;
  const name =
    column === null ? t('templateTable.unnamed', { number: Number(at) + 1 }) : t('templateTable.named', { column });
  return part === '' ? name : t('templateTable.at', { name, part });
}

/** What is wrong, and where, as one sentence. */
export function problemWords(where: string, message: string, t: TFunction): string {
  return t('templateTable.problem', { where: where.charAt(0).toUpperCase() + where.slice(1), message });
}
