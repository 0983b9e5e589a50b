import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../../../server/submissions/validation/types.ts';
import { bytes } from '../../../words/format.ts';
import { Asks } from '../report/Asks.tsx';
import { Columns } from '../report/Columns.tsx';
import { Findings } from '../report/Findings.tsx';
import styles from '../report/Report.module.css';
import type { Repairing } from '../report/repairing.ts';
import { VerdictHead } from '../report/VerdictHead.tsx';
import { viewOfEngine } from '../report/view.ts';
import type { Chosen } from './orders.ts';
import { type Prechecked, sentAtOnceBytes } from './usePrecheck.ts';

/** As many as a report of the server shows. */
const mostColumns = 100;

type Props = {
  prechecked: Prechecked & { report: Report };
  onSend: (file: File, repairs: number) => void;
  onSay: (said: Partial<Chosen>) => void;
  onChoose: (chosen: Partial<Chosen>) => Promise<boolean>;
  onAnother: () => void;
};

/** What the browser found: say which column is which, repair and send, send anyway, or choose another. */
export function PrecheckReport({ prechecked, onSend, onSay, onChoose, onAnother }: Props) {
  const { precheck, file, isAlongside, report, knownColumns } = prechecked;
  const { t } = useTranslation();
  const [isMending, setMending] = useState(false);
  const view = viewOfEngine(report);
  const { name } = file;
  const isRepairable = view.isReadable && view.findings.some(({ fixable }) => fixable > 0);
  const isSendMain = view.verdict !== 'REJECTED' && !isRepairable;
  const isColumnMissed = view.findings.some(({ rule }) => rule === 'CSV-06') || precheck.chosen.mapping.length > 0;
  // What goes with a file has to be known before it is begun to be sent; of another its report asks.
  const isAsked = !isAlongside && view.isReadable;
  const choose = async (chosen: Partial<Chosen>) =>
    (await onChoose(chosen)) ? null : { code: 'TROUBLE', message: t('report.precheck.notAgain') };
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
      onSend(repaired.file, repaired.changes);
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
      {isAsked && report.asks.length > 0 && (
        <Asks
          asks={report.asks}
          isMain={!isMending}
          onSay={(declared) => onSay({ declared })}
          onDeclare={(declared) => choose({ declared })}
        />
      )}
      {isAsked && isColumnMissed && (
        <Columns
          report={{ columns: report.columns.slice(0, mostColumns), columnCount: report.columns.length, knownColumns }}
          onSay={(mapping) => onSay({ mapping })}
          onMap={(mapping) => choose({ mapping })}
        />
      )}
      <Findings
        report={view}
        loadSamples={async (finding) => finding.samples}
        repairing={view.isReadable ? repairing : null}
        onMending={setMending}
      />
      {isColumnMissed && !isAsked && <p className={styles.soft}>{t('report.columns.later')}</p>}
      <div className={styles.actions}>
        {/* It would go without what was changed by hand. */}
        {!isAlongside && !isMending && (
          <Button variant={isSendMain ? 'filled' : 'default'} onClick={() => onSend(file, 0)}>
            {t(view.verdict === 'ACCEPTED' ? 'report.precheck.sendGood' : 'report.precheck.send')}
          </Button>
        )}
        <Button variant="default" onClick={onAnother}>
          {isAlongside ? t('report.precheck.stop') : t('report.precheck.another')}
        </Button>
      </div>
    </section>
  );
}
