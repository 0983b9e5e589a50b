import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../../words/format.ts';
import styles from './Report.module.css';
import type { Edit } from './repairing.ts';
import { Value } from './Value.tsx';
import type { FindingView, SampleView } from './view.ts';

type Props = {
  finding: FindingView;
  samples: readonly SampleView[];
  editOf: (row: number, column: string) => string | undefined;
  onEdit: (edit: Edit) => void;
};

/** What is left over, mended one by one in a table: Enter and the arrows go from row to row. */
export function EditGrid({ finding, samples, editOf, onEdit }: Props) {
  const { t } = useTranslation();
  const body = useRef<HTMLTableSectionElement>(null);
  const handleKey = (event: KeyboardEvent<HTMLInputElement>, index: number) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    body.current?.querySelectorAll('input')[index + step]?.focus();
  };
  const editable = samples.flatMap(({ row, column, value }) =>
    row === null || column === null ? [] : [{ row, column, value }],
  );
  return (
    <div className={styles.more}>
      <p className={styles.soft}>{t('report.edit.hint')}</p>
      <div className={styles.scroll}>
        <table className={styles.table} aria-label={t('report.edit.label', { title: finding.title })}>
          <thead>
            <tr>
              <th scope="col" className={styles.number}>
                {t('report.sample.where')}
              </th>
              <th scope="col">{t('report.edit.now')}</th>
              <th scope="col">{t('report.edit.wanted')}</th>
            </tr>
          </thead>
          <tbody ref={body}>
            {editable.map(({ row, column, value }, index) => {
              const edited = editOf(row, column);
              return (
                <tr key={`${row} ${column}`}>
                  <td className={styles.number}>{count(row)}</td>
                  <td>
                    <Value value={value} fixed={null} isMarked />
                  </td>
                  <td>
                    <input
                      type="text"
                      aria-label={t('report.edit.value', { row: count(row), column })}
                      value={edited ?? plainOf(value)}
                      data-changed={edited !== undefined || undefined}
                      maxLength={10_000}
                      autoComplete="off"
                      spellCheck={false}
                      onChange={(event) => onEdit({ row, column, value: event.currentTarget.value })}
                      onKeyDown={(event) => handleKey(event, index)}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** What the field begins with: the value, unless it is shown masked, cut, or with its control characters as pictures. */
function plainOf(value: string | null): string {
  const isAsItStands = value !== null && value.length < 200 && !/\*{3}|[\u2400-\u2421]/.test(value);
  return isAsItStands ? value : '';
}
