import { IconUserOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Face } from '../../components/Face.tsx';
import type { PersonWeeks, Week } from './documents.ts';
import { WeekCell } from './WeekCell.tsx';
import { WeekTasks } from './WeekTasks.tsx';
import styles from './Workload.module.css';

type Props = {
  row: PersonWeeks;
  weeks: readonly Week[];
  /** The Monday of the week that is open; null: none of theirs. */
  openWeek: string | null;
  onOpen: (from: string) => void;
};

/** Somebody's weeks; the open one shows its tasks under them. */
export function PersonRow({ row, weeks, openWeek, onOpen }: Props) {
  const { t } = useTranslation();
  const { person, undatedCount } = row;
  const opened = weeks.find(({ from }) => from === openWeek);
  const panel = `tasks-${person?.id}`;
  const name = person?.name ?? t('workload.nobody');
  return (
    <li className={styles.person}>
      <div className={styles.cells}>
        <div className={styles.who}>
          {person ? (
            <Face name={name} isStaff />
          ) : (
            <IconUserOff className={styles.nobody} stroke={1.5} aria-hidden="true" />
          )}
          <span className={styles.name}>
            {name}
            {undatedCount > 0 && (
              <span className={styles.undated}>{t('workload.undated', { count: undatedCount })}</span>
            )}
          </span>
        </div>
        {weeks.map((week, at) => {
          const cell = row.weeks[at];
          return (
            cell && (
              <WeekCell
                key={week.from}
                week={week}
                cell={cell}
                isThisWeek={at === 0}
                isNobodys={!person}
                isOpen={week.from === openWeek}
                panel={panel}
                onOpen={() => onOpen(week.from)}
              />
            )
          );
        })}
      </div>
      {opened && (
        <WeekTasks
          id={panel}
          personId={person?.id ?? null}
          name={name}
          week={opened}
          count={row.weeks.find(({ from }) => from === opened.from)?.taskCount ?? 0}
          onClose={() => onOpen(opened.from)}
        />
      )}
    </li>
  );
}
