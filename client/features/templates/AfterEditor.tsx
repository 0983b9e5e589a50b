import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Road, Task } from './documents.ts';
import styles from './Editor.module.css';
import { tasksOf } from './road.ts';

type Props = { task: Task; road: Road; onChange: (after: string[]) => void };

/** The tasks that come first. Only those are offered that do not wait for this one, so no circle can be made here. */
export function AfterEditor({ task, road, onChange }: Props) {
  const { t } = useTranslation();
  const all = tasksOf(road);
  const titleOf = (one: Task) => one.title.trim() || t('templates.outline.untitledTask');
  const chosen = task.after.flatMap((key) => all.find((each) => each.key === key) ?? []);
  const offered = all.filter(
    (each) => each.key !== task.key && !task.after.includes(each.key) && !waitsFor(each, task.key, all),
  );
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('templates.task.after')}</h2>
      {chosen.length === 0 && <p className={styles.soft}>{t('templates.task.afterNone')}</p>}
      <ul className={styles.waits}>
        {chosen.map((each) => (
          <li key={each.key} className={styles.wait}>
            {titleOf(each)}
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={t('templates.task.afterRemove', { title: titleOf(each) })}
              onClick={() => onChange(task.after.filter((key) => key !== each.key))}
            >
              <IconX size={16} stroke={1.5} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {offered.length > 0 && (
        <NativeSelect
          aria-label={t('templates.task.afterAdd')}
          value=""
          data={[
            { value: '', label: t('templates.task.afterAdd') },
            ...offered.map((each) => ({ value: each.key, label: titleOf(each) })),
          ]}
          onChange={(event) => event.currentTarget.value && onChange([...task.after, event.currentTarget.value])}
        />
      )}
    </section>
  );
}

/** Whether a task waits for another, itself or through those it waits for. */
export function waitsFor(task: Task, key: string, all: readonly Task[], met: readonly string[] = []): boolean {
  if (met.includes(task.key)) return false;
  return task.after.some((name) => {
    const before = all.find((each) => each.key === name);
    return name === key || (before !== undefined && waitsFor(before, key, all, [...met, task.key]));
  });
}
