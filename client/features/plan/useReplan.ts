import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VariablesOf } from '../../api/graphql.ts';
import { useUndo } from '../../components/UndoToast.tsx';
import { ReplanMutation } from './documents.ts';

/** Plans a project anew, and offers for ten seconds to bring the days before back. */
export function useReplan(projectId: string) {
  const { t } = useTranslation();
  const offerUndo = useUndo();
  const [send] = useMutation(ReplanMutation);
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);

  const ask = async (input: VariablesOf<typeof ReplanMutation>['input']) => {
    try {
      const done = (await send({ variables: { id: projectId, input } })).data?.projectReplan;
      return { moved: done?.moved ?? [], refusal: done?.userErrors[0]?.message ?? null };
    } catch {
      return { moved: [], refusal: t('plan.path.failed') };
    }
  };
  const replan = async (direction: 'FORWARD' | 'BACKWARD') => {
    setBusy(true);
    setSaid(null);
    const { moved, refusal } = await ask({ direction });
    setBusy(false);
    if (refusal !== null) return setSaid(refusal);
    if (moved.length === 0) return setSaid(t('plan.path.nothing'));
    const days = moved.flatMap(({ task, from }) => (task ? [{ taskId: task.id, dueOn: from }] : []));
    offerUndo(
      t('plan.path.moved', { count: moved.length }),
      async () => (await ask({ days })).refusal,
      `plan ${projectId}`,
    );
  };
  return { isBusy, said, replan };
}
