import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { count } from '../../../words/format.ts';
import { EditGrid } from './EditGrid.tsx';
import styles from './Report.module.css';
import { RuleSource } from './RuleSource.tsx';
import { type Edit, mostByHand } from './repairing.ts';
import { SampleTable } from './SampleTable.tsx';
import { Severity } from './Severity.tsx';
import { Value } from './Value.tsx';
import type { FindingView, SampleView } from './view.ts';

type Props = {
  finding: FindingView;
  /** All samples that there are; null when they cannot be had. */
  loadSamples: (finding: FindingView) => Promise<readonly SampleView[] | null>;
  canRepair: boolean;
  /** It is the one thing to do in this report. */
  isRepairMain: boolean;
  /** What its repair would change, while that is looked at. */
  repairBox: ReactNode;
  onRepair: (isOpen: boolean) => void;
  editOf: (row: number, column: string) => string | undefined;
  onEdit: (edit: Edit) => void;
};

/** One rule that is broken: what, how often, one place with the bad part marked, what to do, and the repair. */
export function FindingItem({ finding, loadSamples, canRepair, repairBox, editOf, onEdit, ...props }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'rows' | 'edit' | null>(null);
  const [samples, setSamples] = useState<readonly SampleView[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const { title, severity, scope, column, sampleCount, fixable } = finding;
  const [example] = finding.samples;
  const isOfRows = example !== undefined && example.row !== null;
  const left = finding.count - fixable;
  // Of what can be repaired in part, the rest is mended by hand where all of it is at hand.
  const isAllKnown = fixable === 0 || sampleCount >= finding.count;
  const canEdit = canRepair && scope === 'CELL' && column !== null && isAllKnown && left <= mostByHand && left > 0;

  const handleOpen = async (wanted: 'rows' | 'edit') => {
    if (open === wanted) return setOpen(null);
    const all = samples ?? (sampleCount <= finding.samples.length ? finding.samples : await loadSamples(finding));
    setFailed(all === null);
    setSamples(all);
    if (all !== null) setOpen(wanted);
    if (repairBox !== null) props.onRepair(false);
  };
  const handleRepair = () => {
    setOpen(null);
    props.onRepair(true);
  };
  const repairLabel = t('report.repair.one', { count: fixable, shown: count(fixable) });

  return (
    <li className={styles.finding}>
      <div className={styles.findingHead}>
        <Severity of={severity} />
        <span className={styles.figure}>
          {isOfRows
            ? t(`report.count.${scope === 'CELL' ? 'CELL' : 'ROW'}`, {
                count: finding.count,
                shown: count(finding.count),
              })
            : t('report.count.FILE')}
        </span>
      </div>
      <h3 className={styles.title}>{title}</h3>
      {example && (isOfRows || example.value !== null) && (
        <div className={styles.example} data-severity={severity}>
          <p className={styles.place}>
            <span>
              {isOfRows ? t('report.sample.row', { row: count(example.row ?? 0) }) : t('report.sample.whole')}
            </span>
            {example.column !== null && <code>{example.column}</code>}
            {example.line !== null && <span>{t('report.sample.line', { line: count(example.line) })}</span>}
          </p>
          {(example.value !== null || scope === 'CELL') && (
            <Value value={example.value} fixed={example.fixed} isMarked />
          )}
        </div>
      )}
      <p className={styles.soft}>{finding.message}</p>
      <div className={styles.actions}>
        {canRepair && fixable > 0 && repairBox === null && (
          <Button
            variant={props.isRepairMain ? 'filled' : 'default'}
            size="xs"
            onClick={handleRepair}
            aria-label={t('report.repair.oneOf', { act: repairLabel, title })}
          >
            {repairLabel}
          </Button>
        )}
        {canEdit && (
          <Button variant="default" size="xs" aria-expanded={open === 'edit'} onClick={() => void handleOpen('edit')}>
            {open === 'edit' ? t('report.edit.close') : t('report.edit.open', { count: left })}
          </Button>
        )}
        {isOfRows && sampleCount > 1 && (
          <Button variant="subtle" size="xs" aria-expanded={open === 'rows'} onClick={() => void handleOpen('rows')}>
            {open === 'rows'
              ? t('report.sample.hide')
              : sampleCount < finding.count
                ? t('report.sample.showOf', { shown: count(sampleCount), all: count(finding.count) })
                : t('report.sample.show', { count: sampleCount, shown: count(sampleCount) })}
          </Button>
        )}
        <RuleSource of={finding} />
      </div>
      {hasFailed && <FieldError>{t('report.findings.moreFailed')}</FieldError>}
      {repairBox}
      {open === 'rows' && samples && <SampleTable finding={finding} samples={samples} />}
      {open === 'edit' && samples && (
        <EditGrid
          finding={finding}
          samples={samples.filter(({ fixed }) => fixed === null)}
          editOf={editOf}
          onEdit={onEdit}
        />
      )}
    </li>
  );
}
