/** `name=value` parted by `;`, as DKIM and DMARC write their records. Null where a part is no tag. */
export function parseTags(record: string): { tags: [name: string, value: string][]; odd: string[] } {
  const tags: [string, string][] = [];
  const odd: string[] = [];
  const parts = record.split(';').map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  for (const part of parts) {
    const [, name, value] = /^([!a-z][\w!]*)\s*=\s*(.*)$/is.exec(part) ?? [];
    if (name === undefined || value === undefined) odd.push(part);
    else tags.push([name.toLowerCase(), value.trim()]);
  }
  return { tags, odd };
}

export function tagOf(tags: readonly (readonly [string, string])[], name: string): string | null {
  return tags.find(([tag]) => tag === name)?.[1] ?? null;
}
