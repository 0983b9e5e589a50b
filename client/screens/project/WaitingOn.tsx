import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Viewer } from '../../features/viewer/viewer.ts';
import { anyOfInWords } from '../../words/anyOf.ts';
import styles from './Project.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';
import { TaskLine, TaskLines } from './TaskList.tsx';

type Props = { project: ProjectShown; viewer: Viewer };
type Waiting = ProjectShown['waitingOnOthers'][number];

/** A client's own side has it, and somebody else there does it. */
export const isOfOwnSide = ({ court }: Waiting, { isStaff }: Viewer) => !isStaff && court === 'CLIENT';

/**
 * What others have in their court: those of one's own side, by name, then the other side. Nothing there, nothing shown:
 * the list of all steps says the rest.
 */
export function WaitingOn({ project, viewer }: Props) {
  const { t } = useTranslation();
  const account = project.account.name;
  const theirs = project.waitingOnOthers.filter((task) => !isOfOwnSide(task, viewer));
  const byNames = new Map<string, Waiting[]>();
  for (const task of project.waitingOnOthers.filter((one) => isOfOwnSide(one, viewer))) {
    const names = anyOfInWords(t, task.awaited, account);
    byNames.set(names, [...(byNames.get(names) ?? []), task]);
  }
  return (
    <>
      {[...byNames].map(([names, tasks]) => (
        <Group key={names} title={t('project.waiting.onPeople', { names })} {...{ tasks, viewer, account }} />
      ))}
      {theirs.length > 0 && (
        <Group
          title={viewer.isStaff ? t('project.waiting.onClient', { account }) : t('project.waiting.onCompany')}
          tasks={theirs}
          viewer={viewer}
          account={account}
        />
      )}
    </>
  );
}

type GroupProps = { title: string; tasks: readonly Waiting[]; viewer: Viewer; account: string };

function Group({ title, tasks, viewer, account }: GroupProps) {
  const id = useId();
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id} className={styles.groupTitle}>
        {title}
      </h2>
      <TaskLines>
        {tasks.map((task) => (
          <TaskLine key={task.id} task={task} viewer={viewer} account={account} isSideSaid />
        ))}
      </TaskLines>
    </section>
  );
}
