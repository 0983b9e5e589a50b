import { Button, NativeSelect } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { type Refusal, useAct } from '../useAct.ts';
import styles from './Report.module.css';
import type { ServerReport } from './view.ts';

type Mapping = { source: string; column: string | null };
type Props = {
  report: ServerReport;
  /** Null for whoever may not choose. */
  onMap: ((mapping: Mapping[]) => Promise<Refusal | null>) | null;
};

/** Which column of the file is what; a person says it where names did not tell. */
export function Columns({ report, onMap }: Props) {
  const { t } = useTranslation();
  const { isBusy, run } = useAct();
  const [chosen, setChosen] = useState<ReadonlyMap<string, string | null>>(new Map());
  const [problem, setProblem] = useState<string | null>(null);
  const { columns, columnCount, knownColumns } = report;
  if (columns.length === 0 || knownColumns.length === 0) return null;

  const now = columns.map(({ source, column }) => ({
    source,
    column: chosen.has(source) ? (chosen.get(source) ?? null) : column,
  }));
  const taken = new Set(now.flatMap(({ column }) => column ?? []));
  const unread = columns.filter(({ column }) => column === null);
  const missing = knownColumns.filter(
    ({ name, isRequired }) => isRequired && !columns.some(({ column }) => column === name),
  );
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (!onMap) return;
    const mapping = [...chosen].map(([source, column]) => ({ source, column }));
    const refused = await run(async () => (await onMap(mapping)) ?? undefined);
    setProblem(refused && t('report.asks.failed', { reason: refused.message }));
  };
  return (
    <details className={styles.details} open={missing.length > 0 && unread.length > 0 && onMap !== null}>
      <summary>
        {t('report.columns.title')}:{' '}
        {unread.length > 0
          ? t('report.columns.summary', { count: unread.length })
          : t('report.columns.allKnown', { count: columnCount })}
      </summary>
      <form className={styles.columns} onSubmit={handleSubmit}>
        {missing.length > 0 && (
          <p className={styles.soft}>
            {t('report.columns.missing', { names: missing.map(({ title }) => title).join(', ') })}
          </p>
        )}
        {onMap && <p className={styles.soft}>{t('report.columns.hint')}</p>}
        {now.map(({ source, column }) => (
          <NativeSelect
            key={source}
            size="xs"
            label={t('report.columns.is', { source })}
            value={column ?? ''}
            disabled={!onMap}
            data={[
              { value: '', label: t('report.columns.ignored') },
              ...knownColumns
                .filter(({ name }) => name === column || !taken.has(name))
                .map(({ name, title }) => ({ value: name, label: title })),
            ]}
            onChange={(event) => {
              const value = event.currentTarget.value || null;
              setChosen((before) => new Map(before).set(source, value));
              setProblem(null);
            }}
          />
        ))}
        {columns.length < columnCount && (
          <p className={styles.soft}>{t('report.columns.first', { count: columns.length })}</p>
        )}
        {problem && <FieldError>{problem}</FieldError>}
        {onMap && chosen.size > 0 && (
          <div className={styles.actions}>
            <Button type="submit" variant="default" loading={isBusy}>
              {t('report.columns.submit')}
            </Button>
          </div>
        )}
      </form>
    </details>
  );
}
