import { useMediaQuery } from '@mantine/hooks';

/** The three parts of the screen, in the order in which they are read. */
export const parts = ['documentation', 'input', 'conversation'] as const;
export type Part = (typeof parts)[number];
/** Side by side; two with the documentation folded; or one at a time behind tabs. */
export type Layout = 'three' | 'two' | 'tabs';

const now = { getInitialValueInEffect: false };

export function useLayout(): Layout {
  const isWide = useMediaQuery('(min-width: 75em)', undefined, now);
  const isMiddle = useMediaQuery('(min-width: 50em)', undefined, now);
  return isWide ? 'three' : isMiddle ? 'two' : 'tabs';
}

type Turn = {
  state: string;
  latestSubmission: { review: { outcome: string } | null } | null;
  viewerCan: { submit: boolean; approve: boolean };
};

/** What the viewer may do with the input now; null when it is not their turn. */
export function turnOf(task: Turn): 'toDo' | 'toReview' | null {
  if (task.viewerCan.approve) return 'toReview';
  const isOpen = task.state === 'READY' || task.state === 'IN_PROGRESS' || task.state === 'CHANGES_REQUESTED';
  return isOpen && task.viewerCan.submit ? 'toDo' : null;
}
