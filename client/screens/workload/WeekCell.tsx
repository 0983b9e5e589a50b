import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Cell, Week } from './documents.ts';
import { hours } from './hours.ts';
import { shortWeek } from './WeekHead.tsx';
import styles from './Workload.module.css';

type Props = {
  week: Week;
  cell: Cell;
  isThisWeek: boolean;
  /** Work that nobody has fills nobody's week. */
  isNobodys: boolean;
  isOpen: boolean;
  panel: string;
  onOpen: () => void;
};

/**
 * A week of somebody as a bar that fills up. What is over-full says so in words, with a sign, and as a bar that is
 * hatched where it goes beyond: the line in it is what the week holds.
 */
export function WeekCell({ week, cell, isThisWeek, isNobodys, isOpen, panel, onOpen }: Props) {
  const { t } = useTranslation();
  const { plannedMinutes: planned, taskCount, isOverFull } = cell;
  const room = week.capacityMinutes;
  const over = planned - room;
  const whole = Math.max(planned, room, 1);
  const short = isThisWeek ? t('workload.thisWeek') : t('workload.weekOf', shortWeek(week.from, week.to));
  const tasks = t('workload.tasks', { count: taskCount });
  const words = { week: short, planned: hours(planned), room: hours(room), over: hours(over), tasks };
  const isFree = taskCount === 0;
  const label = isFree
    ? t(isNobodys ? 'workload.cellNone' : 'workload.cellFree', words)
    : isNobodys
      ? t('workload.cellNobodys', words)
      : isOverFull
        ? t('workload.cellOver', words)
        : t('workload.cell', words);
  return (
    <UnstyledButton
      className={styles.cell}
      aria-label={label}
      aria-expanded={isOpen}
      aria-controls={isOpen ? panel : undefined}
      data-open={isOpen || undefined}
      data-over={isOverFull || undefined}
      onClick={onOpen}
    >
      <span className={styles.own}>{short}</span>
      <span className={styles.planned} data-free={isFree || undefined}>
        {isFree ? t(isNobodys ? 'workload.none' : 'workload.free') : t('workload.hours', { hours: hours(planned) })}
      </span>
      {!isNobodys && (
        <span className={styles.bar}>
          <span className={styles.fill} style={{ width: `${(Math.min(planned, room) / whole) * 100}%` }} />
          {isOverFull && <span className={styles.overfill} style={{ width: `${(over / whole) * 100}%` }} />}
        </span>
      )}
      {isOverFull && (
        <span className={styles.over}>
          <IconAlertTriangle className={styles.sign} stroke={1.5} aria-hidden="true" />
          {t('workload.over', { hours: hours(over) })}
        </span>
      )}
    </UnstyledButton>
  );
}
