import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JudgedVersion } from './CurrentReport.tsx';
import { CurrentReport } from './CurrentReport.tsx';
import styles from './Report.module.css';
import { ReportToggle } from './ReportToggle.tsx';

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
          <ReportToggle version={version} isOpen={isOpen} onOpen={setOpen} />
        </p>
      )}
      <div hidden={isFolded && !isOpen}>
        <CurrentReport taskId={taskId} submission={submission} isNewest />
      </div>
    </>
  );
}
