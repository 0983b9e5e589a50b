import { getI18n } from 'react-i18next';
import { MilestoneAsk } from '../../features/milestones/MilestoneAsk.tsx';
import { addMilestoneWords } from '../../words/milestones.ts';

/** What somebody is asked about a milestone, with its words: loaded when there is something to ask. */
export function asked() {
  addMilestoneWords(getI18n());
  return { default: MilestoneAsk };
}
