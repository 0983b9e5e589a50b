import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../../features/viewer/viewer.ts';
import styles from './Settings.module.css';
import { sections } from './sections.ts';

/** The list of the sections that are this person's to see, and the open one beside it. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const { viewerCan } = useViewer();
  const open = sections.filter((section) => section.isFor(viewerCan));
  return (
    <div className={styles.settings}>
      <nav className={styles.sections} aria-label={t('settings.title')}>
        {open.map(({ to, word, Icon }) => (
          <Link key={to} to={to} className={styles.section}>
            <Icon className={styles.icon} stroke={1.5} aria-hidden="true" />
            {t(word)}
          </Link>
        ))}
      </nav>
      <div className={styles.open}>
        <Outlet />
      </div>
    </div>
  );
}
