/** The shop's address as people say it. */
export function hostOf(website: string): string {
  return URL.parse(website)?.host ?? website;
}
