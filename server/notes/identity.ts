/** Who somebody is to the others in a room. Made from the session, never from what a client says. */
export type Identity = { personId: string; name: string; color: string };

/** White letters on each, and each as a line on white or on near black, can be told apart (a test measures it). */
export const caretColors = [
  '#0b7285',
  '#1864ab',
  '#6741d9',
  '#a61e8e',
  '#c2255c',
  '#b54708',
  '#2b7a3d',
  '#5c6b1c',
] as const;

/** The same person has the same colour in every room and on every screen. */
export function identityOf(personId: string, name: string): Identity {
  let sum = 0;
  for (const letter of personId) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return { personId, name, color: caretColors[sum % caretColors.length] ?? caretColors[0] };
}
