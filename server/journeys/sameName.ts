/** What two names have in common that people take for one: case, blanks and the look of a letter aside. */
export function sameName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
