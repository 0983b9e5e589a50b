import type { ResultOf } from '../../../api/graphql.ts';
import type { submissionFragment } from '../documents.ts';
import { AcceptBox } from '../report/AcceptBox.tsx';
import { CheckPanel } from './CheckPanel.tsx';
import type { checkHeadFragment } from './documents.ts';
import { seenOf } from './view.ts';

type Props = {
  taskId: string;
  latest: ResultOf<typeof submissionFragment>;
  head: ResultOf<typeof checkHeadFragment>;
  isDone: boolean;
};

/** What trying credentials came to: that they work, or what to do; or that nobody answered. */
export function CredentialsCheck({ taskId, latest, head, isDone }: Props) {
  return (
    <CheckPanel
      key={latest.id}
      submissionId={latest.id}
      seen={seenOf(head)}
      records={[]}
      isDone={isDone && latest.acceptance === null}
      judgedAt={null}
      acts={
        latest.viewerCan.accept && <AcceptBox taskId={taskId} submissionId={latest.id} version={latest.version ?? 1} />
      }
    />
  );
}
