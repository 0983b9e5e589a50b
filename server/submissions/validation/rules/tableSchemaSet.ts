import { type Cell, cellOf } from '../cell.ts';
import { foldHeader } from '../columns.ts';
import { mostCharactersOf } from '../linearPattern.ts';
import type { CellRule, Code, FileRule, Params, Rule, RuleSet } from '../types.ts';
import { noParams } from './common/answers.ts';
import { formulaRule, trimRule } from './common/anyText.ts';
import { declaredOrder, repairDate } from './common/dates.ts';
import { EmailProblem, emailProblem, repairEmail } from './common/emails.ts';
import { repeated } from './common/first.ts';
import { repairDecimal, repairInteger } from './common/numbers.ts';
import { manyRows, Print, PrintTable, someRows } from './common/printTable.ts';
import { authorityProblem, encodeUrl, illegalAt, UrlProblem } from './common/urls.ts';
import { excerpt, firstOf, isBlank, lastOf, lengthOf } from './common/window.ts';
import { exampleOf, isDated, writtenAs } from './tableFormats.ts';
import { rankOf, rankOfColumn } from './tableRanks.ts';
import { type Field, labelOf, rankOfLimit, type TableSchema } from './tableSchema.ts';

/*
 * The rules of a table that a template's author described. They say what the schema says; examples of rules that are made
 * while the product runs are the schema's own.
 */
const source = { name: 'Table Schema', url: 'https://datapackage.org/standard/table-schema/' };
const covers = ['F0:table-schema'];

/** A set of rules out of a schema that `readTableSchema` accepted. */
export function ruleSetOf(schema: TableSchema, key: string): RuleSet {
  const isMissing = missingIn(schema.missingValues ?? ['']);
  const names = schema.fields.map(({ name }) => name);
  const keys = schema.primaryKey === undefined ? [] : [schema.primaryKey].flat();
  const texts = schema.fields.filter(({ type = 'string' }) => type === 'string').map(({ name }) => name);
  return {
    key,
    name: schema.title?.trim() || schema.name?.trim() || 'Table of columns',
    profiles: [],
    columns: schema.fields.map(({ name, title, format, constraints }) => ({
      name,
      ...(title?.trim() && { title: title.trim() }),
      // People write what the column is called above it, as often as its name.
      synonyms: title?.trim() ? [foldHeader(title)] : [],
      isRequired: constraints?.required === true || keys.includes(name),
      ...(format === 'email' && { isPersonal: true }),
    })),
    rules: [
      trimRule(names, covers),
      formulaRule(texts),
      ...schema.fields.flatMap((field) => rulesOf(field, keys.includes(field.name), isMissing)),
      ...(keys.length === 0
        ? []
        : [
            keyRule(
              schema.fields.filter(({ name }) => keys.includes(name)),
              isMissing,
            ),
          ]),
    ],
    idColumn: keys.length === 1 ? (keys[0] ?? null) : null,
  };
}

type IsMissing = (cell: Cell) => boolean;

function missingIn(values: readonly string[]): IsMissing {
  const others = new Set(values.filter((value) => value.trim() !== ''));
  return others.size === 0
    ? isBlank
    : (cell) => isBlank(cell) || (cell.length <= 400 && others.has(cell.text().trim()));
}

function rulesOf(field: Field, isKey: boolean, isMissing: IsMissing): Rule[] {
  const { name, constraints: limits = {} } = field;
  const label = labelOf(field);
  const rules: Rule[] = [];
  const head = {
    scope: 'CELL',
    severity: 'ERROR',
    covers,
    source,
    columns: [name],
    accepted: [],
    refused: [],
  } as const;
  const add = (
    id: string,
    code: Code,
    words: { title: string; advice: string },
    check: (cell: Cell) => Params | null,
    fix?: CellRule['fix'],
  ) => {
    const made = (text: string, judging: Parameters<NonNullable<CellRule['fix']>>[1]) => {
      const fixed = fix?.(text, judging) ?? null;
      return fixed !== null && check(cellOf(fixed)) === null ? fixed : null;
    };
    rules.push({
      ...head,
      id: `${name}.${id}`,
      code,
      ...words,
      check: (cell: Cell) => (isMissing(cell) ? null : check(cell)),
      ...(fix && { fix: made }),
    });
  };

  if (limits.required === true || isKey)
    rules.push({
      ...head,
      id: `${name}.required`,
      code: 'validation_missing_value',
      title: `${label} is empty`,
      advice: 'Fill it in: this table needs it in every row.',
      isForEmpty: true,
      check: (cell: Cell) => (isMissing(cell) ? noParams : null),
    });
  addType(field, add);
  const { pattern, enum: allowed, minLength, maxLength, minimum, maximum } = limits;
  if (pattern !== undefined) {
    const whole = new RegExp(`^(?:${pattern})$`, 'u');
    const longest = mostCharactersOf(pattern);
    add(
      'pattern',
      'validation_invalid_format',
      { title: `${label} is not of the form that is wanted`, advice: `It has to match ${pattern}.` },
      (cell) => (lengthOf(cell) <= longest && whole.test(cell.text().trim()) ? null : noParams),
    );
  }
  if (allowed !== undefined) {
    const values = new Set(allowed.map(String));
    const byFolded = new Map([...values].map((value) => [value.toLowerCase(), value]));
    add(
      'enum',
      'validation_invalid_enum',
      {
        title: `${label} is none of the values that it may have`,
        advice: `Write one of: ${excerpt([...values].join(', '), 160)}.`,
      },
      (cell) => (values.has(cell.text().trim()) ? null : noParams),
      (text) => byFolded.get(text.trim().toLowerCase()) ?? null,
    );
  }
  if (minLength !== undefined || maxLength !== undefined)
    add(
      'length',
      'validation_invalid_length',
      {
        title: `${label} is too ${maxLength === undefined ? 'short' : minLength === undefined ? 'long' : 'short or too long'}`,
        advice: `It has {length} characters and may have ${spanOf(minLength, maxLength)}.`,
      },
      (cell) => {
        const length = lengthOf(cell);
        return length < (minLength ?? 0) || length > (maxLength ?? Number.POSITIVE_INFINITY) ? { length } : null;
      },
    );
  if (minimum !== undefined || maximum !== undefined) {
    const ofLimit = rankOfLimit(field);
    const ofValue = rankOfColumn(field);
    const least = minimum === undefined ? Number.NEGATIVE_INFINITY : ofLimit(minimum);
    const most = maximum === undefined ? Number.POSITIVE_INFINITY : ofLimit(maximum);
    add(
      'range',
      'validation_invalid_value',
      { title: `${label} is outside of what it may be`, advice: `Write ${spanOf(minimum, maximum)}.` },
      (cell) => {
        const rank = ofValue(cell.text());
        return rank < least || rank > most ? noParams : null;
      },
    );
  }
  if (limits.unique === true) rules.push(uniqueRule(field, isMissing));
  return rules;
}

function spanOf(least: string | number | undefined, most: string | number | undefined): string {
  if (least === undefined) return `at most ${most}`;
  return most === undefined ? `at least ${least}` : `${least} to ${most}`;
}

type Add = (
  id: string,
  code: Code,
  words: { title: string; advice: string },
  check: (cell: Cell) => Params | null,
  fix?: CellRule['fix'],
) => void;

/** How each type is written. */
const wanted: Readonly<Record<string, string>> = {
  integer: 'a whole number, like 12',
  number: 'a number with a dot before its decimals, like 12.90',
  year: 'a year of four digits, like 2026',
  date: 'a date, like 2026-11-22',
  datetime: 'a date with its time, like 2026-11-22T14:30:00Z',
  time: 'a time, like 14:30:00',
};

function addType(field: Field, add: Add): void {
  const { type = 'string', format } = field;
  const label = labelOf(field);
  if (type === 'boolean') {
    const [yes, no] = [
      field.trueValues ?? ['true', 'True', 'TRUE', '1'],
      field.falseValues ?? ['false', 'False', 'FALSE', '0'],
    ];
    const values = new Set([...yes, ...no]);
    const byFolded = new Map([...values].map((value) => [value.toLowerCase(), value]));
    add(
      'type',
      'validation_invalid_format',
      { title: `${label} is neither yes nor no`, advice: `Write ${yes[0]} or ${no[0]}.` },
      (cell) => (values.has(cell.text().trim()) ? null : noParams),
      (text) => byFolded.get(text.trim().toLowerCase()) ?? null,
    );
  } else if (type === 'string' && format === 'email') {
    add(
      'email',
      'validation_invalid_format',
      { title: `${label} is no email address`, advice: 'Write the address alone, as in anna@shop.example.' },
      (cell) => (emailProblem(cell.bytes, firstOf(cell), lastOf(cell)) === EmailProblem.none ? null : noParams),
      repairEmail,
    );
  } else if (type === 'string' && format === 'uri') {
    add(
      'uri',
      'validation_invalid_format',
      { title: `${label} is no web address`, advice: 'Write all of it, as in https://shop.example/shoes.' },
      (cell) => {
        const [start, end] = [firstOf(cell), lastOf(cell)];
        const isGood =
          authorityProblem(cell.bytes, start, end) === UrlProblem.none && illegalAt(cell.bytes, start, end) === -1;
        return isGood ? null : noParams;
      },
      encodeUrl,
    );
  } else if (type in wanted) {
    const [kind] = wanted[type]?.split(',') ?? [];
    const like = isDated(type) && format !== undefined && format !== 'default' ? exampleOf(type, format) : null;
    const rank = rankOfColumn(field);
    add(
      'type',
      'validation_invalid_format',
      { title: `${label} is not ${kind}`, advice: `Write ${like === null ? wanted[type] : `${kind}, like ${like}`}.` },
      (cell) => (Number.isNaN(rank(cell.text())) ? noParams : null),
      like === null ? repairs[type] : type === 'date' && format !== 'any' ? dateRepair(format ?? '') : undefined,
    );
  }
}

/** Any certain date, written as the format wants it. */
function dateRepair(format: string): CellRule['fix'] {
  return (text, { declared }) => {
    const iso = repairDate(text, declaredOrder(declared)) ?? text.trim();
    const at = rankOf('date', iso);
    return Number.isNaN(at) ? null : writtenAs(format, new Date(at));
  };
}

const repairs: Readonly<Record<string, CellRule['fix']>> = {
  integer: repairInteger,
  number: (text, { declared }) => repairDecimal(text, declared.currency),
  date: (text, { declared }) => repairDate(text, declaredOrder(declared)),
  datetime: (text, { declared }) => repairDate(text, declaredOrder(declared)),
};

function uniqueRule(field: Field, isMissing: IsMissing): FileRule {
  const { name } = field;
  return {
    id: `${name}.unique`,
    scope: 'FILE',
    severity: 'ERROR',
    code: 'validation_duplicate',
    covers,
    source,
    title: `A value of ${labelOf(field)} stands in more than one row`,
    advice: '{first}Each row has one of its own. Look which of the rows is wrong.',
    columns: [name],
    needs: [name],
    watch: () => {
      const table = new PrintTable(2_000_000, someRows);
      const print = new Print();
      return {
        row: ([cell], row) => {
          if (!cell || isMissing(cell)) return null;
          const { low, high } = print.clear().addBytes(cell.bytes, firstOf(cell), lastOf(cell));
          return table.put(low, high, 1, row) === 0 ? null : repeated(name, table.row);
        },
        end: () => [],
      };
    },
    accepted: [],
    refused: [],
  };
}

function keyRule(fields: readonly Field[], isMissing: IsMissing): FileRule {
  const names = fields.map(({ name }) => name);
  return {
    id: 'key.unique',
    scope: 'FILE',
    severity: 'ERROR',
    code: 'validation_duplicate',
    covers,
    source,
    title: `Two rows have the same ${fields.map(labelOf).join(' and ')}`,
    advice: '{first}They name the row, so no two may have the same. Look which of the rows is wrong.',
    columns: names,
    needs: names,
    watch: () => {
      const table = new PrintTable(3_000_000, manyRows);
      const print = new Print();
      return {
        row: (cells, row) => {
          print.clear();
          for (let at = 0; at < cells.length; at++) {
            const cell = cells[at] as Cell;
            if (isMissing(cell)) return null;
            print.add(cell);
          }
          return table.put(print.low, print.high, 1, row) === 0 ? null : repeated(names[0] ?? null, table.row);
        },
        end: () => [],
      };
    },
    accepted: [],
    refused: [],
  };
}
