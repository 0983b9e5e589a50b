import { useApolloClient } from '@apollo/client/react';
import { Button, Textarea } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import { FieldError } from '../../components/Notice.tsx';
import { approvalGiveMutation } from './acts.ts';
import { type Place, revisionOf } from './deliveries.ts';
import type { inputFragment, submissionFragment } from './documents.ts';
import styles from './Inputs.module.css';
import { useAct } from './useAct.ts';

type Props = {
  place: Place;
  input: ResultOf<typeof inputFragment>;
  latest: ResultOf<typeof submissionFragment> | null;
  isOpen: boolean;
  /** Who can give it, in words, where it is their turn and not the viewer's. */
  awaited: string | null;
};

/** A yes or no to exactly one version of something; when a newer one comes, it is asked anew. */
export function ApprovalInput({ place, input, latest, isOpen, awaited }: Props) {
  const { t } = useTranslation();
  const { subject } = input;
  if (!subject) return null;
  const { statement, isOwnText, task, submission } = subject;
  const isOutdated = latest?.approval?.isOutdated ?? false;
  const decided = latest?.approval?.ofSubmission?.version ?? null;
  const isNothingYet = !isOwnText && !submission;
  const mayDecide = input.viewerCan.approve;
  const isWaiting = isOpen && !mayDecide && !isNothingYet && latest?.approval?.decision !== 'APPROVED';
  return (
    <div className={styles.stack}>
      <p className={styles.statement}>{statement}</p>
      {isOwnText && <p className={styles.soft}>{t('inputs.approval.ofText')}</p>}
      {task && (
        <p className={styles.soft}>
          {submission ? t('inputs.approval.ofVersion', { version: submission.version ?? 1 }) : t('inputs.approval.of')}{' '}
          <Link to="/tasks/$taskId" params={{ taskId: task.id }}>
            {task.title}
          </Link>
        </p>
      )}
      {isNothingYet && <p className={styles.soft}>{t('inputs.approval.nothingYet')}</p>}
      {isOutdated && (
        <p className={styles.care} role="status">
          {decided && submission?.version
            ? t('inputs.approval.outdatedVersion', { decided, current: submission.version })
            : t('inputs.approval.outdated')}
        </p>
      )}
      {mayDecide && <Decide key={submission?.id ?? 'text'} place={place} version={isOwnText ? null : submission} />}
      {isWaiting && (
        <p className={styles.soft}>
          {awaited ? t('inputs.approval.waitingFor', { names: awaited }) : t('inputs.approval.waiting')}
        </p>
      )}
    </div>
  );
}

type DecideProps = { place: Place; version: { id: string; version: number | null } | null };

function Decide({ place, version }: DecideProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  const [isRefusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef<string>(crypto.randomUUID());

  const give = async (decision: 'APPROVED' | 'REFUSED') => {
    const refused = await run(async () => {
      const input = {
        inputId: place.inputId,
        idempotencyKey: key.current,
        revision: revisionOf(client, place.taskId),
        decision,
        reason: decision === 'REFUSED' ? reason.trim() : '',
        ofSubmissionId: version?.id ?? null,
      };
      const { data } = await client.mutate({ mutation: approvalGiveMutation, variables: { input } });
      return data?.approvalGive.userErrors[0];
    });
    // Only what got no answer is said again under the same key.
    if (refused?.code !== 'TROUBLE') key.current = crypto.randomUUID();
    if (!refused) {
      setReason('');
      return setRefusing(false);
    }
    const isStale = refused.code === 'CONFLICT';
    setProblem(isStale ? t('inputs.approval.conflict') : t('inputs.approval.failed', { reason: refused.message }));
  };
  const handleRefuse = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') return setProblem(t('inputs.approval.missing'));
    void give('REFUSED');
  };
  const handleAsk = (isAsking: boolean) => {
    setRefusing(isAsking);
    setProblem(null);
  };

  if (isRefusing) {
    return (
      <form className={styles.form} onSubmit={handleRefuse} noValidate>
        <Textarea
          autoFocus
          autosize
          minRows={3}
          maxRows={12}
          label={t('inputs.approval.reason')}
          description={t('inputs.approval.reasonHint')}
          value={reason}
          error={problem}
          onChange={(event) => {
            key.current = crypto.randomUUID();
            setReason(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <div className={styles.actions}>
          <Button type="submit" loading={isBusy}>
            {t('inputs.approval.send')}
          </Button>
          <Button variant="default" onClick={() => handleAsk(false)}>
            {t('common.cancel')}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <>
      <div className={styles.actions}>
        <Button
          loading={isBusy}
          onClick={() => void give('APPROVED')}
          leftSection={<IconCheck size={16} stroke={1.75} aria-hidden />}
        >
          {version
            ? t('inputs.approval.approveVersion', { version: version.version ?? 1 })
            : t('inputs.approval.approve')}
        </Button>
        <Button variant="default" onClick={() => handleAsk(true)}>
          {t('inputs.approval.refuse')}
        </Button>
      </div>
      {problem && <FieldError>{problem}</FieldError>}
    </>
  );
}
