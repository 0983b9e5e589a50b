import type { Span } from '../readers.ts';

/* How a value is written where it stands, so that its reader reads it back as it is. */

const plainText = /^[^"\r\n]*$/;

/** In quotes where it must, or where it was; a doubled quote for each inside. */
export function delimitedValue(text: string, delimiter: string, wasQuoted = false): string {
  // A blank at an end survives only in quotes: some readers trim.
  const isPlain = plainText.test(text) && !text.includes(delimiter) && text.trim() === text;
  return isPlain && !wasQuoted ? text : `"${text.replaceAll('"', '""')}"`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters that XML knows no way to write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

export function spanValue(text: string, span: Span, delimiter: string, wasQuoted: boolean): string {
  switch (span.writing) {
    case 'DELIMITED':
      return delimitedValue(text, delimiter, wasQuoted);
    case 'XML_TEXT':
      return text.replace(unwritable, '').replace(/[&<>"]/g, (character) => entities[character] as string);
    case 'XML_CDATA':
      return text.replace(unwritable, '').replaceAll(']]>', ']]]]><![CDATA[>');
    case 'JSON':
      return JSON.stringify(text);
  }
}
