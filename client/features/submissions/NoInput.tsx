import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { useUndo } from '../../components/UndoToast.tsx';
import { completeMutation, reopenMutation } from './acts.ts';
import { revisionOf } from './deliveries.ts';
import styles from './Inputs.module.css';
import { useAct } from './useAct.ts';

type Props = { side: keyof typeof whoOf; isStuck: boolean; isStaff: boolean; company: string };

const whoOf = { CLIENT: 'client', COMPANY: 'theirs', THIRD_PARTY: 'thirdParty' } as const;
const stuckOf = {
  mine: 'stuckMine',
  client: 'stuckClient',
  theirs: 'stuckTheirs',
  thirdParty: 'stuckThirdParty',
} as const;

/** Of work and checks: who does it. */
export function NoInput({ side, isStuck, isStaff, company }: Props) {
  const { t } = useTranslation();
  const isOwn = side === (isStaff ? 'COMPANY' : 'CLIENT');
  const who = isOwn ? 'mine' : whoOf[side];
  return <p className={styles.soft}>{t(`inputs.noInput.${isStuck ? stuckOf[who] : who}`, { company })}</p>;
}

/** Says that what nobody hands in has been done. */
export function CompleteButton({ taskId, isStuck }: { taskId: string; isStuck: boolean }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  const [problem, setProblem] = useState<string | null>(null);
  const offerUndo = useUndo();
  const offer = ({ title, revision }: { title: string; revision: number }) =>
    offerUndo(
      t('taskActs.completed', { title }),
      async () => {
        const input = { revision, reason: t('taskActs.undone') };
        const { data } = await client.mutate({ mutation: reopenMutation, variables: { id: taskId, input } });
        return data?.taskReopen.userErrors[0]?.message ?? null;
      },
      `task ${taskId}`,
    );
  const handleClick = async () => {
    const refused = await run(async () => {
      const variables = { id: taskId, input: { revision: revisionOf(client, taskId) } };
      const { data } = await client.mutate({ mutation: completeMutation, variables });
      const done = data?.taskComplete;
      if (done?.userErrors.length === 0 && done.reopenable?.viewerCan.reopen) offer(done.reopenable);
      return done?.userErrors[0];
    });
    setProblem(refused && t('inputs.noInput.failed', { reason: refused.message }));
  };
  return (
    <div className={styles.actions}>
      <Button
        // Of a stuck task the way on is to unblock it.
        variant={isStuck ? 'default' : 'filled'}
        loading={isBusy}
        onClick={handleClick}
        leftSection={<IconCheck size={16} stroke={1.75} aria-hidden />}
      >
        {t('inputs.noInput.complete')}
      </Button>
      {problem && <FieldError>{problem}</FieldError>}
    </div>
  );
}
