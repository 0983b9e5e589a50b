import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { count } from '../../../words/format.ts';
import { useAct } from '../useAct.ts';
import styles from './Report.module.css';
import type { Edit, Repairing } from './repairing.ts';
import type { Fix } from './view.ts';

type Props = {
  edits: readonly Edit[];
  safeFixes: readonly Fix[];
  safeValues: number;
  repairing: Repairing;
  onForget: () => void;
};

/** What was mended by hand and waits for the next version. */
export function ByHand({ edits, safeFixes, safeValues, repairing, onForget }: Props) {
  const { t } = useTranslation();
  const { isBusy, run } = useAct();
  const [isWithFixes, setWithFixes] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  // It comes while somebody types, and must not lie over the field.
  useEffect(() => {
    document.activeElement?.scrollIntoView({ block: 'nearest' });
  }, []);
  const handleMake = async () => {
    const fixes = isWithFixes ? safeFixes : [];
    const refused = await run(async () => (await repairing.make(fixes, edits)) ?? undefined);
    setProblem(refused && t('report.repair.failed', { reason: refused.message }));
    if (!refused) onForget();
  };
  return (
    <section
      className={`${styles.box} ${styles.waiting}`}
      aria-label={t('report.edit.waiting', { count: edits.length })}
    >
      <p role="status">{t('report.edit.waiting', { count: edits.length })}</p>
      {safeFixes.length > 0 && (
        <label className={styles.actions}>
          <input
            type="checkbox"
            checked={isWithFixes}
            onChange={(event) => setWithFixes(event.currentTarget.checked)}
          />
          {t('report.edit.withFixes', { count: safeValues, shown: count(safeValues) })}
        </label>
      )}
      <p className={styles.soft}>{repairing.words.original}</p>
      {problem && <FieldError>{problem}</FieldError>}
      <div className={styles.actions}>
        <Button loading={isBusy} onClick={handleMake}>
          {repairing.words.apply}
        </Button>
        <Button variant="default" onClick={onForget}>
          {t('report.edit.forget')}
        </Button>
      </div>
    </section>
  );
}
