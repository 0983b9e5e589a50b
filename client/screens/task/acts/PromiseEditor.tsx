import { useApolloClient } from '@apollo/client/react';
import { IconCalendarCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../components/now.ts';
import { useViewer } from '../../../features/viewer/viewer.ts';
import { dayWords, todayOf } from '../../../words/format.ts';
import styles from './Acts.module.css';
import { DayPicker } from './DayPicker.tsx';
import type { ActedTask } from './documents.ts';
import { promiseMutation, withdrawMutation } from './promiseDocuments.ts';
import { useActUndo, useTaskAct } from './useTaskAct.ts';

const offered = [1, 2, 3, 5] as const;

/** The day that whoever has the turn named; who may speak for that side names one, moves it or takes it back. */
export function PromiseEditor({ task }: { task: ActedTask }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const viewer = useViewer();
  const today = todayOf(useNow());
  const { isBusy, refusal, run, forget } = useTaskAct();
  const offerUndo = useActUndo();
  const { promise } = task;
  const words = promise ? wordsOf(promise) : t('court.promise.say');
  if (!task.viewerCan.promise) return promise && <span className={styles.dueWords}>{words}</span>;

  const say = (revision: number, on: string) =>
    client.mutate({ mutation: promiseMutation, variables: { id: task.id, input: { revision, on } } });
  const withdraw = (revision: number) =>
    client.mutate({ mutation: withdrawMutation, variables: { id: task.id, input: { revision } } });
  const handlePick = async (on: string | null) => {
    const before = promise?.on ?? null;
    const done = await run(() => (on === null ? withdraw(task.revision) : say(task.revision, on)));
    if (!done) return false;
    // A day that is over cannot be named again, so that there is no way back to it.
    if (on === before || (before !== null && before < today)) return true;
    offerUndo(t(on === null ? 'court.promise.withdrawn' : 'court.promise.said'), done, (revision) =>
      before === null ? withdraw(revision) : say(revision, before),
    );
    return true;
  };
  return (
    <DayPicker
      taskId={task.id}
      label={t('court.promise.label')}
      icon={<IconCalendarCheck size={16} stroke={1.5} aria-hidden />}
      words={words}
      value={promise?.on ?? null}
      min={today}
      offered={offered}
      saveWords={t('court.promise.save')}
      clearWords={promise && t('court.promise.withdraw')}
      isBusy={isBusy}
      refusal={refusal}
      onOpen={forget}
      onPick={handlePick}
    >
      {() => (
        <p className={styles.hint}>
          {task.visibility === 'INTERNAL'
            ? t('court.promise.hintInternal', { company: viewer.company.name })
            : t('court.promise.hint')}
        </p>
      )}
    </DayPicker>
  );

  function wordsOf({ on, by, isMissed, moves }: NonNullable<ActedTask['promise']>) {
    const named = { day: dayWords(on, today), name: by?.name ?? t('common.somebody') };
    const said = by?.id === viewer.person.id ? t('court.promise.mine', named) : t('court.promise.theirs', named);
    return (
      <>
        <span>{isMissed ? t('court.promise.missed', named) : said}</span>
        {moves > 0 && <span className={styles.hint}>{t('court.promise.moved', { count: moves })}</span>}
      </>
    );
  }
}
