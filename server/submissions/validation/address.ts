/**
 * An address as browsers read it; null when it is none. Not `URL.canParse`: Node 20 and 22 answer it with false for
 * letters beyond ASCII, once it was asked some thousand times.
 */
export function parsedAddress(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
