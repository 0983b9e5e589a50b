import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import { useUndo } from '../../../components/UndoToast.tsx';
import type { ActedTask } from './documents.ts';

export type Answer = {
  data?: { act: { task: ActedTask | null; userErrors: readonly { code: string; message: string }[] } } | null;
};
export type Outcome = { task: ActedTask | null; refusal: string | null; isConflict: boolean };

/** Runs acts on a task: whether one is on its way, and why the last one was refused. */
export function useTaskAct() {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const ask = async (act: () => Promise<Answer>): Promise<Outcome> => {
    try {
      const done = (await act()).data?.act;
      const error = done?.userErrors[0];
      const said = error?.code === 'CONFLICT' ? t('taskActs.conflict') : error?.message;
      return { task: done?.task ?? null, refusal: said ?? null, isConflict: error?.code === 'CONFLICT' };
    } catch (error) {
      return { task: null, refusal: t(`taskActs.trouble.${failureOf(error)}`), isConflict: false };
    }
  };
  /** The task as the act left it; null when it was refused. */
  const run = async (act: () => Promise<Answer>): Promise<ActedTask | null> => {
    setBusy(true);
    setRefusal(null);
    const outcome = await ask(act);
    setBusy(false);
    setRefusal(outcome.refusal);
    return outcome.refusal === null ? outcome.task : null;
  };
  return { isBusy, refusal, run, ask, forget: () => setRefusal(null) };
}

/** Offers to take an act back by its inverse, with the revision that it left behind. */
export function useActUndo() {
  const offerUndo = useUndo();
  const { ask } = useTaskAct();
  return (sentence: string, task: ActedTask, inverse: (revision: number) => Promise<Answer>) =>
    offerUndo(sentence, async () => (await ask(() => inverse(task.revision))).refusal, `task ${task.id}`);
}
