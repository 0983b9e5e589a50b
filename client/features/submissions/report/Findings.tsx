import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { count } from '../../../words/format.ts';
import { ByHand } from './ByHand.tsx';
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
  /** Something was changed by hand and waits, or nothing does any more. */
  onMending: (isMending: boolean) => void;
};

const severities = ['ERROR', 'WARNING', 'HINT'] as const;
type Shown = (typeof severities)[number] | 'ALL';
/** From so many on a search helps more than it costs. */
const searchFrom = 6;

/** What was found, the worst and most frequent first: to filter, to repair, and to mend by hand. */
export function Findings({ report, loadSamples, repairing, onMore, onMending }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>('ALL');
  const [wanted, setWanted] = useState('');
  const [repaired, setRepaired] = useState<'ALL' | number | null>(null);
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
  const byHand = [...edits.values()];
  // One place at a time makes the next version, and a box that a filter took away is none.
  const open = repaired === 'ALL' || matching.some(({ at }) => at === repaired) ? repaired : null;
  const isMainFree = open === null && edits.size === 0;

  const handleEdit = (edit: Edit) => {
    setEdits((now) => new Map(now).set(`${edit.row}\n${edit.column}`, edit));
    onMending(true);
  };
  const handleForget = () => {
    setRepaired(null);
    setEdits(new Map());
    onMending(false);
  };
  const boxOf = (chosen: readonly FindingView[]) =>
    repairing && (
      <RepairBox
        findings={chosen}
        edits={byHand}
        leaves={leftAfter(report, chosen)}
        repairing={repairing}
        onClose={() => setRepaired(null)}
        onMade={handleForget}
      />
    );
  const handleMore = async () => setFailed(!(await onMore?.()));

  if (findings.length === 0) return null;
  return (
    <div className={styles.findings}>
      {repairing && safe.length > 1 && open !== 'ALL' && (
        <div className={styles.actions}>
          <Button variant={isMainFree ? 'filled' : 'default'} onClick={() => setRepaired('ALL')}>
            {t('report.repair.all', { count: safeValues, shown: count(safeValues) })}
          </Button>
        </div>
      )}
      {open === 'ALL' && boxOf(safe)}
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
            canRepair={repairing !== null}
            isRepairMain={isMainFree && safe.length === 1}
            repairBox={open === finding.at ? boxOf([finding]) : null}
            onRepair={(isOpen) => setRepaired(isOpen ? finding.at : null)}
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
      {repairing && open === null && edits.size > 0 && (
        <ByHand
          edits={byHand}
          safeFixes={safe.map(({ rule, column }) => ({ rule, column }))}
          safeValues={safeValues}
          repairing={repairing}
          onForget={handleForget}
        />
      )}
    </div>
  );
}

/** How many things to fix no repair of these reaches; null while not all of the findings are here, or none is an error. */
function leftAfter({ findings, findingCount }: ReportView, repaired: readonly FindingView[]): number | null {
  const errors = findings.filter(({ severity }) => severity === 'ERROR');
  if (errors.length === 0 || findings.length < findingCount) return null;
  return errors.filter((error) => error.fixable < error.count || !repaired.includes(error)).length;
}
