import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, Textarea } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { FieldError } from '../../components/Notice.tsx';
import { approveMutation, requestChangesMutation } from './acts.ts';
import { revisionOf } from './deliveries.ts';
import inputStyles from './Inputs.module.css';
import styles from './Submissions.module.css';

type Delivered = { inputId: string; label: string; latest: { version: number | null } };
type Props = { taskId: string; delivered: readonly Delivered[]; isShared: boolean };
type Refusal = { code: string; message: string } | undefined;

const maxCharacters = 5_000;

/** For whoever may judge what was handed in: approve it, or say what should change, and in which of several. */
export function ReviewBox({ taskId, delivered, isShared }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [approve, approving] = useMutation(approveMutation);
  const [requestChanges, requesting] = useMutation(requestChangesMutation);
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [spared, setSpared] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const inputIds = delivered.map((one) => one.inputId).filter((id) => !spared.includes(id));
  const [only] = delivered;
  const isMany = delivered.length > 1;
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
    if (inputIds.length === 0) return setProblem(t('inputs.review.none'));
    try {
      const { id, input } = variables();
      const asked = { ...input, reason: reason.trim(), inputIds };
      const { data } = await requestChanges({ variables: { id, input: asked } });
      if (tell(data?.taskRequestChanges.userErrors[0])) setReason('');
    } catch (error) {
      tellTrouble(error);
    }
  };
  const handleSpare = (inputId: string, isSpared: boolean) => {
    setProblem(null);
    setSpared((now) => (isSpared ? [...now, inputId] : now.filter((one) => one !== inputId)));
  };
  const handleAsk = (isOpen: boolean) => {
    setAsking(isOpen);
    setProblem(null);
  };

  return (
    <section className={styles.review}>
      <h2 className={styles.heading}>
        {isMany
          ? t('submissions.review.titleMany')
          : t('submissions.review.title', { version: only?.latest.version ?? 1 })}
      </h2>
      {isAsking ? (
        <form className={styles.stack} onSubmit={handleSend} noValidate>
          {isMany && (
            <fieldset className={inputStyles.group}>
              <legend>{t('inputs.review.which')}</legend>
              {delivered.map(({ inputId, label }) => (
                <label key={inputId} className={inputStyles.option}>
                  <input
                    type="checkbox"
                    checked={!spared.includes(inputId)}
                    onChange={(event) => handleSpare(inputId, !event.currentTarget.checked)}
                  />
                  {label}
                </label>
              ))}
            </fieldset>
          )}
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
