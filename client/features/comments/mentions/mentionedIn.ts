import { textPieces } from './tokens.ts';

/** The ids of the people that a text names. */
export function mentionedIn(text: string): string[] {
  return textPieces(text).flatMap((piece) => ('personId' in piece ? [piece.personId] : []));
}
