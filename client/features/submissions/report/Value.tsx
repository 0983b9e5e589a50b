import { VisuallyHidden } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './Report.module.css';
import { difference } from './view.ts';

type Props = { value: string | null; fixed: string | null; isMarked: boolean };

/** A value of the file as text and nothing else, its bad piece marked, and what repairing makes of it beside it. */
export function Value({ value, fixed, isMarked }: Props) {
  const { t } = useTranslation();
  if (value === null || value === '') {
    return (
      <span className={styles.value}>
        <i className={styles.nothing}>{t('report.sample.empty')}</i>
        {fixed !== null && <Fixed before="" good={fixed} after="" />}
      </span>
    );
  }
  if (fixed === null || fixed === value) {
    return <span className={styles.value}>{isMarked ? <mark>{value}</mark> : value}</span>;
  }
  const { before, bad, good, after } = difference(value, fixed);
  return (
    <span className={styles.value}>
      <span>
        {before}
        {bad !== '' && <mark>{bad}</mark>}
        {after}
      </span>
      <Fixed before={before} good={good} after={after} />
    </span>
  );
}

function Fixed({ before, good, after }: { before: string; good: string; after: string }) {
  const { t } = useTranslation();
  return (
    <>
      <VisuallyHidden>{t('report.sample.becomes')}</VisuallyHidden>
      <IconArrowRight className={styles.arrow} size={16} stroke={1.5} aria-hidden />
      <span>
        {before}
        {good !== '' && <ins>{good}</ins>}
        {after}
      </span>
    </>
  );
}
