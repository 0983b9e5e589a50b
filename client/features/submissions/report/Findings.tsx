import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { count } from '../../../words/format.ts';
import { useAct } from '../useAct.ts';
import { FindingItem } from './FindingItem.tsx';
import { RepairBox } from './RepairBox.tsx';
import styles from './Report.module.css';
import type { Edit, Repairing } from './repairing.ts';
import type { FindingView, ReportView, SampleView } from './view.ts';

type Props = {
  report: ReportView;
  loadSamples: (finding: FindingView) => Promise<readonly SampleView[] | null>;
  /** Null where nothing can be repaired. */
  repairing: Repairing | null;
  /** Brings the findings that are not here yet; false when they could not be had. */
  onMore?: () => Promise<boolean>;
};

const severities = ['ERROR', 'WARNING', 'HINT'] as const;
type Shown = (typeof severities)[number] | 'ALL';
/** From so many on a search helps more than it costs. */
const searchFrom = 6;

/** What was found, the worst and most frequent first: to filter, to repair, and to mend by hand. */
export function Findings({ report, loadSamples, repairing, onMore }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>('ALL');
  const [wanted, setWanted] = useState('');
  const [isRepairing, setRepairing] = useState(false);
  const [edits, setEdits] = useState<ReadonlyMap<string, Edit>>(new Map());
  const [hasFailed, setFailed] = useState(false);
  const { findings } = report;
  const present = severities.filter((severity) => findings.some((finding) => finding.severity === severity));
  const needle = wanted.trim().toLowerCase();
  const matching = findings.filter(
    (finding) =>
      (shown === 'ALL' || finding.severity === shown) &&
      (needle === '' ||
        [finding.title, finding.column ?? '', finding.rule, finding.message].some((text) =>
          text.toLowerCase().includes(needle),
        )),
  );
  const safe = findings.filter((finding) => finding.fixable > 0);
  const safeValues = safe.reduce((sum, finding) => sum + finding.fixable, 0);
  const safeFixes = safe.map(({ rule, column }) => ({ rule, column }));

  const handleEdit = (edit: Edit) => setEdits((now) => new Map(now).set(`${edit.row}\n${edit.column}`, edit));
  const handleMore = async () => setFailed(!(await onMore?.()));

  if (findings.length === 0) return null;
  return (
    <div className={styles.findings}>
      {repairing && safe.length > 1 && !isRepairing && (
        <div className={styles.actions}>
          <Button onClick={() => setRepairing(true)}>
            {t('report.repair.all', { count: safeValues, shown: count(safeValues) })}
          </Button>
        </div>
      )}
      {repairing && isRepairing && (
        <RepairBox fixes={safeFixes} repairing={repairing} onClose={() => setRepairing(false)} />
      )}
      {(present.length > 1 || findings.length >= searchFrom) && (
        <div className={styles.filter}>
          <fieldset className={styles.chips} aria-label={t('report.findings.severity')}>
            {(['ALL', ...present] as const).map((one) => (
              <UnstyledButton
                key={one}
                className={styles.chip}
                aria-pressed={shown === one}
                onClick={() => setShown(one)}
              >
                {t(`report.findings.chips.${one}`, {
                  count: one === 'ALL' ? findings.length : findings.filter(({ severity }) => severity === one).length,
                })}
              </UnstyledButton>
            ))}
          </fieldset>
          {findings.length >= searchFrom && (
            <TextInput
              type="search"
              size="xs"
              aria-label={t('report.findings.search')}
              placeholder={t('report.findings.search')}
              leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />}
              value={wanted}
              onChange={(event) => setWanted(event.currentTarget.value)}
            />
          )}
        </div>
      )}
      {matching.length === 0 && <p className={styles.soft}>{t('report.findings.none')}</p>}
      <ol className={styles.list} aria-label={t('report.findings.title')}>
        {matching.map((finding) => (
          <FindingItem
            key={finding.at}
            finding={finding}
            loadSamples={loadSamples}
            repairing={repairing}
            editOf={(row, column) => edits.get(`${row}\n${column}`)?.value}
            onEdit={handleEdit}
          />
        ))}
      </ol>
      {findings.length < report.findingCount && (
        <Button variant="subtle" size="xs" onClick={handleMore}>
          {t('report.findings.more')}
        </Button>
      )}
      {hasFailed && <FieldError>{t('report.findings.moreFailed')}</FieldError>}
      {repairing && edits.size > 0 && (
        <ByHand
          edits={[...edits.values()]}
          safeFixes={safeFixes}
          safeValues={safeValues}
          repairing={repairing}
          onForget={() => setEdits(new Map())}
        />
      )}
    </div>
  );
}

type ByHandProps = {
  edits: readonly Edit[];
  safeFixes: readonly { rule: string; column: string | null }[];
  safeValues: number;
  repairing: Repairing;
  onForget: () => void;
};

/** What was mended by hand and waits for the next version. */
function ByHand({ edits, safeFixes, safeValues, repairing, onForget }: ByHandProps) {
  const { t } = useTranslation();
  const { isBusy, run } = useAct();
  const [isWithFixes, setWithFixes] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
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
