import type { ReactNode } from 'react';
import { OverviewStream } from './documents.ts';
import { LiveStatusContext } from './LiveProject.tsx';
import type { Change } from './stream.ts';
import { useStream } from './useStream.ts';

type Props = {
  /** `overview.cursor` of the query that the screen shows; undefined until it has answered. */
  cursor: string | undefined;
  onChanges: (changes: Change[]) => unknown;
  children: ReactNode;
};

/** Keeps the overview live with every project that the viewer may see. */
export function LiveOverview({ cursor, onChanges, children }: Props) {
  const status = useStream({
    document: OverviewStream,
    field: 'overviewChanges',
    variablesAt: (place) => ({ after: place }),
    key: 'overview',
    start: cursor ?? null,
    onChanges,
  });
  return <LiveStatusContext value={status}>{children}</LiveStatusContext>;
}
