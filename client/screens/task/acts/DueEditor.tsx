import { useApolloClient } from '@apollo/client/react';
import { IconCalendar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DueDay } from '../../../components/Time.tsx';
import { LazyConsequence } from '../../../features/plan/LazyConsequence.tsx';
import styles from './Acts.module.css';
import { DayPicker } from './DayPicker.tsx';
import { type ActedTask, editMutation } from './documents.ts';
import { useActUndo, useTaskAct } from './useTaskAct.ts';

const offered = [1, 3, 5, 10] as const;

/** The due day in words; whoever may plan moves it in place, by working days or to any day. */
export function DueEditor({ task }: { task: ActedTask }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, refusal, run, forget } = useTaskAct();
  const offerUndo = useActUndo();
  const { dueOn, dueInBusinessDays: left } = task;
  const words = dueOn ? (
    <>
      {t('task.due')} <DueDay on={dueOn} isOverdue={task.isOverdue} />
      {left !== null && left > 0 && !task.isOverdue && (
        <span className={styles.hint}>{t('taskActs.due.in', { count: left })}</span>
      )}
    </>
  ) : (
    t('taskActs.due.none')
  );
  if (!task.viewerCan.edit) return dueOn ? <span className={styles.dueWords}>{words}</span> : null;

  const edit = (revision: number, on: string | null) =>
    client.mutate({ mutation: editMutation, variables: { id: task.id, input: { revision, dueOn: on } } });
  // What a day brings along goes with it: the plan holds what was held before.
  const { pin } = task;
  const undo = (revision: number, on: string | null) =>
    client.mutate({
      mutation: editMutation,
      variables: { id: task.id, input: { revision, dueOn: on, pin: pin && { edge: pin.edge, on: pin.on } } },
    });
  const handlePick = async (on: string | null) => {
    const before = dueOn;
    const done = await run(() => edit(task.revision, on));
    if (done && done.dueOn !== before) {
      offerUndo(t('taskActs.due.moved'), done, (revision) => undo(revision, before));
    }
    return done !== null;
  };
  return (
    <DayPicker
      taskId={task.id}
      label={t('taskActs.due.label')}
      icon={<IconCalendar size={16} stroke={1.5} aria-hidden />}
      words={words}
      value={dueOn}
      offered={offered}
      saveWords={t('taskActs.due.save')}
      clearWords={dueOn && t('taskActs.due.clear')}
      isBusy={isBusy}
      refusal={refusal}
      onOpen={forget}
      onPick={handlePick}
    >
      {(thought) => (
        <LazyConsequence
          projectId={task.project.id}
          change={thought === dueOn ? null : { taskId: task.id, due: { dueOn: thought } }}
        />
      )}
    </DayPicker>
  );
}
