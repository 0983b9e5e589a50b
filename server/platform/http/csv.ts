/** What a spreadsheet may take for the start of a formula; the full-width forms too. */
const formula = '[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20\\t\\r]';
/**
 * At the start of a cell, or behind what a spreadsheet of another country takes for the end of one: a separator, a
 * quote or a line. Blanks in between change nothing.
 */
const dangerous = new RegExp(`(^[\\s"']*?|[",;|\\t\\r\\n][ "']*)(?=${formula})`, 'g');

/** A cell's text that no spreadsheet runs: a `'` stands before whatever could begin a formula. */
export function inert(text: string): string {
  return text.replace(dangerous, "$1'");
}

/** The text as it was, for a file that comes back. */
export function restored(text: string): string {
  return text.replace(new RegExp(`'(?=${formula})`, 'g'), '');
}

/** One line, CRLF at its end (RFC 4180): every text in quotes and inert; numbers as they are. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  const written = cells.map((cell) => {
    if (cell === null) return '';
    if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
    return `"${inert(cell).replaceAll('"', '""')}"`;
  });
  return `${written.join(',')}\r\n`;
}
