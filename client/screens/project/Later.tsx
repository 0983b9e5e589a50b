import { lazy, Suspense } from 'react';
import { getI18n } from 'react-i18next';
import { CourtBar } from '../../features/court/CourtBar.tsx';
import { MilestoneList } from '../../features/milestones/MilestoneList.tsx';
import { addCourtWords } from '../../words/court.ts';
import { addMilestoneWords } from '../../words/milestones.ts';
import styles from './Project.module.css';

type Props = { projectId: string; position: number; account: string; company: string; isStaff: boolean };

/** Only staff compare a project with its templates. */
const PlanAndReality = lazy(async () => {
  const loaded = await import('../../features/journey/PlanAndReality.tsx');
  loaded.addJourneyWords(getI18n());
  return { default: loaded.PlanAndReality };
});

function Later(props: Props) {
  return (
    <div className={styles.groups}>
      <MilestoneList {...props} />
      <CourtBar {...props} />
      {props.isStaff && (
        <Suspense fallback={null}>
          <PlanAndReality {...props} />
        </Suspense>
      )}
    </div>
  );
}

/** What stands below what somebody came for, with its words: loaded when they come near it. */
export function later() {
  const words = getI18n();
  addCourtWords(words);
  addMilestoneWords(words);
  return { default: Later };
}
