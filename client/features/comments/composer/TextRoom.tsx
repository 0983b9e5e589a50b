import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import styles from '../Comments.module.css';

type Props = { text: string; maxCharacters: number };

const nearShare = 0.9;

/** How much room is left, said only when it begins to matter. */
export function TextRoom({ text, maxCharacters }: Props) {
  const { t } = useTranslation();
  if (text.length < maxCharacters * nearShare) return null;
  const left = maxCharacters - lengthOf(text);
  return (
    <p className={styles.room} data-over={left < 0 || undefined} aria-live="polite">
      {left < 0 ? t('comments.composer.over', { count: -left }) : t('comments.composer.left', { count: left })}
    </p>
  );
}

// As the server counts: characters as people see them written, not the halves that JavaScript makes of an emoji.
const lengthOf = (text: string) => [...text.trim()].length;

/** Why the text cannot be sent, in words; null when it can. */
export function textProblem(text: string, maxCharacters: number, t: TFunction): string | null {
  const length = lengthOf(text);
  if (length === 0) return t('comments.composer.empty');
  if (length > maxCharacters) return t('comments.composer.tooLong', { over: length - maxCharacters });
  return null;
}
