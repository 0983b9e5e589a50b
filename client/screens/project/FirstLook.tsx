import { lazy, Suspense } from 'react';
import { getI18n } from 'react-i18next';
import { hasEnded } from '../../api/hasEnded.ts';
import { Skeletons } from '../../components/Skeletons.tsx';
import type { Viewer } from '../../features/viewer/viewer.ts';
import type { ProjectShown } from './ProjectScreen.tsx';

async function card() {
  const [{ FirstLookCard }, { addFirstLookWords }] = await Promise.all([
    import('../../features/firstLook/FirstLookCard.tsx'),
    import('../../words/firstLook.ts'),
  ]);
  addFirstLookWords(getI18n());
  return { default: FirstLookCard };
}
const Card = lazy(card);
const StaffCard = lazy(async () => {
  const [loaded, { addFirstLookStaffWords }] = await Promise.all([card(), import('../../words/firstLookStaff.ts')]);
  addFirstLookStaffWords(getI18n());
  return loaded;
});
/** Only while a feed is being looked at. */
const LiveCheck = lazy(async () => ({
  default: (await import('../../features/submissions/report/LiveCheck.tsx')).LiveCheck,
}));

type Props = { project: ProjectShown; viewer: Viewer };

/** The first look's card, as long as somebody works on the project. */
export function FirstLook({ project, viewer }: Props) {
  if (hasEnded(project.state)) return null;
  const Shown = viewer.isStaff ? StaffCard : Card;
  return (
    <Suspense fallback={<Skeletons shape="card" />}>
      <Shown
        projectId={project.id}
        position={project.position}
        isStaff={viewer.isStaff}
        progress={(submissionId, name) => (
          <Suspense fallback={null}>
            <LiveCheck submissionId={submissionId} name={name} isListed={false} />
          </Suspense>
        )}
      />
    </Suspense>
  );
}
