import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Tokens.module.css';

const spans = ['30', '90', '365'] as const;
export type Expiry = { kind: (typeof spans)[number] | 'date' | 'none'; on: string };

const dayMs = 86_400_000;

/** When a token of this choice ends: at the end of the last day here; null for never; an invalid date for none chosen yet. */
export function expiresAtOf({ kind, on }: Expiry): Date | null {
  if (kind === 'none') return null;
  if (kind === 'date') return new Date(`${on}T23:59:59`);
  return new Date(Date.now() + Number(kind) * dayMs);
}

type Props = { expiry: Expiry; problem: string | null; onChange: (expiry: Expiry) => void };

/** Until when a token works. */
export function ExpiryChoice({ expiry, problem, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.expiry}>
      <NativeSelect
        label={t('tokens.form.expiry')}
        value={expiry.kind}
        onChange={(event) => onChange({ ...expiry, kind: event.currentTarget.value as Expiry['kind'] })}
        data={[
          ...spans.map((days) => ({ value: days, label: t('tokens.form.days', { count: Number(days) }) })),
          { value: 'date', label: t('tokens.form.date') },
          { value: 'none', label: t('tokens.form.noEnd') },
        ]}
      />
      {expiry.kind === 'date' && (
        <TextInput
          type="date"
          label={t('tokens.form.until')}
          value={expiry.on}
          error={problem}
          onChange={(event) => onChange({ ...expiry, on: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
