/**
 * Without line breaks and other control characters, which could start a header of a mail or hide what follows, and
 * without those that turn the line around.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}
