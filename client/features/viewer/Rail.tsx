import { IconBuildingStore, IconLayoutList, IconMap2, IconRoute, IconSettings, IconSun } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Logo } from '../../components/Logo.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import { PaletteRoot } from './palette/PaletteRoot.tsx';
import styles from './Shell.module.css';
import type { Inbox } from './Shell.tsx';
import type { Viewer } from './viewer.ts';

/** What stands beside every page of staff; on a phone it is two bars. */
export function Rail({ viewer, inbox }: { viewer: Viewer; inbox: Inbox }) {
  const { t } = useTranslation();
  return (
    <header className={styles.rail}>
      <Link to="/" className={styles.logo} aria-label={viewer.company.name}>
        <Logo url={viewer.company.logoUrl} />
        <span className={styles.logoName} aria-hidden="true">
          {viewer.company.name}
        </span>
      </Link>
      <PaletteRoot className={styles.railSearch} iconClassName={styles.navIcon} />
      <nav className={styles.nav} aria-label={t('shell.mainNavigation')}>
        <Link to="/my-day" className={styles.navLink}>
          <IconSun className={styles.navIcon} stroke={1.5} aria-hidden="true" />
          {t('shell.myDay')}
        </Link>
        {inbox({ className: styles.navLink, iconClassName: styles.navIcon })}
        <Link to="/overview" className={styles.navLink}>
          <IconLayoutList className={styles.navIcon} stroke={1.5} aria-hidden="true" />
          {t('shell.overview')}
        </Link>
        <Link to="/accounts" className={styles.navLink}>
          <IconBuildingStore className={styles.navIcon} stroke={1.5} aria-hidden="true" />
          {t('shell.accounts')}
        </Link>
        {viewer.viewerCan.readTemplates && (
          <Link to="/templates" className={styles.navLink}>
            <IconRoute className={styles.navIcon} stroke={1.5} aria-hidden="true" />
            {t('shell.templates')}
          </Link>
        )}
        {viewer.viewerCan.readJourneys && (
          <Link to="/journeys" className={styles.navLink}>
            <IconMap2 className={styles.navIcon} stroke={1.5} aria-hidden="true" />
            {t('shell.journeys')}
          </Link>
        )}
        <Link to="/settings" className={styles.navLink} data-at="settings">
          <IconSettings className={styles.navIcon} stroke={1.5} aria-hidden="true" />
          {t('shell.settings')}
        </Link>
      </nav>
      <PersonMenu viewer={viewer} />
    </header>
  );
}
