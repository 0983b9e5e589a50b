const named = /@\[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]/g;

/** The ids of the people that a text names, each once: they stand in it as `@[person id]`. */
export function mentionedIn(text: string): string[] {
  return [...new Set([...text.matchAll(named)].map((match) => match[1] ?? ''))];
}
