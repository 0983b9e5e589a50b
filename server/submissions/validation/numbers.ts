/** With marks between thousands; not by the language of the machine, which would change the report. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** What messages count by these names, beside values of the file, shares and versions, which stand as they are. */
const countNames: ReadonlySet<string> = new Set([
  ...['before', 'now', 'count', 'length', 'most', 'fields', 'customers', 'emails', 'days', 'usual', 'row', 'line'],
  ...['limitBytes', 'megabytes'],
]);

/** A number as a message writes it. */
export function numberIn(name: string, value: number): string {
  return countNames.has(name) && Number.isInteger(value) ? grouped(value) : String(value);
}
