import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { Field } from '../Field.tsx';
import fields from '../NewIntegration.module.css';
import styles from './List.module.css';
import { columnsToMend, type Plan, type Row } from './rows.ts';

type Props = {
  row: Row;
  columns: Plan['columns'];
  isBusy: boolean;
  onMend: (row: Row, cells: string[]) => void;
};

/** A row that was refused: each cell that is wrong stands open with what is wrong with it. */
export function MendRow({ row, columns, isBusy, onMend }: Props) {
  const { t } = useTranslation();
  const [cells, setCells] = useState<string[]>(() => columns.map((_, at) => row.cells[at] ?? ''));
  const open = columnsToMend(row, columns);
  const problems = row.plan?.problems ?? [];
  const names = new Set(open.map((at) => columns[at]?.name));
  const name = row.plan?.accountName || t('newIntegration.list.nameless');
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    onMend(row, cells);
  };
  return (
    <li className={styles.mend}>
      <form
        className={styles.mendForm}
        onSubmit={handleSubmit}
        aria-label={t('newIntegration.list.row', { row: row.number, name })}
      >
        <p className={styles.mendHead}>
          <span className={styles.number}>{t('newIntegration.list.rowNumber', { row: row.number })}</span>
          <strong>{name}</strong>
        </p>
        {problems
          .filter(({ field }) => field === null || !names.has(field))
          .map(({ message }) => (
            <FieldError key={message}>{message}</FieldError>
          ))}
        <div className={styles.mendFields}>
          {open.map((at) => (
            <Field
              key={columns[at]?.name}
              label={columns[at]?.name || t('newIntegration.list.unnamed', { number: at + 1 })}
              error={
                problems
                  .filter(({ field }) => field === columns[at]?.name)
                  .map(({ message }) => message)
                  .join(' ') || null
              }
            >
              {(ids) => (
                <input
                  {...ids}
                  className={fields.input}
                  autoComplete="off"
                  maxLength={4000}
                  value={cells[at] ?? ''}
                  onChange={(event) => setCells(cells.with(at, event.currentTarget.value))}
                />
              )}
            </Field>
          ))}
        </div>
        <Button type="submit" variant="default" size="compact-sm" className={styles.again} disabled={isBusy}>
          {t('newIntegration.list.again')}
        </Button>
      </form>
    </li>
  );
}
