import { useApolloClient } from '@apollo/client/react';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogForm } from '../../../components/Dialog.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import { todayOf } from '../../../words/format.ts';
import styles from '../acts/Acts.module.css';
import type { ActedTask } from '../acts/documents.ts';
import { useTaskAct } from '../acts/useTaskAct.ts';
import { handOverMutation } from './documents.ts';

const dayMs = 86_400_000;
const usualDays = 14;
const longestDays = 90;

type Props = { task: ActedTask; onClose: () => void };

/** To whom one task is handed, until when, and with which words. */
export function HandoverDialog({ task, onClose }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, refusal, run } = useTaskAct();
  const [key] = useState(() => crypto.randomUUID());
  const [now] = useState(() => Date.now());
  const inDays = (days: number) => todayOf(new Date(now + days * dayMs));
  const [email, setEmail] = useState('');
  const [message, setMessage] = useState('');
  const [until, setUntil] = useState(() => inDays(usualDays));

  const handleSubmit = async () => {
    const input = { email, message, until: until || null, idempotencyKey: key };
    const done = await run(() => client.mutate({ mutation: handOverMutation, variables: { id: task.id, input } }));
    if (done) onClose();
  };
  return (
    <Dialog title={t('handover.title')} onClose={onClose}>
      <DialogForm
        onSubmit={() => void handleSubmit()}
        actions={
          <>
            <Button type="submit" loading={isBusy} disabled={email.trim() === ''}>
              {t('handover.submit')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <ul className={styles.consequences}>
          <li>{t('handover.what')}</li>
          <li>{t('handover.rights')}</li>
          <li>{t('handover.end')}</li>
        </ul>
        <TextInput
          type="email"
          label={t('handover.email')}
          placeholder={t('handover.emailPlaceholder')}
          autoComplete="off"
          maxLength={320}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Textarea
          label={t('handover.message')}
          description={t('handover.messageHint')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2000}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('handover.until')}
          min={inDays(0)}
          max={inDays(longestDays - 1)}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        {refusal && <FieldError>{refusal}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
