import { NativeSelect, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from './documents.ts';
import { Part } from './Part.tsx';
import { useCompanyEdit } from './useCompanyEdit.ts';

/** What the company is called, and where its clock stands. */
export function NamePart({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const edit = useCompanyEdit(settings, ({ name, timeZone, currency }) => ({ name, timeZone, currency }));
  const zones = useMemo(
    () => [...new Set([settings.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])],
    [settings.timeZone],
  );
  return (
    <Part title={t('company.name.title')} about={t('company.name.about')} edit={edit}>
      <TextInput
        label={t('company.name.name')}
        value={edit.values.name}
        maxLength={200}
        error={edit.errorOf('name')}
        onChange={(event) => edit.change({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('company.name.timeZone')}
        description={t('company.name.timeZoneHint')}
        value={edit.values.timeZone}
        data={zones}
        error={edit.errorOf('timeZone')}
        onChange={(event) => edit.change({ timeZone: event.currentTarget.value })}
      />
      <TextInput
        label={t('company.name.currency')}
        description={t('company.name.currencyHint')}
        value={edit.values.currency}
        maxLength={3}
        error={edit.errorOf('currency')}
        onChange={(event) => edit.change({ currency: event.currentTarget.value.toUpperCase() })}
      />
    </Part>
  );
}
