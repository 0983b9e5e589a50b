import { useTranslation } from 'react-i18next';
import type { Viewer } from '../../features/viewer/viewer.ts';
import styles from './Project.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';
import { TaskLine, TaskLines } from './TaskList.tsx';

type Props = { project: ProjectShown; viewer: Viewer };

/** What the other side has in its court. Nothing there, nothing shown: the list of all steps says the rest. */
export function WaitingOn({ project, viewer }: Props) {
  const { t } = useTranslation();
  if (project.waitingOnOthers.length === 0) return null;
  return (
    <section className={styles.group} aria-labelledby="waiting-title">
      <h2 id="waiting-title" className={styles.groupTitle}>
        {viewer.isStaff
          ? t('project.waiting.onClient', { account: project.account.name })
          : t('project.waiting.onCompany')}
      </h2>
      <TaskLines>
        {project.waitingOnOthers.map((task) => (
          <TaskLine key={task.id} task={task} viewer={viewer} account={project.account.name} isSideSaid />
        ))}
      </TaskLines>
    </section>
  );
}
