import { IconEyeCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ActedTask } from '../acts/documents.ts';
import styles from '../TaskNotices.module.css';

type Props = { role: NonNullable<ActedTask['reviewerRole']>; mayApprove: boolean };

/** Who is asked to look at it, by role: whoever is somebody else is told why the buttons are not there. */
export function AwaitedLine({ role, mayApprove }: Props) {
  const { t } = useTranslation();
  return (
    <section className={styles.notice} data-tone="quiet">
      <IconEyeCheck size={20} stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <h2>{t(`delegation.awaited.${role}`)}</h2>
        {!mayApprove && <p className={styles.soft}>{t(`delegation.awaitedOnly.${role}`)}</p>}
      </div>
    </section>
  );
}
