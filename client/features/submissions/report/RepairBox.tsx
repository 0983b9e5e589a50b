import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { count } from '../../../words/format.ts';
import styles from './Report.module.css';
import type { Changes, Edit, Repairing } from './repairing.ts';
import { Value } from './Value.tsx';
import type { FindingView } from './view.ts';

/** So many values are shown of one kind of repair, of a few kinds, and of each of many. */
const [shownOfOne, shownOfFew, shownOfMany] = [6, 2, 1];
const few = 3;

type Props = {
  /** What is to be repaired. */
  findings: readonly FindingView[];
  /** What was changed by hand goes into the same version. */
  edits: readonly Edit[];
  /** How many things to fix are left after it; null where nobody can tell. */
  leaves: number | null;
  repairing: Repairing;
  onClose: () => void;
  onMade: () => void;
};

/** What a repair would change, counted over the whole file, before anything is changed. */
export function RepairBox({ findings, edits, leaves, repairing, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const [found, setFound] = useState<Changes | 'failed' | null>(null);
  const [isMaking, setMaking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const fixes = findings.map(({ rule, column }) => ({ rule, column }));

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
    const refused = await repairing.make(fixes, edits);
    setMaking(false);
    setProblem(refused && t('report.repair.failed', { reason: refused.message }));
    if (!refused) onMade();
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
      {found !== null && found !== 'failed' && changes > 0 && <Kinds found={found} findings={findings} />}
      {changes > 0 && edits.length > 0 && <p>{t('report.repair.byHand', { count: edits.length })}</p>}
      {changes > 0 && edits.length === 0 && leaves !== null && (
        <p>{leaves === 0 ? t('report.repair.leavesNone') : t('report.repair.leaves', { count: leaves })}</p>
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

/** Some values before and after, of every kind of repair. */
function Kinds({ found, findings }: { found: Changes; findings: readonly FindingView[] }) {
  const { t } = useTranslation();
  const rules = [...new Set(found.pairs.map(({ rule }) => rule))];
  const shown = rules.length === 1 ? shownOfOne : rules.length <= few ? shownOfFew : shownOfMany;
  return (
    <ol className={styles.kinds}>
      {rules.map((rule) => {
        const changes = found.fixes.reduce((sum, fix) => (fix.rule === rule ? sum + fix.changes : sum), 0);
        return (
          <li key={rule} className={styles.pairs}>
            {rules.length > 1 && (
              <div className={styles.findingHead}>
                <span className={styles.title}>{findings.find((finding) => finding.rule === rule)?.title}</span>
                <span className={styles.figure}>
                  {t('report.count.CELL', { count: changes, shown: count(changes) })}
                </span>
              </div>
            )}
            {found.pairs
              .filter((pair) => pair.rule === rule)
              .slice(0, shown)
              .map(({ row, column, before, after }) => (
                <div key={`${row} ${column}`} className={styles.pair}>
                  <span className={styles.place}>{t('report.repair.place', { row: count(row), column })}</span>
                  <Value value={before} fixed={after} isMarked />
                </div>
              ))}
          </li>
        );
      })}
    </ol>
  );
}
