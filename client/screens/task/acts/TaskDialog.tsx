import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogForm } from '../../../components/Dialog.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import { LazyConsequence } from '../../../features/plan/LazyConsequence.tsx';
import styles from './Acts.module.css';
import {
  type ActedTask,
  cancelMutation,
  flagStuckMutation,
  reopenMutation,
  setVisibilityMutation,
  waiveMutation,
} from './documents.ts';
import { EditDialog } from './EditDialog.tsx';
import { ReasonDialog, type Side } from './ReasonDialog.tsx';
import type { Opened } from './TaskMenu.tsx';
import { useActUndo, useTaskAct } from './useTaskAct.ts';

type Props = {
  opened: Opened;
  task: ActedTask;
  account: string;
  company: string;
  isStaff: boolean;
  phases: readonly { id: string; name: string }[];
  onClose: () => void;
};

/** The dialog of an act that needs more than a click. */
export function TaskDialog(props: Props) {
  if (props.opened === 'edit') return <EditDialog {...props} />;
  if (props.opened === 'visibility') return <VisibilityDialog {...props} />;
  return <ReasonedAct {...props} opened={props.opened} />;
}

function ReasonedAct({ opened, task, account, company, isStaff, onClose }: Props & { opened: Reasoned }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, refusal, run } = useTaskAct();
  const offerUndo = useActUndo();
  const seen = { id: task.id, revision: task.revision };
  const undoByReopening = (revision: number) =>
    client.mutate({
      mutation: reopenMutation,
      variables: { id: task.id, input: { revision, reason: t('taskActs.undone') } },
    });

  const handleSubmit = async (reason: string, side: Side) => {
    const input = { revision: seen.revision, reason };
    const variables = { id: seen.id, input };
    const done = await run(() => {
      if (opened === 'waive') return client.mutate({ mutation: waiveMutation, variables });
      if (opened === 'cancel') return client.mutate({ mutation: cancelMutation, variables });
      if (opened === 'reopen') return client.mutate({ mutation: reopenMutation, variables });
      return client.mutate({ mutation: flagStuckMutation, variables: { id: seen.id, input: { ...input, side } } });
    });
    if (!done) return;
    onClose();
    if (opened === 'waive' || opened === 'cancel') {
      offerUndo(t(`taskActs.${opened}.done`, { title: task.title }), done, undoByReopening);
    }
  };
  const waiting = task.successors.filter((one) => one.state === 'NOT_READY' || one.state === 'READY').length;
  const going = task.successors.filter((one) => one.state === 'READY').length;
  const facts = {
    waive: [
      t('taskActs.waive.what'),
      ...(waiting > 0 ? [t('taskActs.waive.after', { count: waiting })] : []),
      ...(task.isGate ? [t('taskActs.waive.gate')] : []),
    ],
    cancel: [
      t('taskActs.cancel.what'),
      ...(waiting > 0 ? [t('taskActs.cancel.after', { count: waiting })] : []),
      ...(task.isGate ? [t('taskActs.cancel.gate')] : []),
    ],
    reopen: going > 0 && task.state !== 'CANCELLED' ? [t('taskActs.reopen.after', { count: going })] : [],
    stuck: [],
  };
  const readers = task.visibility === 'INTERNAL' ? t('taskActs.readersInternal', { company }) : t('taskActs.readers');
  const words = {
    CLIENT: isStaff ? account : t('taskActs.stuck.us'),
    COMPANY: company,
    THIRD_PARTY: t('names.side.THIRD_PARTY'),
  };
  return (
    <ReasonDialog
      title={t(`taskActs.${opened}.title`)}
      consequences={[...facts[opened], readers]}
      label={t(`taskActs.${opened}.reason`)}
      submit={t(`taskActs.${opened}.submit`)}
      {...(opened === 'stuck' ? { sides: { words, first: isStaff ? 'CLIENT' : 'COMPANY' } as const } : {})}
      preview={
        opened === 'waive' && (
          <LazyConsequence projectId={task.project.id} change={{ taskId: task.id, isWaived: true }} />
        )
      }
      isBusy={isBusy}
      refusal={refusal}
      onSubmit={handleSubmit}
      onClose={onClose}
    />
  );
}
type Reasoned = Exclude<Opened, 'edit' | 'visibility'>;

function VisibilityDialog({ task, account, company, onClose }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, refusal, run } = useTaskAct();
  const isShared = task.visibility === 'SHARED';
  const handleSubmit = async () => {
    const input = { revision: task.revision, visibility: isShared ? ('INTERNAL' as const) : ('SHARED' as const) };
    const done = await run(() => client.mutate({ mutation: setVisibilityMutation, variables: { id: task.id, input } }));
    if (done) onClose();
  };
  const facts = isShared
    ? [
        t('taskActs.hide.what', { account, company }),
        t('taskActs.hide.comments'),
        ...(task.side === 'CLIENT' ? [t('taskActs.hide.owed', { account })] : []),
      ]
    : [t('taskActs.share.what', { account }), t('taskActs.share.note', { account }), t('taskActs.share.comments')];
  return (
    <Dialog
      title={isShared ? t('taskActs.hide.title', { company }) : t('taskActs.share.title', { account })}
      onClose={onClose}
    >
      <DialogForm
        onSubmit={handleSubmit}
        actions={
          <>
            <Button type="submit" loading={isBusy}>
              {isShared ? t('taskActs.hide.submit') : t('taskActs.share.submit', { account })}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <ul className={styles.consequences}>
          {facts.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        {refusal && <FieldError>{refusal}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
