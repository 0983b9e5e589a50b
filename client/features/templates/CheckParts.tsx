import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ruleSets } from '../../../server/submissions/validation/rules/registry.ts';
import type { Input } from './documents.ts';
import styles from './Editor.module.css';
import { NumberField } from './NumberField.tsx';

type Check = NonNullable<Input['check']>;

const usualThreshold = 0.95;
const nameOf = (rules: string) => ruleSets[rules]?.name ?? rules;

/** What a file is judged by once it is handed in: the rules, how they are read, and from when on it is good enough. */
export function CheckEditor({ check, onChange }: { check: Check | null; onChange: (check: Check | null) => void }) {
  const { t } = useTranslation();
  const profiles = check ? (ruleSets[check.rules]?.profiles ?? []) : [];
  const handleRules = (rules: string) => {
    if (rules === '') return onChange(null);
    onChange({ rules, table: null, profile: null, threshold: check?.threshold ?? usualThreshold, declared: check?.declared ?? [] });
  };
  return (
    <div className={styles.fields}>
      <NativeSelect
        label={t('report.check.by')}
        description={t('report.check.hint')}
        value={check?.rules ?? ''}
        data={[
          { value: '', label: t('report.check.none') },
          ...[...new Set([...Object.keys(ruleSets), ...(check ? [check.rules] : [])])].map((rules) => ({
            value: rules,
            label: nameOf(rules),
          })),
        ]}
        onChange={(event) => handleRules(event.currentTarget.value)}
      />
      {check && profiles.length > 0 && (
        <NativeSelect
          label={t('report.check.profile')}
          value={check.profile ?? ''}
          data={[
            { value: '', label: t('report.check.standard') },
            ...profiles.map((profile) => ({ value: profile, label: profile })),
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

/** The same as a sentence, where nothing can be changed. */
export function CheckShown({ check }: { check: Check }) {
  const { t } = useTranslation();
  return (
    <p className={styles.soft}>
      {t('report.check.show', { name: nameOf(check.rules), percent: Math.round(check.threshold * 100) })}
    </p>
  );
}
