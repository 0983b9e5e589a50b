import { useTranslation } from 'react-i18next';
import { LiveCheck } from './LiveCheck.tsx';
import styles from './Report.module.css';

type Props = { upload: { id: string; file: { name: string } | null; submittedBy: { name: string } } };

/** A file that somebody else is sending now, with what is found in it so far. */
export function Arriving({ upload: { id, file, submittedBy } }: Props) {
  const { t } = useTranslation();
  const name = file?.name ?? '';
  return (
    <section className={styles.report} aria-label={t('report.live.label', { name })}>
      <p>{t('report.live.arriving', { name: submittedBy.name, file: name })}</p>
      <LiveCheck submissionId={id} name={name} />
    </section>
  );
}
