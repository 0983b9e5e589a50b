import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from '../Editor.module.css';
import { NumberField } from '../NumberField.tsx';
import { OrderButtons } from '../OrderButtons.tsx';
import { moved } from '../road.ts';
import { Words } from './Words.tsx';
import { newRecord, recordTypes, type WantedRecord } from './wanted.ts';

const mostRecords = 20;

type Props = { records: readonly WantedRecord[]; onChange: (records: WantedRecord[]) => void };

/** The records that must stand in the client's zone, named relative to its domain. */
export function RecordsEditor({ records, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.list}>
      {records.map((record, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: records have no name of their own; their fields hold no state
        <div key={at} className={styles.fields}>
          <div className={styles.row}>
            <NativeSelect
              label={t('templateChecks.record', { number: at + 1 })}
              value={record.type}
              data={recordTypes.map((type) => ({ value: type, label: t(`templateChecks.records.${type}`) }))}
              onChange={(event) => {
                const type = recordTypes.find((one) => one === event.currentTarget.value);
                if (type) onChange(records.map((one, index) => (index === at ? newRecord(type) : one)));
              }}
            />
            <OrderButtons
              name={t('templateChecks.record', { number: at + 1 })}
              isFirst={at === 0}
              isLast={at === records.length - 1}
              onMove={(step) => onChange(moved(records, at, step))}
              onRemove={() => onChange(records.filter((_, index) => index !== at))}
            />
          </div>
          <RecordFields
            record={record}
            onChange={(change) => onChange(records.map((one, index) => (index === at ? { ...one, ...change } : one)))}
          />
        </div>
      ))}
      {records.length < mostRecords && (
        <div>
          <Button
            variant="subtle"
            size="xs"
            leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}
            onClick={() => onChange([...records, newRecord('CNAME')])}
          >
            {t('templateChecks.recordAdd')}
          </Button>
        </div>
      )}
    </div>
  );
}

type FieldsProps = { record: WantedRecord; onChange: (change: Partial<WantedRecord>) => void };

function RecordFields({ record, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const line = (key: 'name' | 'target' | 'value' | 'issuer' | 'selector') => (
    <TextInput
      label={t(`templateChecks.fields.${key}`)}
      description={key === 'name' ? t('templateChecks.nameHint') : undefined}
      value={record[key] ?? ''}
      maxLength={key === 'value' ? 2_000 : 300}
      spellCheck={false}
      onChange={(event) => onChange({ [key]: event.currentTarget.value })}
    />
  );
  const maybe = (key: 'key' | 'signer' | 'returnPath') => (
    <TextInput
      label={t(`templateChecks.fields.${key}`)}
      description={t(`templateChecks.maybe.${key}`)}
      value={record[key] ?? ''}
      maxLength={key === 'key' ? 4_000 : 300}
      spellCheck={false}
      onChange={(event) => onChange({ [key]: event.currentTarget.value || null })}
    />
  );
  switch (record.type) {
    case 'CNAME':
      return (
        <>
          {line('name')}
          {line('target')}
        </>
      );
    case 'TXT':
      return (
        <>
          {line('name')}
          {line('value')}
        </>
      );
    case 'CAA':
      return (
        <>
          {line('name')}
          {line('issuer')}
        </>
      );
    case 'SPF':
      return (
        <Words
          label={t('templateChecks.fields.includes')}
          hint={t('templateChecks.includesHint')}
          words={record.includes ?? []}
          onChange={(includes) => onChange({ includes })}
        />
      );
    case 'DKIM':
      return (
        <>
          {line('selector')}
          {maybe('key')}
        </>
      );
    case 'DMARC':
      return (
        <>
          {maybe('signer')}
          {maybe('returnPath')}
        </>
      );
    case 'BULK':
      return (
        <NumberField
          label={t('templateChecks.fields.messagesPerDay')}
          value={record.messagesPerDay ?? null}
          min={0}
          max={1_000_000_000}
          onChange={(messagesPerDay) => messagesPerDay !== null && onChange({ messagesPerDay })}
        />
      );
  }
}
