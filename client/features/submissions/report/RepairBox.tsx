import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { count } from '../../../words/format.ts';
import styles from './Report.module.css';
import type { Changes, Repairing } from './repairing.ts';
import { Value } from './Value.tsx';
import type { Fix } from './view.ts';

const mostShown = 6;

type Props = { fixes: readonly Fix[]; repairing: Repairing; onClose: () => void };

/** What a repair would change, counted over the whole file, before anything is changed. */
export function RepairBox({ fixes, repairing, onClose }: Props) {
  const { t } = useTranslation();
  const [found, setFound] = useState<Changes | 'failed' | null>(null);
  const [isMaking, setMaking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: counted once, as the box is opened
  useEffect(() => {
    let isCurrent = true;
    void repairing.look(fixes).then((changes) => isCurrent && setFound(changes ?? 'failed'));
    return () => {
      isCurrent = false;
    };
  }, []);

  const handleMake = async () => {
    setMaking(true);
    const refused = await repairing.make(fixes, []);
    setMaking(false);
    setProblem(refused && t('report.repair.failed', { reason: refused.message }));
    if (!refused) onClose();
  };
  const changes = found === 'failed' || found === null ? 0 : found.changes;

  return (
    <section className={styles.box} aria-label={t('report.repair.title')}>
      <div role="status">
        {found === null && <p className={styles.soft}>{t('report.repair.looking')}</p>}
        {found !== null && found !== 'failed' && (
          <p>
            {changes === 0
              ? t('report.repair.nothing')
              : `${t('report.repair.would', { count: changes, shown: count(changes) })} ${repairing.words.original}`}
          </p>
        )}
      </div>
      {found === 'failed' && <FieldError>{t('report.repair.lookFailed')}</FieldError>}
      {found !== null && found !== 'failed' && changes > 0 && (
        <ol className={styles.pairs}>
          {found.pairs.slice(0, mostShown).map(({ row, column, before, after }) => (
            <li key={`${row} ${column}`} className={styles.pair}>
              <span className={styles.place}>{t('report.repair.place', { row: count(row), column })}</span>
              <Value value={before} fixed={after} isMarked />
            </li>
          ))}
        </ol>
      )}
      {problem && <FieldError>{problem}</FieldError>}
      <div className={styles.actions}>
        {changes > 0 && (
          <Button loading={isMaking} onClick={handleMake}>
            {repairing.words.apply}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        {isMaking && (
          <span className={styles.soft} role="status">
            {repairing.words.making}
          </span>
        )}
      </div>
    </section>
  );
}
