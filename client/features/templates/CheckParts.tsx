import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ownTable, ruleSets } from '../../../server/submissions/validation/rules/registry.ts';
import { ColumnList } from '../../components/ColumnList.tsx';
import type { Input } from './documents.ts';
import styles from './Editor.module.css';
import { NumberField } from './NumberField.tsx';
import { emptyTable, tableOf } from './table/columns.ts';
import { TableEditor } from './table/TableEditor.tsx';

type Check = NonNullable<Input['check']>;

const usualThreshold = 0.95;

/** What a file is judged by once it is handed in: the rules, how they are read, and from when on it is good enough. */
export function CheckEditor({ check, onChange }: { check: Check | null; onChange: (check: Check | null) => void }) {
  const { t } = useTranslation();
  const profiles = check ? (ruleSets[check.rules]?.profiles ?? []) : [];
  const nameOf = useRulesName();
  const handleRules = (rules: string) => {
    if (rules === '') return onChange(null);
    const { threshold, declared } = check ?? { threshold: usualThreshold, declared: [] };
    const table = rules === ownTable ? JSON.stringify(emptyTable) : null;
    onChange({ rules, table, profile: null, threshold, declared });
  };
  return (
    <div className={styles.fields}>
      <NativeSelect
        label={t('report.check.by')}
        description={t('report.check.hint')}
        value={check?.rules ?? ''}
        data={[
          { value: '', label: t('report.check.none') },
          ...[...new Set([...Object.keys(ruleSets), ownTable, ...(check ? [check.rules] : [])])].map((rules) => ({
            value: rules,
            label: nameOf(rules),
          })),
        ]}
        onChange={(event) => handleRules(event.currentTarget.value)}
      />
      {check?.rules === ownTable && (
        <TableEditor
          table={tableOf(check.table)}
          onChange={(table) => onChange({ ...check, table: JSON.stringify(table) })}
        />
      )}
      {check && profiles.length > 0 && (
        <NativeSelect
          label={t('report.check.profile')}
          value={check.profile ?? ''}
          data={[
            { value: '', label: t('report.check.standard') },
            ...profiles.map((profile) => ({
              value: profile,
              label: t(`templateChecks.profile.${profile as 'strict'}`, { defaultValue: profile }),
            })),
          ]}
          onChange={(event) => onChange({ ...check, profile: event.currentTarget.value || null })}
        />
      )}
      {check && (
        <NumberField
          label={t('report.check.threshold')}
          value={Math.round(check.threshold * 100)}
          min={0}
          max={100}
          onChange={(percent) => percent !== null && onChange({ ...check, threshold: percent / 100 })}
        />
      )}
    </div>
  );
}

/** The same to be read, where nothing can be changed. */
export function CheckShown({ check }: { check: Check }) {
  const { t } = useTranslation();
  const nameOf = useRulesName();
  return (
    <>
      <p className={styles.soft}>
        {t('report.check.show', { name: nameOf(check.rules), percent: Math.round(check.threshold * 100) })}
      </p>
      {check.rules === ownTable && <ColumnList table={tableOf(check.table)} />}
    </>
  );
}

function useRulesName(): (rules: string) => string {
  const { t } = useTranslation();
  return (rules) => (rules === ownTable ? t('templateTable.own') : (ruleSets[rules]?.name ?? rules));
}
