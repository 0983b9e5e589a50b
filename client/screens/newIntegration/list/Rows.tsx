import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './List.module.css';
import { MendRow } from './MendRow.tsx';
import { RowLine } from './RowLine.tsx';
import type { Plan, Row, statesOf } from './rows.ts';

type Props = {
  rows: readonly Row[];
  states: ReturnType<typeof statesOf>;
  columns: Plan['columns'];
  isBusy: boolean;
  onMend: (row: Row, cells: string[]) => void;
};

const shownAtOnce = 50;

/** The rows to mend, then all others in their order; so many at a time that a long list stays quick. */
export function Rows({ rows, states, columns, isBusy, onMend }: Props) {
  const { t } = useTranslation();
  const isToMend = ({ number }: Row) => states.get(number)?.state === 'mend';
  return (
    <>
      <Part title={t('newIntegration.list.toMend')} rows={rows.filter(isToMend)}>
        {(row) => <MendRow key={`${row.number} ${row.edits}`} {...{ row, columns, isBusy, onMend }} />}
      </Part>
      <Part title={t('newIntegration.list.rows')} rows={rows.filter((row) => !isToMend(row))}>
        {(row) => <RowLine key={row.number} row={row} at={states.get(row.number)} />}
      </Part>
    </>
  );
}

type PartProps = { title: string; rows: readonly Row[]; children: (row: Row) => React.ReactNode };

function Part({ title, rows, children }: PartProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(shownAtOnce);
  if (rows.length === 0) return null;
  const left = rows.length - shown;
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{t('newIntegration.list.counted', { title, count: rows.length })}</h2>
      <ol className={styles.rows}>{rows.slice(0, shown).map(children)}</ol>
      {left > 0 && (
        <Button variant="default" className={styles.more} onClick={() => setShown(shown + shownAtOnce)}>
          {t('newIntegration.list.more', { count: Math.min(left, shownAtOnce) })}
        </Button>
      )}
    </section>
  );
}
