import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Company.module.css';
import type { Settings } from './documents.ts';
import { Part } from './Part.tsx';
import { useCompanyEdit } from './useCompanyEdit.ts';

const sides = ['clientAnswerHours', 'companyAnswerHours'] as const;

/** How soon each side answers the other: both read it, and each project counts how it was kept. */
export function AnswersPart({ settings, company }: { settings: Settings; company: string }) {
  const { t } = useTranslation();
  const edit = useCompanyEdit(settings, ({ clientAnswerHours, companyAnswerHours }) => ({
    clientAnswerHours,
    companyAnswerHours,
  }));
  return (
    <Part title={t('company.answers.title')} about={t('company.answers.about')} edit={edit}>
      <div className={styles.hours}>
        {sides.map((field) => (
          <TextInput
            key={field}
            type="number"
            min={1}
            max={400}
            label={t(`company.answers.${field}`, { company })}
            value={String(edit.values[field])}
            error={edit.errorOf(field)}
            onChange={(event) => edit.change({ [field]: Math.trunc(Number(event.currentTarget.value)) })}
          />
        ))}
      </div>
    </Part>
  );
}
