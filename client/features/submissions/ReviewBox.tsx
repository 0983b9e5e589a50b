import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, Textarea } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { FieldError } from '../../components/Notice.tsx';
import { revisionOf } from './deliveries.ts';
import { approveMutation, requestChangesMutation } from './documents.ts';
import styles from './Submissions.module.css';

type Props = { taskId: string; version: number; isShared: boolean };
type Refusal = { code: string; message: string } | undefined;

const maxCharacters = 5_000;

/** For whoever may judge what was handed in: approve it, or say what should change. */
export function ReviewBox({ taskId, version, isShared }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [approve, approving] = useMutation(approveMutation);
  const [requestChanges, requesting] = useMutation(requestChangesMutation);
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const variables = () => ({ id: taskId, input: { revision: revisionOf(client, taskId) } });

  const tell = (refusal: Refusal) => {
    if (refusal?.code === 'CONFLICT') setProblem(t('submissions.review.conflict'));
    else setProblem(refusal ? t('submissions.review.failed', { reason: refusal.message }) : null);
    return !refusal;
  };
  const tellTrouble = (error: unknown) => {
    setProblem(t('submissions.review.failed', { reason: t(`submissions.trouble.${failureOf(error)}`) }));
  };
  const handleApprove = async () => {
    try {
      tell((await approve({ variables: variables() })).data?.taskApprove.userErrors[0]);
    } catch (error) {
      tellTrouble(error);
    }
  };
  const handleSend = async (event: FormEvent) => {
    event.preventDefault();
    const found = problemOf(reason);
    if (found !== null) {
      setProblem(found === 0 ? t('submissions.review.missing') : t('submissions.review.tooLong', { over: found }));
      field.current?.focus();
      return;
    }
    try {
      const { id, input } = variables();
      const { data } = await requestChanges({ variables: { id, input: { ...input, reason: reason.trim() } } });
      if (tell(data?.taskRequestChanges.userErrors[0])) setReason('');
    } catch (error) {
      tellTrouble(error);
    }
  };
  const handleAsk = (isOpen: boolean) => {
    setAsking(isOpen);
    setProblem(null);
  };

  return (
    <section className={styles.review}>
      <h2 className={styles.heading}>{t('submissions.review.title', { version })}</h2>
      {isAsking ? (
        <form className={styles.stack} onSubmit={handleSend} noValidate>
          <Textarea
            ref={field}
            autoFocus
            autosize
            required
            withAsterisk={false}
            minRows={3}
            maxRows={12}
            label={t('submissions.review.reason')}
            description={t(isShared ? 'submissions.review.reasonHint' : 'submissions.review.reasonInternalHint')}
            value={reason}
            error={problem}
            onChange={(event) => {
              setReason(event.currentTarget.value);
              setProblem(null);
            }}
          />
          <div className={styles.actions}>
            <Button type="submit" loading={requesting.loading}>
              {t('submissions.review.send')}
            </Button>
            <Button variant="default" onClick={() => handleAsk(false)}>
              {t('common.cancel')}
            </Button>
          </div>
        </form>
      ) : (
        <>
          <div className={styles.actions}>
            <Button
              loading={approving.loading}
              onClick={handleApprove}
              leftSection={<IconCheck size={16} stroke={1.75} aria-hidden />}
            >
              {t('submissions.review.approve')}
            </Button>
            <Button variant="default" onClick={() => handleAsk(true)}>
              {t('submissions.review.requestChanges')}
            </Button>
          </div>
          {problem && <FieldError>{problem}</FieldError>}
        </>
      )}
    </section>
  );
}

/** How many characters too many; 0 when there are none at all; null when it can be sent. */
function problemOf(reason: string): number | null {
  const length = [...reason.trim()].length;
  if (length === 0) return 0;
  return length > maxCharacters ? length - maxCharacters : null;
}
