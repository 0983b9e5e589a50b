import { UnstyledButton } from '@mantine/core';
import { IconArrowsSplit, IconFlag3, IconLock, IconPlus } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Phase, Problem, Road, Task } from './documents.ts';
import styles from './Outline.module.css';

/** What of the road is open beside it: the template itself, a phase or a task, by its key. */
export type Chosen = { kind: 'head' } | { kind: 'phase'; key: string } | { kind: 'task'; key: string };

export type OutlineEdits = {
  onAddTask: (phaseKey: string) => void;
  onAddPhase: () => void;
  onMoveTask: (key: string, step: 1 | -1) => void;
  onMovePhase: (key: string, step: 1 | -1) => void;
};

type Props = {
  road: Road;
  chosen: Chosen | null;
  problems?: readonly Problem[];
  onChoose: (chosen: Chosen) => void;
  /** Null: to be read only. */
  edits: OutlineEdits | null;
};

/** The road, phase by phase. With Alt the arrow keys move what has the focus. */
export function Outline({ road, chosen, problems = [], onChoose, edits }: Props) {
  const { t } = useTranslation();
  const isChosen = (kind: Chosen['kind'], key: string) =>
    chosen?.kind === kind && (chosen.kind === 'head' || chosen.key === key);
  const movedBy = (event: KeyboardEvent, move: ((step: 1 | -1) => void) | undefined) => {
    if (!event.altKey || !move || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <nav className={styles.outline} aria-label={t('templates.outline.label')}>
      <UnstyledButton
        className={styles.line}
        aria-current={isChosen('head', '') || undefined}
        onClick={() => onChoose({ kind: 'head' })}
      >
        {t('templates.outline.head')}
        <ToFix count={problems.filter((one) => one.phaseKey === null && one.taskKey === null).length} />
      </UnstyledButton>
      <ol className={styles.phases}>
        {road.phases.map((phase) => (
          <li key={phase.key}>
            <PhaseLine
              phase={phase}
              problems={problems}
              isChosen={isChosen('phase', phase.key)}
              onChoose={() => onChoose({ kind: 'phase', key: phase.key })}
              onKeyDown={(event) => movedBy(event, edits ? (step) => edits.onMovePhase(phase.key, step) : undefined)}
            />
            <ol className={styles.tasks}>
              {phase.tasks.map((task) => (
                <li key={task.key}>
                  <TaskLine
                    task={task}
                    problems={problems}
                    isChosen={isChosen('task', task.key)}
                    onChoose={() => onChoose({ kind: 'task', key: task.key })}
                    onKeyDown={(event) =>
                      movedBy(event, edits ? (step) => edits.onMoveTask(task.key, step) : undefined)
                    }
                  />
                </li>
              ))}
            </ol>
            {edits && (
              <UnstyledButton className={styles.add} onClick={() => edits.onAddTask(phase.key)}>
                <IconPlus className={styles.icon} stroke={1.5} aria-hidden />
                {t('templates.outline.addTask')}
              </UnstyledButton>
            )}
          </li>
        ))}
      </ol>
      {edits && (
        <>
          <UnstyledButton className={styles.add} data-phase onClick={edits.onAddPhase}>
            <IconPlus className={styles.icon} stroke={1.5} aria-hidden />
            {t('templates.outline.addPhase')}
          </UnstyledButton>
          <p className={styles.hint}>{t('templates.outline.hint')}</p>
        </>
      )}
    </nav>
  );
}

type LineProps = {
  problems: readonly Problem[];
  isChosen: boolean;
  onChoose: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

function PhaseLine({ phase, problems, isChosen, onChoose, onKeyDown }: LineProps & { phase: Phase }) {
  const { t } = useTranslation();
  const own = problems.filter((one) => one.phaseKey === phase.key && one.taskKey === null);
  return (
    <UnstyledButton
      className={styles.line}
      data-phase
      aria-current={isChosen || undefined}
      onClick={onChoose}
      onKeyDown={onKeyDown}
    >
      {phase.name.trim() || t('templates.outline.untitledPhase')}
      <ToFix count={own.length} />
    </UnstyledButton>
  );
}

function TaskLine({ task, problems, isChosen, onChoose, onKeyDown }: LineProps & { task: Task }) {
  const { t } = useTranslation();
  return (
    <UnstyledButton
      className={styles.line}
      aria-current={isChosen || undefined}
      data-internal={task.visibility === 'INTERNAL' || undefined}
      onClick={onChoose}
      onKeyDown={onKeyDown}
    >
      <span className={styles.name}>{task.title.trim() || t('templates.outline.untitledTask')}</span>
      {task.isGate && (
        <IconFlag3 className={styles.icon} stroke={1.5} role="img" aria-label={t('templates.outline.gate')} />
      )}
      {task.when.length > 0 && (
        <IconArrowsSplit className={styles.icon} stroke={1.5} role="img" aria-label={t('templateConditions.tag')} />
      )}
      {task.visibility === 'INTERNAL' && (
        <IconLock className={styles.lock} stroke={1.5} role="img" aria-label={t('templates.outline.internal')} />
      )}
      <ToFix count={problems.filter((one) => one.taskKey === task.key).length} />
    </UnstyledButton>
  );
}

function ToFix({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  const words = t('templates.outline.problems', { count });
  return (
    <span className={styles.toFix} role="img" aria-label={words} title={words}>
      {count}
    </span>
  );
}
