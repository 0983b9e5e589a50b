import { lazy, Suspense } from 'react';
import { getI18n } from 'react-i18next';
import type { PlanChange } from './documents.ts';

/** Only planners see it: not part of what a client loads. */
const Consequence = lazy(async () => {
  const [{ Consequence: Shown }, { addPlanWords }] = await Promise.all([
    import('./Consequence.tsx'),
    import('../../words/plan.ts'),
  ]);
  addPlanWords(getI18n());
  return { default: Shown };
});

type Props = { projectId: string; change: PlanChange | null };

/** What a change that somebody thinks of would move; nothing while they think of none. */
export function LazyConsequence({ projectId, change }: Props) {
  if (change === null) return null;
  return (
    <Suspense fallback={null}>
      <Consequence projectId={projectId} change={change} />
    </Suspense>
  );
}
