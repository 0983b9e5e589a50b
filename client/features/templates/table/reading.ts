import { rankOf } from '../../../../server/submissions/validation/rules/tableRanks.ts';
import {
  type Field,
  type FieldType,
  fieldTypes,
  mostColumns,
} from '../../../../server/submissions/validation/rules/tableSchema.ts';

/*
 * Columns out of what people have at hand: cells that were copied from a spreadsheet, or the head of an example file.
 * Only names and types are taken of a file: its values are somebody's, and a template is read by many.
 */
export type Columns = { columns: Field[] /** More than a table can have. */; isCut: boolean };

const delimiters = [',', ';', '\t', '|'];
const rowsLookedAt = 200;

/** The columns of delimited text whose first line names them; of nothing else than a few of its rows. */
export function columnsOfFile(text: string): Columns {
  const head = text.replace(/^\uFEFF/, '');
  const firstLine = head.slice(0, head.search(/[\r\n]|$/));
  const count = (delimiter: string) => firstLine.split(delimiter).length;
  const delimiter = delimiters.reduce((best, each) => (count(each) > count(best) ? each : best));
  const [names = [], ...rows] = cellsOf(head, delimiter, rowsLookedAt + 1);
  const columns = names.map((name, at) => ({
    name: name.trim().slice(0, 100),
    ...guessed(rows.map((row) => row[at]?.trim() ?? '')),
  }));
  return cut(columns.filter(({ name }) => name !== ''));
}

/** Cells that were copied from a spreadsheet: with their headings, or as name, title, type, required. */
export function columnsPasted(text: string): Columns {
  const [first = [], ...rest] = cellsOf(text, '\t', mostColumns + 2);
  const headings = first.map((cell) => headingOf(cell));
  const isHead = headings.includes('name') && headings.every((each) => each !== null);
  const order: (Part | null)[] = isHead ? headings : ['name', 'title', 'type', 'required', 'description'];
  const rows = isHead ? rest : [first, ...rest];
  return cut(rows.filter((row) => row.some((cell) => cell.trim() !== '')).map((row) => columnOf(row, order)));
}

/** Whether what was copied are several cells, and not a text for one field. */
export function isSeveralCells(text: string): boolean {
  return /[\t\n]/.test(text.trim());
}

type Part = 'name' | 'title' | 'type' | 'required' | 'description' | 'example';
const headings: Readonly<Record<string, Part>> = {
  ...{
    name: 'name',
    column: 'name',
    field: 'name',
    title: 'title',
    label: 'title',
    type: 'type',
    required: 'required',
  },
  ...{ mandatory: 'required', description: 'description', example: 'example' },
};

function headingOf(cell: string): Part | null {
  const folded = cell.trim().toLowerCase();
  return Object.hasOwn(headings, folded) ? (headings[folded] ?? null) : null;
}

const otherTypes: Readonly<Record<string, FieldType>> = {
  ...{ text: 'string', char: 'string', varchar: 'string', int: 'integer', decimal: 'number', float: 'number' },
  ...{ bool: 'boolean', timestamp: 'datetime', day: 'date' },
};

function typeOf(cell: string): FieldType {
  const folded = cell.trim().toLowerCase();
  const known = fieldTypes.find((type) => type === folded);
  return known ?? (Object.hasOwn(otherTypes, folded) ? otherTypes[folded] : undefined) ?? 'string';
}

function columnOf(row: readonly string[], order: readonly (Part | null)[]): Field {
  const cell = (part: Part) => row[order.indexOf(part)]?.trim() ?? '';
  const [title, description, example] = [cell('title'), cell('description'), cell('example')];
  const isRequired = /^(y|yes|x|true|1|required|ja|oui)$/i.test(cell('required'));
  return {
    name: cell('name').slice(0, 100),
    ...(title && { title: title.slice(0, 200) }),
    type: typeOf(cell('type')),
    ...(description && { description: description.slice(0, 2_000) }),
    ...(example && { example: example.slice(0, 200) }),
    ...(isRequired && { constraints: { required: true } }),
  };
}

function cut(columns: Field[]): Columns {
  return { columns: columns.slice(0, mostColumns), isCut: columns.length > mostColumns };
}

const guesses = ['integer', 'number', 'date', 'datetime', 'time'] as const;

/** The narrowest type that all values have; numbers that begin with a nought are none, but somebody's code. */
function guessed(cells: readonly string[]): Pick<Field, 'type' | 'format'> {
  const values = cells.filter((cell) => cell !== '');
  if (values.length === 0) return { type: 'string' };
  const all = (test: (value: string) => boolean) => values.every(test);
  if (all((value) => /^(true|false)$/i.test(value))) return { type: 'boolean' };
  if (!values.some((value) => /^0\d/.test(value)))
    for (const type of guesses) if (all((value) => !Number.isNaN(rankOf(type, value)))) return { type };
  if (all((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))) return { type: 'string', format: 'email' };
  if (all((value) => /^https?:\/\/\S+$/.test(value))) return { type: 'string', format: 'uri' };
  return { type: 'string' };
}

/** Rows of cells, quotes and line ends inside of them included; the last row of a text that was cut may be half. */
function cellsOf(text: string, delimiter: string, mostRows: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endRow = () => {
    rows.push([...row, cell]);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length && rows.length < mostRows; at++) {
    const letter = text[at] as string;
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else isQuoted = false;
    } else if (letter === '"' && cell === '') isQuoted = true;
    else if (letter === delimiter) {
      row.push(cell);
      cell = '';
    } else if (letter === '\n') endRow();
    else if (letter !== '\r') cell += letter;
  }
  if (rows.length < mostRows && (cell !== '' || row.length > 0)) endRow();
  return rows;
}
