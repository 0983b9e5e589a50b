import { Button, NativeSelect } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { type Refusal, useAct } from '../useAct.ts';
import styles from './Report.module.css';

type Mapping = { source: string; column: string | null };
type Props = {
  report: {
    columns: readonly { source: string; column: string | null }[];
    columnCount: number;
    knownColumns: readonly { name: string; title: string; isRequired: boolean }[];
  };
  /** Where every choice counts at once, also without another check. */
  onSay?: (mapping: Mapping[]) => void;
  /** Null for whoever may not choose. */
  onMap: ((mapping: Mapping[]) => Promise<Refusal | null>) | null;
};

/** Which column of the file is what; a person says it where names did not tell. */
export function Columns({ report, onSay, onMap }: Props) {
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
  const choose = (source: string, column: string | null) => {
    setChosen((before) => new Map(before).set(source, column));
    setProblem(null);
    onSay?.([{ source, column }]);
  };
  const handleWhich = (name: string, source: string) => {
    for (const one of now) if (one.column === name) choose(one.source, null);
    if (source !== '') choose(source, name);
  };
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (!onMap) return;
    const mapping = [...chosen].map(([source, column]) => ({ source, column }));
    const refused = await run(async () => (await onMap(mapping)) ?? undefined);
    setProblem(refused && t('report.asks.failed', { reason: refused.message }));
  };
  // What is wanted and was not found is asked first; of which there is nothing to choose, it is only told.
  const isAsked = onMap !== null && missing.length > 0 && unread.length > 0;
  const every = (
    <>
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
          onChange={(event) => choose(source, event.currentTarget.value || null)}
        />
      ))}
      {columns.length < columnCount && (
        <p className={styles.soft}>{t('report.columns.first', { count: columns.length })}</p>
      )}
    </>
  );
  return (
    <details className={styles.details} open={isAsked}>
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
        {onMap && <p className={styles.soft}>{t(onSay ? 'report.columns.hintAlong' : 'report.columns.hint')}</p>}
        {isAsked &&
          missing.map(({ name, title }) => (
            <NativeSelect
              key={name}
              size="xs"
              label={t('report.columns.which', { title })}
              value={now.find(({ column }) => column === name)?.source ?? ''}
              data={[
                { value: '', label: t('report.columns.notThere') },
                ...now
                  .filter(({ column }) => column === null || column === name)
                  .map(({ source }) => ({ value: source, label: source })),
              ]}
              onChange={(event) => handleWhich(name, event.currentTarget.value)}
            />
          ))}
        {isAsked ? (
          <details className={styles.details}>
            <summary>{t('report.columns.every')}</summary>
            <div className={styles.columns}>{every}</div>
          </details>
        ) : (
          every
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
