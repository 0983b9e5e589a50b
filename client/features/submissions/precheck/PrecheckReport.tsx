import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../../../server/submissions/validation/types.ts';
import { bytes } from '../../../words/format.ts';
import { Findings } from '../report/Findings.tsx';
import styles from '../report/Report.module.css';
import type { Repairing } from '../report/repairing.ts';
import { VerdictHead } from '../report/VerdictHead.tsx';
import { viewOfEngine } from '../report/view.ts';
import { type Prechecked, sentAtOnceBytes } from './usePrecheck.ts';

type Props = {
  prechecked: Prechecked & { report: Report };
  onSend: (file: File) => void;
  onAnother: () => void;
};

/** What the browser found: repair and send, send anyway, or choose another. */
export function PrecheckReport({ prechecked: { precheck, file, isAlongside, report }, onSend, onAnother }: Props) {
  const { t } = useTranslation();
  const [isMending, setMending] = useState(false);
  const view = viewOfEngine(report);
  const { name } = file;
  const isRepairable = view.isReadable && view.findings.some(({ fixable }) => fixable > 0);
  const isSendMain = view.verdict !== 'REJECTED' && !isRepairable;
  // Only of what has arrived a person can say which column is which.
  const isColumnMissed = view.findings.some(({ rule }) => rule === 'CSV-06');
  const repairing: Repairing = {
    words: {
      apply: t('report.repair.applyAndSend'),
      making: t('report.precheck.repairing', { name }),
      original: t('report.precheck.original', { name }),
    },
    look: (fixes) => precheck.preview(fixes).catch(() => null),
    async make(fixes, edits) {
      const repaired = await precheck.repaired(fixes, edits).catch(() => null);
      if (!repaired) return { code: 'TROUBLE', message: t('report.precheck.notRepaired') };
      onSend(repaired.file);
      return null;
    },
  };
  return (
    <section className={styles.report} aria-label={t('report.precheck.result', { name })}>
      <p className={styles.soft}>
        {t('report.precheck.result', { name })}.{' '}
        {isAlongside ? t('report.precheck.foundWhile', { size: bytes(sentAtOnceBytes) }) : t('report.precheck.found')}
      </p>
      <VerdictHead report={view} isMeaningSaid />
      <Findings
        report={view}
        loadSamples={async (finding) => finding.samples}
        repairing={view.isReadable ? repairing : null}
        onMending={setMending}
      />
      {isColumnMissed && <p className={styles.soft}>{t('report.columns.later')}</p>}
      <div className={styles.actions}>
        {/* It would go without what was changed by hand. */}
        {!isAlongside && !isMending && (
          <Button variant={isSendMain ? 'filled' : 'default'} onClick={() => onSend(file)}>
            {t('report.precheck.send')}
          </Button>
        )}
        <Button variant="default" onClick={onAnother}>
          {isAlongside ? t('report.precheck.stop') : t('report.precheck.another')}
        </Button>
      </div>
    </section>
  );
}
