import { linkPieces } from './linkPieces.ts';

type Props = { text: string; className?: string };

/** What somebody wrote, with its line breaks kept and its addresses made into links. */
export function LinkedText({ text, className }: Props) {
  let offset = 0;
  return (
    <p className={className}>
      {linkPieces(text).map((piece) => {
        const key = offset;
        offset += piece.text.length;
        if (!piece.href) return <span key={key}>{piece.text}</span>;
        return (
          <a key={key} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        );
      })}
    </p>
  );
}
