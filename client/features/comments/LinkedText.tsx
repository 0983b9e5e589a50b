import { linkPieces } from './linkPieces.ts';

/** A stretch of what somebody wrote, with its addresses made into links. */
export function LinkedText({ text }: { text: string }) {
  let offset = 0;
  return linkPieces(text).map((piece) => {
    const key = offset;
    offset += piece.text.length;
    if (!piece.href) return <span key={key}>{piece.text}</span>;
    return (
      <a key={key} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
        {piece.text}
      </a>
    );
  });
}
