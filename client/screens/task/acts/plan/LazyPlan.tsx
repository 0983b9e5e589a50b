import { lazy, Suspense } from 'react';
import { getI18n } from 'react-i18next';
import type { ActedTask } from '../documents.ts';

/** Clients plan nothing: none of it is loaded for them. */
const withWords = async <P,>(part: Promise<P>): Promise<P> => {
  const [loaded, { addPlanWords }] = await Promise.all([part, import('../../../../words/plan.ts')]);
  addPlanWords(getI18n());
  return loaded;
};
const TaskPlan = lazy(async () => ({ default: (await withWords(import('./TaskPlan.tsx'))).TaskPlan }));
const TieEditor = lazy(async () => ({ default: (await withWords(import('./TieEditor.tsx'))).TieEditor }));

/** The plan of a task, for whoever may change it. */
export function LazyTaskPlan({ task }: { task: ActedTask }) {
  return (
    task.viewerCan.edit && (
      <Suspense fallback={null}>
        <TaskPlan key={task.id} task={task} />
      </Suspense>
    )
  );
}

/** How a task waits for another, for whoever may change it. */
export function LazyTieEditor(props: { task: ActedTask; before: { id: string; title: string } }) {
  return (
    <Suspense fallback={null}>
      <TieEditor {...props} />
    </Suspense>
  );
}
