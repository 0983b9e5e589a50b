/** As the server takes it. */
const mostBytes = 900_000;

export type Chosen = { name: string; file: { content: string; format: 'JSON' | 'CSV' } };

/** A file's text and what the journey in it may be called; null when it is larger than any journey. */
export async function chosenFile(source: File): Promise<Chosen | null> {
  if (source.size > mostBytes) return null;
  const content = decoded(await source.arrayBuffer());
  const format = /^\s*[{[]/.test(content) ? 'JSON' : 'CSV';
  const byFile = source.name.replace(/\.[^.]*$/, '').slice(0, 120);
  return { name: (format === 'JSON' && nameIn(content)) || byFile, file: { content, format } };
}

/** Spreadsheets that do not write UTF-8 write this. */
function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function nameIn(content: string): string | null {
  try {
    const { name } = JSON.parse(content);
    return typeof name === 'string' ? name.slice(0, 120) : null;
  } catch {
    return null;
  }
}
