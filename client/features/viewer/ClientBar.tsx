import { useQuery } from '@apollo/client/react';
import { Menu, Popover, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconHelpCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { graphql, type ResultOf } from '../../api/graphql.ts';
import { Face } from '../../components/Face.tsx';
import { Logo } from '../../components/Logo.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import { PaletteRoot } from './palette/PaletteRoot.tsx';
import styles from './Shell.module.css';
import type { Inbox } from './Shell.tsx';
import type { Viewer } from './viewer.ts';

const OwnProjectsQuery = graphql(`
  query OwnProjects {
    projects(first: 10) { nodes { id name account { id name } pm { id name isStaff } } }
  }
`);

type Project = ResultOf<typeof OwnProjectsQuery>['projects']['nodes'][number];

/** More than so many names do not stand side by side, and are a menu. */
const mostNames = 3;

/** Over every page of a client: their company, their projects, search, help, and they themselves. */
export function ClientBar({ viewer, inbox }: { viewer: Viewer; inbox: Inbox }) {
  const { data } = useQuery(OwnProjectsQuery);
  const projects = data?.projects.nodes ?? [];
  return (
    <header className={styles.bar}>
      <div className={styles.barInside}>
        <Link to="/" className={styles.company}>
          <Logo url={viewer.company.logoUrl} />
          <span>{viewer.account?.name ?? viewer.company.name}</span>
        </Link>
        <Projects projects={projects} isOfOneAccount={viewer.account !== null} />
        <PaletteRoot className={styles.help} iconClassName={styles.navIcon} />
        {inbox({ className: styles.help, iconClassName: styles.navIcon })}
        {projects[0] && <Help pm={projects[0].pm} />}
        <PersonMenu viewer={viewer} />
      </div>
    </header>
  );
}

type ProjectsProps = { projects: readonly Project[]; isOfOneAccount: boolean };

/** The names of the projects; one menu of them where they are many, and on a phone where they are several. */
function Projects({ projects, isOfOneAccount }: ProjectsProps) {
  const { t } = useTranslation();
  const amount = projects.length > mostNames ? 'many' : projects.length > 1 ? 'several' : 'one';
  // Whoever works for several shops tells their projects apart by the shop.
  const nameOf = ({ name, account }: Project) =>
    isOfOneAccount ? name : t('shell.projectOf', { account: account.name, name });
  const toProject = (id: string) => ({ to: '/projects/$projectId', params: { projectId: id } }) as const;
  return (
    <nav className={styles.barNav} data-amount={amount} aria-label={t('shell.mainNavigation')}>
      <div className={styles.barLinks}>
        {amount !== 'many' &&
          projects.map((project) => (
            <Link key={project.id} {...toProject(project.id)} className={styles.barLink}>
              {nameOf(project)}
            </Link>
          ))}
      </div>
      {amount !== 'one' && (
        <div className={styles.barMenu}>
          <Menu position="bottom-start" withinPortal={false} withInitialFocusPlaceholder={false}>
            <Menu.Target>
              <UnstyledButton className={styles.help}>
                {t('shell.projects')}
                <IconChevronDown className={styles.chevron} stroke={1.5} aria-hidden="true" />
              </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown className={styles.barChoices}>
              {projects.map((project) => (
                <Menu.Item key={project.id} renderRoot={(props) => <Link {...toProject(project.id)} {...props} />}>
                  {nameOf(project)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
    </nav>
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
