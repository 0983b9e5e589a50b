import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../components/Tag.tsx';
import { dayWords, todayOf } from '../../words/format.ts';
import styles from './Accounts.module.css';
import type { StaffShown } from './documents.ts';
import { Group } from './Group.tsx';

/** All projects of an account, the one signed last first, each with how it stands. */
export function Projects({ projects }: { projects: StaffShown['projects'] }) {
  const { t } = useTranslation();
  const today = todayOf(new Date());
  return (
    <Group title={t('accounts.projects.title')} none={projects.length === 0 && t('accounts.projects.none')}>
      <ul className={styles.plain}>
        {projects.map((project) => (
          <li key={project.id} className={styles.project}>
            <Link to="/projects/$projectId" params={{ projectId: project.id }} className={styles.projectName}>
              {project.name}
            </Link>
            <strong className={styles.projectState}>{t(`names.projectState.${project.state}`)}</strong>
            <span className={styles.tags}>
              {project.products.map((product) => (
                <Tag key={product}>{t(`names.product.${product}`)}</Tag>
              ))}
            </span>
            <span className={styles.soft}>
              {t('accounts.projects.target', { day: dayWords(project.targetOn, today) })}
            </span>
            {project.pm && <span className={styles.soft}>{t('accounts.projects.pm', { name: project.pm.name })}</span>}
          </li>
        ))}
      </ul>
    </Group>
  );
}
