/**
 * The address inside Slipway to go on to after sign-in, or null when it leads elsewhere. Browsers read `\` as `/`, drop
 * tabs and line breaks, and take `//host` for another site, so only what a URL parser leaves unchanged in meaning stays.
 */
export function localPath(path: string | null | undefined): string | null {
  if (!path || path.length > 2000 || !path.startsWith('/')) return null;
  if (/^\/[/\\]|[\\\p{Cc}]/u.test(path)) return null;
  const base = 'http://slipway.invalid';
  if (!URL.canParse(path, base)) return null;
  const url = new URL(path, base);
  // `/..//evil` is `//evil` once its dots are gone.
  if (url.origin !== base || url.pathname.startsWith('//')) return null;
  return url.pathname + url.search + url.hash;
}
