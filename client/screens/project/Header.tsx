import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page.tsx';
import type { Viewer } from '../../features/viewer/viewer.ts';
import styles from './Project.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';
import { currentPhase } from './Road.tsx';

type Props = { project: ProjectShown; viewer: Viewer; status: ReactNode; children: ReactNode };

/** Title and one line of state; staff see where the project belongs, a client is greeted. */
export function Header({ project, viewer, status, children }: Props) {
  const { t } = useTranslation();
  const { done, total } = project.progress;
  const current = currentPhase(project.phases);
  const firstName = viewer.person.name.split(' ')[0] ?? '';
  const trail = viewer.isStaff ? (
    <>
      <Link to="/overview">{t('project.trail')}</Link>
      <span className={styles.trailName}>{project.account.name}</span>
    </>
  ) : (
    t('project.welcome', { name: firstName })
  );
  const state = (
    <span className={styles.state}>
      {project.state !== 'ACTIVE' && <strong>{t(`names.projectState.${project.state}`)}</strong>}
      {current && <span>{t('project.state.phase', { phase: current.name })}</span>}
      <span>{current ? t('project.state.done', { done, total }) : t('project.state.allDone')}</span>
    </span>
  );
  return (
    <Page title={project.name} company={viewer.company.name} trail={trail} state={state} actions={status}>
      {children}
    </Page>
  );
}
