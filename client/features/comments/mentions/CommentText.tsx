import { useTranslation } from 'react-i18next';
import styles from '../Comments.module.css';
import { LinkedText } from '../LinkedText.tsx';
import marks from '../Marks.module.css';
import { type Named, textPieces } from './tokens.ts';

type Props = { text: string; mentions: readonly Named[]; viewerId: string };

/** What somebody wrote: line breaks kept, addresses made into links, people by the name that they have now. */
export function CommentText({ text, mentions, viewerId }: Props) {
  const { t } = useTranslation();
  const pieces = textPieces(text);
  if (pieces.length === 0) return null;
  let offset = 0;
  return (
    <p className={styles.text}>
      {pieces.map((piece) => {
        const key = offset;
        if ('text' in piece) {
          offset += piece.text.length;
          return <LinkedText key={key} text={piece.text} />;
        }
        offset += piece.personId.length;
        const person = mentions.find((one) => one.id === piece.personId);
        return (
          <span key={key} className={marks.mention} data-self={piece.personId === viewerId || undefined}>
            {`@${person?.name ?? t('comments.mentions.somebody')}`}
          </span>
        );
      })}
    </p>
  );
}
