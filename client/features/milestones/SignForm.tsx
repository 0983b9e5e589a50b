import { useMutation } from '@apollo/client/react';
import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { FieldError } from '../../components/Notice.tsx';
import { type Milestone, SignOffMutation } from './documents.ts';
import styles from './Milestones.module.css';

type Props = { milestone: Milestone; account: string; onDone: () => void; onStale: () => void };

/** The name of whoever is signed in under exactly what stands there now. */
export function SignForm({ milestone, account, onDone, onStale }: Props) {
  const { t } = useTranslation();
  const [sign, { loading }] = useMutation(SignOffMutation);
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const key = useRef<string>(crypto.randomUUID());
  const { id, digest, phase } = milestone;

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    try {
      const input = { idempotencyKey: key.current, digest, note };
      const { data } = await sign({ variables: { id, input } });
      const refusal = data?.milestoneSignOff.userErrors[0];
      if (!refusal) return onDone();
      key.current = crypto.randomUUID();
      const isStale = refusal.code === 'CONFLICT' || refusal.code === 'MILESTONE_NOT_REACHED';
      if (isStale) onStale();
      setFailure(isStale ? t('milestones.ask.conflict') : refusal.message);
    } catch (error) {
      setFailure(t('milestones.ask.failed', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
  };

  return (
    <form className={styles.form} onSubmit={(event) => void handleSubmit(event)} noValidate>
      <p className={styles.soft}>{t('milestones.ask.signAbout', { account })}</p>
      <Textarea
        autosize
        minRows={2}
        maxRows={8}
        maxLength={1000}
        label={t('milestones.ask.noteLabel')}
        description={t('milestones.ask.noteHint')}
        value={note}
        onChange={(event) => {
          key.current = crypto.randomUUID();
          setNote(event.currentTarget.value);
        }}
      />
      {failure && <FieldError>{failure}</FieldError>}
      <div className={styles.actions}>
        <Button type="submit" loading={loading}>
          {t('milestones.ask.signButton', { phase: phase.name })}
        </Button>
      </div>
    </form>
  );
}
