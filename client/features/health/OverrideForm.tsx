import { useMutation } from '@apollo/client/react';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import type { EnumOf } from '../../api/graphql.ts';
import { FieldError } from '../../components/Notice.tsx';
import { useNow } from '../../components/now.ts';
import { todayOf } from '../../words/format.ts';
import { ClearHealth, OverrideHealth } from './documents.ts';
import styles from './Health.module.css';

type Health = EnumOf<'Health'>;
type Props = {
  projectId: string;
  health: { state: Health; revision: number; override: { reason: string; expiresOn: string } | null };
  onDone: () => void;
};

const all: readonly Health[] = ['ON_TRACK', 'AT_RISK', 'OFF_TRACK'];
const twoWeeksMs = 14 * 86_400_000;
const maxReason = 500;

/** Says what the health is, why and until when; or lets the computed one hold again. */
export function OverrideForm({ projectId, health, onDone }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const today = todayOf(now);
  const { override, revision } = health;
  const [state, setState] = useState<Health>(health.state);
  const [reason, setReason] = useState(override?.reason ?? '');
  const [expiresOn, setExpiresOn] = useState(override?.expiresOn ?? todayOf(new Date(now.getTime() + twoWeeksMs)));
  const [failure, setFailure] = useState<string | null>(null);
  const [set, { loading: isSetting }] = useMutation(OverrideHealth);
  const [clear, { loading: isClearing }] = useMutation(ClearHealth);

  async function attempt(act: () => Promise<{ code: string; message: string } | undefined>) {
    setFailure(null);
    try {
      const refusal = await act();
      if (!refusal) onDone();
      else if (refusal.code === 'CONFLICT') setFailure(t('health.override.conflict'));
      else setFailure(t('health.override.failed', { reason: refusal.message }));
    } catch (error) {
      setFailure(t('health.override.failed', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    void attempt(async () => {
      const input = { revision, health: state, reason, expiresOn };
      const { data } = await set({ variables: { id: projectId, input } });
      return data?.projectHealthOverride.userErrors[0];
    });
  }

  function handleClear() {
    void attempt(async () => {
      const { data } = await clear({ variables: { id: projectId, input: { revision } } });
      return data?.projectHealthOverrideClear.userErrors[0];
    });
  }

  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      <NativeSelect
        label={t('health.override.health')}
        value={state}
        data={all.map((value) => ({ value, label: t(`names.health.${value}`) }))}
        onChange={(event) => setState(event.currentTarget.value as Health)}
      />
      <Textarea
        label={t('health.override.reason')}
        value={reason}
        maxLength={maxReason}
        required
        rows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('health.override.expiresOn')}
        value={expiresOn}
        min={today}
        required
        onChange={(event) => setExpiresOn(event.currentTarget.value)}
      />
      {failure && <FieldError>{failure}</FieldError>}
      <div className={styles.buttons}>
        <Button type="submit" size="xs" loading={isSetting}>
          {t('health.override.save')}
        </Button>
        {override && (
          <Button variant="default" size="xs" loading={isClearing} onClick={handleClear}>
            {t('health.override.clear')}
          </Button>
        )}
      </div>
    </form>
  );
}
