import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JudgedVersion } from './CurrentReport.tsx';
import { CurrentReport } from './CurrentReport.tsx';
import styles from './Report.module.css';

type Props = {
  taskId: string;
  submission: JudgedVersion;
  /** Another file is looked at now. */
  isFolded: boolean;
};

/** The report that stands; while a new file is looked at, a line that opens it. What was typed into it stays. */
export function StandingReport({ taskId, submission, isFolded }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const version = submission.version ?? 1;
  return (
    <>
      {isFolded && (
        <p className={styles.folded}>
          <span>{t('report.label', { version })}</span>
          <Button
            variant="subtle"
            size="xs"
            aria-expanded={isOpen}
            aria-label={t(isOpen ? 'report.history.hideOf' : 'report.history.showOf', { version })}
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'report.history.hide' : 'report.history.show')}
          </Button>
        </p>
      )}
      <div hidden={isFolded && !isOpen}>
        <CurrentReport taskId={taskId} submission={submission} isNewest />
      </div>
    </>
  );
}
