import { useQuery } from '@apollo/client/react';
import { Popover, UnstyledButton } from '@mantine/core';
import { IconHelpCircle, IconLayoutList, IconRoute, IconSettings } from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import { Face } from '../../components/Face.tsx';
import { Logo } from '../../components/Logo.tsx';
import { UndoRoot } from '../../components/UndoToast.tsx';
import { useAccent } from '../../components/useAccent.ts';
import { PersonMenu } from './PersonMenu.tsx';
import { PaletteRoot } from './palette/PaletteRoot.tsx';
import styles from './Shell.module.css';
import { useNewIntegrationKey } from './useNewIntegrationKey.ts';
import { ViewedAs } from './ViewedAs.tsx';
import { useViewer, type Viewer } from './viewer.ts';

const OwnProjectsQuery = graphql(`
  query OwnProjects {
    projects(first: 10) { nodes { id name pm { id name isStaff } } }
  }
`);

type Props = { children: ReactNode };

/** What stands around every page: a slim rail for staff, a top bar for clients. */
export function Shell({ children }: Props) {
  const { t } = useTranslation();
  const viewer = useViewer();
  useNewIntegrationKey(viewer.viewerCan.createProjects);
  useAccent(viewer.company.accent);
  return (
    <div className={styles.shell} data-kind={viewer.isStaff ? 'staff' : 'client'}>
      <a className={styles.skip} href="#content">
        {t('common.skipToContent')}
      </a>
      {viewer.isStaff ? <Rail viewer={viewer} /> : <Bar viewer={viewer} />}
      <main id="content" className={styles.content} tabIndex={-1}>
        <ToTop />
        <UndoRoot>{children}</UndoRoot>
      </main>
      <ViewedAs viewer={viewer} />
    </div>
  );
}

function Rail({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation();
  return (
    <header className={styles.rail}>
      <Link to="/" className={styles.logo} aria-label={viewer.company.name}>
        <Logo url={viewer.company.logoUrl} />
      </Link>
      <PaletteRoot className={styles.railSearch} iconClassName={styles.navIcon} />
      <nav className={styles.nav} aria-label={t('shell.mainNavigation')}>
        <Link to="/overview" className={styles.navLink}>
          <IconLayoutList className={styles.navIcon} stroke={1.5} aria-hidden="true" />
          {t('shell.overview')}
        </Link>
        {viewer.viewerCan.readTemplates && (
          <Link to="/templates" className={styles.navLink}>
            <IconRoute className={styles.navIcon} stroke={1.5} aria-hidden="true" />
            {t('shell.templates')}
          </Link>
        )}
        <Link to="/settings" className={styles.navLink}>
          <IconSettings className={styles.navIcon} stroke={1.5} aria-hidden="true" />
          {t('shell.settings')}
        </Link>
      </nav>
      <PersonMenu viewer={viewer} />
    </header>
  );
}

function Bar({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation();
  const { data } = useQuery(OwnProjectsQuery);
  const projects = data?.projects.nodes ?? [];
  return (
    <header className={styles.bar}>
      <div className={styles.barInside}>
        <Link to="/" className={styles.company}>
          <Logo url={viewer.company.logoUrl} />
          <span>{viewer.account?.name ?? viewer.company.name}</span>
        </Link>
        <nav className={styles.barNav} aria-label={t('shell.mainNavigation')}>
          {projects.map((project) => (
            <Link
              key={project.id}
              to="/projects/$projectId"
              params={{ projectId: project.id }}
              className={styles.barLink}
            >
              {project.name}
            </Link>
          ))}
        </nav>
        <PaletteRoot className={styles.help} iconClassName={styles.navIcon} />
        {projects[0] && <Help pm={projects[0].pm} />}
        <PersonMenu viewer={viewer} />
      </div>
    </header>
  );
}

function Help({ pm }: { pm: { name: string; isStaff: boolean } }) {
  const { t } = useTranslation();
  return (
    <Popover width="18rem" position="bottom-end" withinPortal={false} shadow="md">
      <Popover.Target>
        <UnstyledButton className={styles.help}>
          <IconHelpCircle className={styles.navIcon} stroke={1.5} aria-hidden="true" />
          <span>{t('shell.help')}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.popover} aria-label={t('shell.helpTitle')}>
        <div className={styles.helpCard}>
          <Face name={pm.name} isStaff={pm.isStaff} />
          <div>
            <strong>{t('shell.helpTitle')}</strong>
            <p>{t('shell.helpText', { name: pm.name })}</p>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A new page starts at its top. */
function ToTop() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current !== path) window.scrollTo(0, 0);
    last.current = path;
  }, [path]);
  return null;
}
