import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../components/now.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import type { PlanConflict } from './documents.ts';
import styles from './Plan.module.css';

/** What a plan cannot do, a sentence each. */
export function Conflicts({ conflicts }: { conflicts: readonly PlanConflict[] }) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  if (conflicts.length === 0) return null;
  return (
    <ul className={styles.conflicts}>
      {conflicts.map((conflict) => {
        const words = sentence(t, conflict, today);
        return <li key={words}>{words}</li>;
      })}
    </ul>
  );
}

function sentence(t: TFunction, { code, on, task, predecessor, path }: PlanConflict, today: string): string {
  const isHeldByToday = code === 'PIN_TOO_EARLY' && predecessor === null;
  return t(`plan.conflict.${code}`, {
    ...(isHeldByToday ? { context: 'today' } : {}),
    task: task?.title ?? '',
    before: predecessor?.title ?? '',
    day: on ? dayWords(on, today) : '',
    path: path.map((one) => one.title).join(' → '),
  });
}
