import {
  labelOf,
  readTableSchema,
  type TableSchema,
  writeTableSchema,
} from '../../../../server/submissions/validation/rules/tableSchema.ts';
import { emptyTable } from './columns.ts';
import { columnsOfFile } from './reading.ts';
import type { Tidings } from './Told.tsx';

const megabyte = 1_000_000;
const mostSchemaMegabytes = 5;
/** Of an example file only its head is looked at, whatever its size. */
const headBytes = 256_000;

/** Columns out of a file: of a Table Schema all of it, of an example its names and types. It is never sent anywhere. */
export async function takeFile(file: File): Promise<{ table: TableSchema | null; told: Tidings }> {
  const { name } = file;
  const not = (told: Tidings) => ({ table: null, told });
  try {
    const head = await file.slice(0, headBytes).text();
    const isSchema = /\.json$/i.test(name) || /^\uFEFF?\s*\{/.test(head);
    if (!isSchema) {
      const isWhole = file.size <= headBytes;
      const { columns, isCut } = columnsOfFile(isWhole ? head : head.slice(0, head.lastIndexOf('\n') + 1 || undefined));
      if (columns.length === 0 || head.includes('\0')) return not({ kind: 'nothing', name });
      return {
        table: { ...emptyTable, fields: columns },
        told: { kind: 'taken', name, count: columns.length, isCut, unused: [] },
      };
    }
    if (file.size > mostSchemaMegabytes * megabyte) return not({ kind: 'tooLarge', name, max: mostSchemaMegabytes });
    const { schema, problems, unused } = readTableSchema((await file.text()).replace(/^\uFEFF/, ''));
    if (!schema) return not({ kind: 'refused', name, problems });
    return {
      table: schema,
      told: {
        kind: 'taken',
        name,
        count: schema.fields.length,
        isCut: false,
        unused: unused.map((path) => ({ path, column: columnAt(schema, path) })),
      },
    };
  } catch {
    return not({ kind: 'notRead', name });
  }
}

/** What the column is called that a path stands in; null outside of the columns. */
function columnAt({ fields }: TableSchema, path: string): string | null {
  const field = fields[Number(/^fields\[(\d+)\]/.exec(path)?.[1] ?? Number.NaN)];
  return field ? labelOf(field) : null;
}

/** The table as a file that every tool reads that knows Table Schema. */
export function saveTable(table: TableSchema): void {
  const url = URL.createObjectURL(new Blob([writeTableSchema(table)], { type: 'application/json' }));
  const link = document.createElement('a');
  const words = (table.title ?? table.name ?? '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  link.download = `${words.replace(/^-|-$/g, '') || 'table'}.schema.json`;
  link.href = url;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
