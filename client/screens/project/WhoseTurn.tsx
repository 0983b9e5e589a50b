import { lazy, Suspense } from 'react';
import { getI18n } from 'react-i18next';
import type { Viewer } from '../../features/viewer/viewer.ts';
import type { ProjectShown } from './ProjectScreen.tsx';

/** Below the first sight of the page: it comes after what somebody came for. */
const CourtBar = lazy(async () => {
  const [{ CourtBar }, { addCourtWords }] = await Promise.all([
    import('../../features/court/CourtBar.tsx'),
    import('../../words/court.ts'),
  ]);
  addCourtWords(getI18n());
  return { default: CourtBar };
});

type Props = { project: ProjectShown; viewer: Viewer };

/** Whose turn it has been, once clients know of the project. */
export function WhoseTurn({ project, viewer }: Props) {
  const { id, position, account } = project;
  return (
    <Suspense fallback={null}>
      <CourtBar
        key={id}
        projectId={id}
        position={position}
        account={account.name}
        company={viewer.company.name}
        isStaff={viewer.isStaff}
      />
    </Suspense>
  );
}
