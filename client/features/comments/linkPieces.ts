import LinkifyIt from 'linkify-it';

export type Piece = { text: string; href: string | null };

// Only what a person may safely open from somebody else's text: the list of protocols is closed.
const linkify = new LinkifyIt({ fuzzyEmail: true, fuzzyIP: false, fuzzyLink: true }).add('ftp:', null).add('//', null);
const allowed = ['http:', 'https:', 'mailto:'];

/** The text in order, cut where a link begins and ends; `href` is null for plain text. */
export function linkPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of linkify.match(text) ?? []) {
    const href = safeHref(match.url);
    if (!href) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), href: null });
    pieces.push({ text: match.text, href });
    end = match.lastIndex;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null });
  return pieces;
}

/** The address when it is one of the allowed protocols and parses; else null. */
export function safeHref(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return allowed.includes(url.protocol) ? url.href : null;
}
