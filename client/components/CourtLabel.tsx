import { useTranslation } from 'react-i18next';
import type { EnumOf } from '../api/graphql.ts';
import { exactTime, lasting } from '../words/format.ts';
import styles from './CourtLabel.module.css';
import { useNow } from './now.ts';

type Props = { court: EnumOf<'Court'>; since: string | null; company: string };

/** Whose turn it is, and for how long already: "Client 4 d". */
export function CourtLabel({ court, since, company }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <span className={styles.court} data-court={court}>
      <span className={styles.mark} aria-hidden="true" />
      <span className={styles.word}>{t(`names.court.${court}`, { company })}</span>
      {since && court !== 'NOBODY' && (
        <time className={styles.since} dateTime={since} title={exactTime(new Date(since))}>
          {lasting(new Date(since), now)}
        </time>
      )}
    </span>
  );
}
