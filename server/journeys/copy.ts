import { uuidv7 } from 'uuidv7';

type Copied<Row> = Row & { id: string };

/** The same parts under new ids, which name each other as they did; what they name beyond themselves stays. */
export function copied<Row extends { id: string; body: unknown }>(rows: readonly Row[]): Copied<Row>[] {
  const newId = new Map(rows.map(({ id }) => [id, uuidv7()]));
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return newId.get(value) ?? value;
    if (Array.isArray(value)) return value.map(renamed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner)]));
  };
  return rows.map((row) => ({ ...row, id: newId.get(row.id) as string, body: renamed(row.body) }));
}
