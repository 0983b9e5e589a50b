const maxCharacters = 255;

// Control characters, marks that turn the direction of text around, and what separates folders on any system.
const unwanted = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069/\\]/gu;

/**
 * A file's name as it is shown and offered for download; nothing on our disk ever bears it. Characters that could fool
 * a reader or a file system become `_`, what is too long is shortened before its extension. Null: nothing is left.
 */
export function cleanFileName(raw: string): string | null {
  const name = raw
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '_')
    .normalize('NFC')
    .replace(unwanted, '_')
    .trim()
    .replace(/[. ]+$/, (tail) => '_'.repeat(tail.length));
  if (/^[_.\s]*$/.test(name)) return null;
  return shortened(name);
}

function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= maxCharacters) return name;
  const extension = [...(/\.[^.]{1,20}$/.exec(name)?.[0] ?? '')];
  return [...characters.slice(0, maxCharacters - extension.length), ...extension].join('');
}

/** Whether the name ends in one of the extensions (with the dot). An empty list accepts all. */
export function hasExtension(name: string, accepted: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return accepted.length === 0 || accepted.some((extension) => lower.endsWith(extension.toLowerCase()));
}

/** `Content-Disposition` that always saves and never shows: an ASCII name for old clients, the real one by RFC 5987. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** The type a download is served as. Only what no browser would run keeps its own; everything else is just bytes. */
export function servedType(name: string): string {
  return name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'application/octet-stream';
}
