import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../api/graphql.ts';
import { hasEnded } from '../../api/hasEnded.ts';
import { Page } from '../../components/Page.tsx';
import { EditableField } from '../../features/projectEdit/EditableField.tsx';
import type { Viewer } from '../../features/viewer/viewer.ts';
import { howItEnded } from './howItEnded.ts';
import styles from './Project.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';
import { currentPhase } from './Road.tsx';
import { TaskRow } from './TaskList.tsx';

/** Only staff know of health: not part of what a client loads. */
const HealthPopover = lazy(async () => ({
  default: (await import('../../features/health/HealthPopover.tsx')).HealthPopover,
}));

type Props = { project: ProjectShown; viewer: Viewer; actions: ReactNode; children: ReactNode };

/** Title and one line of state; staff see where the project belongs, a client is greeted. */
export function Header({ project, viewer, actions, children }: Props) {
  const { t } = useTranslation();
  const { done, total } = project.progress;
  const current = currentPhase(project.phases);
  const firstName = viewer.person.name.split(' ')[0] ?? '';
  const trail = viewer.isStaff ? (
    <>
      <Link to="/overview">{t('project.trail')}</Link>
      <span className={styles.trailName}>
        <EditableField project={project} field="accountName" />
      </span>
      <Link to="/accounts/$accountId" params={{ accountId: project.account.id }}>
        {t('project.toAccount')}
      </Link>
    </>
  ) : (
    t('project.welcome', { name: firstName })
  );
  const state = (
    <span className={styles.state}>
      {project.state !== 'ACTIVE' && <strong>{t(`names.projectState.${project.state}`)}</strong>}
      {current && !hasEnded(project.state) && <span>{t('project.state.phase', { phase: current.name })}</span>}
      <span>{stateWords()}</span>
      {project.staff && (
        <Suspense fallback={null}>
          <HealthPopover project={project} isWhole />
        </Suspense>
      )}
    </span>
  );
  return (
    <Page
      title={project.name}
      company={viewer.company.name}
      heading={<EditableField project={project} field="name" />}
      trail={trail}
      state={state}
      actions={actions}
    >
      {children}
    </Page>
  );

  function stateWords(): string {
    if (total === 0) return t('project.state.noTasks');
    if (current) return t('project.state.done', { done, total });
    const states = readFragment(TaskRow, project.tasks).map((task) => task.state);
    return t(`project.state.${howItEnded(states)}`);
  }
}
