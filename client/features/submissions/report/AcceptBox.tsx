import { useApolloClient } from '@apollo/client/react';
import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { revisionOf } from '../deliveries.ts';
import { useAct } from '../useAct.ts';
import { acceptMutation } from './acts.ts';
import styles from './Report.module.css';

type Props = {
  taskId: string;
  submissionId: string;
  version: number;
  /** Nothing else is the first thing to do around it. */
  isMain?: boolean;
};

const maxCharacters = 5_000;

/** For whoever may judge: lets a version count in spite of its findings, with a reason that the client reads. */
export function AcceptBox({ taskId, submissionId, version, isMain = true }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const length = [...reason.trim()].length;
    if (length === 0 || length > maxCharacters) {
      setProblem(
        length === 0 ? t('report.accept.missing') : t('report.accept.tooLong', { over: length - maxCharacters }),
      );
      field.current?.focus();
      return;
    }
    const refused = await run(async () => {
      const input = { reason: reason.trim(), revision: revisionOf(client, taskId) };
      const { data } = await client.mutate({ mutation: acceptMutation, variables: { id: submissionId, input } });
      return data?.submissionAccept.userErrors[0];
    });
    setProblem(refused && t('report.accept.failed', { reason: refused.message }));
  };

  if (!isOpen) {
    return (
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('report.accept.open')}
      </Button>
    );
  }
  return (
    <form className={styles.box} onSubmit={handleSubmit} noValidate aria-label={t('report.accept.title')}>
      <Textarea
        ref={field}
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        label={t('report.accept.reason')}
        description={t('report.accept.hint')}
        value={reason}
        error={problem}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <div className={styles.actions}>
        <Button type="submit" variant={isMain ? 'filled' : 'default'} loading={isBusy}>
          {t('report.accept.submit', { version })}
        </Button>
        <Button variant="default" onClick={() => setOpen(false)}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
