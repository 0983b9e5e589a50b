import { createContext, type ReactNode } from 'react';
import { ProjectStream } from './documents.ts';
import type { Change, LiveStatus } from './stream.ts';
import { useStream } from './useStream.ts';

export const LiveStatusContext = createContext<LiveStatus>({ kind: 'catchingUp', behind: null });

type Props = {
  projectId: string;
  /** `project.position` of the query that the screen shows; undefined until it has answered. */
  position: number | undefined;
  /**
   * Called with what changed, at most every 150 ms. Fields of the changed objects are merged into the cache before; the
   * screen refetches what no merge can bring: new entries of lists, counts, rights. It returns that promise: when it
   * fails, the same changes are handed on again.
   */
  onChanges: (changes: Change[]) => unknown;
  children: ReactNode;
};

/** Keeps what is inside it live with one project. `ConnectionStatus` inside it tells how it stands. */
export function LiveProject({ projectId, position, onChanges, children }: Props) {
  const status = useStream({
    document: ProjectStream,
    field: 'changes',
    variablesAt: (place) => ({ projectId, after: place }),
    key: projectId,
    start: position ?? null,
    onChanges,
  });
  return <LiveStatusContext value={status}>{children}</LiveStatusContext>;
}
