/** Somebody who may be named. */
export type Named = { id: string; name: string };
export type TextPiece = { text: string } | { personId: string };

const token = /@\[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]/g;

/** What stands in the field for each of the people: their name, with a number behind it where two share one. */
export function labelsOf(people: readonly Named[]): Map<string, string> {
  const taken = new Map<string, number>();
  return new Map(
    people.map(({ id, name }) => {
      const count = (taken.get(name) ?? 0) + 1;
      taken.set(name, count);
      return [id, count === 1 ? name : `${name} ${count}`];
    }),
  );
}

/** "@Jana Novák" as the person writes it -> "@[id]" as it is kept. Names of nobody here stay as they are. */
export function toTokens(text: string, people: readonly Named[]): string {
  const labels = [...labelsOf(people)].sort(([, a], [, b]) => b.length - a.length);
  let out = '';
  for (let at = 0; at < text.length; ) {
    const found =
      text[at] === '@' && !isWord(text[at - 1]) ? labels.find(([, label]) => isNamedAt(text, at, label)) : undefined;
    out += found ? `@[${found[0]}]` : text[at];
    at += found ? found[1].length + 1 : 1;
  }
  return out;
}

function isNamedAt(text: string, at: number, label: string): boolean {
  const end = at + 1 + label.length;
  return text.slice(at + 1, end).toLocaleLowerCase() === label.toLocaleLowerCase() && !isWord(text[end]);
}

/** Whether an @ in the text can begin a name; one within a word, as in an address, does not. */
export function mayName(text: string): boolean {
  return /(?<![\p{L}\p{N}])@\S/u.test(text);
}

const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** "@[id]" -> "@Jana Novák", to be written on; one whose name is not known stays as it is, and so keeps its person. */
export function fromTokens(text: string, people: readonly Named[]): string {
  const labels = labelsOf(people);
  return text.replace(token, (whole, id: string) => (labels.has(id) ? `@${labels.get(id)}` : whole));
}

/** The text in order, cut where a person is named. */
export function textPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ personId: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** What stands between an @ and the caret, when a name is being written there; null when none is. */
export function queryBefore(text: string, caret: number): { from: number; query: string } | null {
  const from = text.lastIndexOf('@', caret - 1);
  if (from < 0 || isWord(text[from - 1])) return null;
  const query = text.slice(from + 1, caret);
  return query.length <= 40 && !/[\n@[\]]/.test(query) ? { from, query } : null;
}

/** Those of whose name a word begins with what was typed, without regard to case and accents. */
export function matching<P extends Named>(people: readonly P[], query: string): P[] {
  const wanted = plain(query);
  return people.filter(
    ({ name }) =>
      plain(name).startsWith(wanted) ||
      plain(name)
        .split(/[\s-]+/)
        .some((word) => word.startsWith(wanted)),
  );
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
