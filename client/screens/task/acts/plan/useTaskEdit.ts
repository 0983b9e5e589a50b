import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActedTask } from '../documents.ts';
import { type Answer, useActUndo, useTaskAct } from '../useTaskAct.ts';

type Edit<V> = {
  task: ActedTask;
  /** What of a task is edited. */
  read: (task: ActedTask) => V;
  send: (revision: number, value: V) => Promise<Answer>;
  say: (value: V) => string;
  /** What the offer to undo says. */
  done: (value: V) => string;
};

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Edits one thing of a task and offers to take it back. What somebody else changed of the task meanwhile is no reason to
 * refuse it; where they changed this very thing, both values are said, and to save again keeps one's own.
 */
export function useTaskEdit<V>({ task, read, send, say, done }: Edit<V>) {
  const { t } = useTranslation();
  const { ask } = useTaskAct();
  const offerUndo = useActUndo();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const attempt = async (value: V): Promise<boolean> => {
    const before = read(task);
    if (same(before, value)) return true;
    let outcome = await ask(() => send(task.revision, value));
    if (outcome.isConflict && outcome.task) {
      const theirs = read(outcome.task);
      if (!same(theirs, before)) {
        setRefusal(t('plan.edit.conflict', { theirs: say(theirs), mine: say(value) }));
        return false;
      }
      const { revision } = outcome.task;
      outcome = await ask(() => send(revision, value));
    }
    setRefusal(outcome.refusal);
    if (outcome.refusal !== null || !outcome.task) return false;
    offerUndo(done(value), outcome.task, (revision) => send(revision, before));
    return true;
  };
  /** Whether it was done. */
  const save = async (value: V): Promise<boolean> => {
    setBusy(true);
    setRefusal(null);
    const isDone = await attempt(value);
    setBusy(false);
    return isDone;
  };
  return { isBusy, refusal, save, forget: () => setRefusal(null) };
}
