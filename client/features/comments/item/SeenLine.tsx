import { useTranslation } from 'react-i18next';
import { Face } from '../../../components/Face.tsx';
import { useNow } from '../../../components/now.ts';
import { clockOrDay, exactTime } from '../../../words/format.ts';
import styles from '../Comments.module.css';

/** Somebody of the client who has read up to here. */
export type Seen = { id: string; name: string; at: string };

/** How far people of the client have read: their faces below the last comment that they saw. For staff. */
export function SeenLine({ seen }: { seen: readonly Seen[] }) {
  const { t } = useTranslation();
  const now = useNow();
  if (seen.length === 0) return null;
  const names = seen
    .map(({ name, at }) => t('comments.seenByOne', { name, time: clockOrDay(new Date(at), now) }))
    .join(', ');
  const exact = seen.map(({ name, at }) => t('comments.seenByOne', { name, time: exactTime(new Date(at)) })).join('\n');
  return (
    <p className={styles.seen} title={exact}>
      {seen.map(({ id, name }) => (
        <Face key={id} name={name} size="small" />
      ))}
      <span>{t('comments.seenBy', { names })}</span>
    </p>
  );
}
