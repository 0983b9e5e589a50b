import { type MantineColorScheme, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconCode, IconDeviceDesktop, IconLogout, IconMoon, IconSettings, IconSun } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { forgetKept } from '../../api/kept.ts';
import { post } from '../../api/post.ts';
import { Face } from '../../components/Face.tsx';
import styles from './Shell.module.css';
import type { Viewer } from './viewer.ts';

const schemes = [
  { scheme: 'auto', word: 'shell.themeAuto', Icon: IconDeviceDesktop },
  { scheme: 'light', word: 'shell.themeLight', Icon: IconSun },
  { scheme: 'dark', word: 'shell.themeDark', Icon: IconMoon },
] as const satisfies { scheme: MantineColorScheme; word: string; Icon: unknown }[];

/** Who I am, the appearance, and the way out. */
export function PersonMenu({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation();
  // Without this the kit silences transitions by a style element, which the page's CSP refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const { person } = viewer;

  async function handleSignOut() {
    await post('/auth/sign-out');
    // Nothing of notes stays on a device that somebody else may sit at next.
    await forgetKept().catch(() => {});
    // A full load drops the cache and the socket with the session.
    location.assign('/sign-in');
  }

  return (
    <Menu width="14rem" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={styles.person} aria-label={t('shell.personMenu', { name: person.name })}>
          <Face name={person.name} isStaff={person.isStaff} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={styles.personHead}>
          <strong>{person.name}</strong>
          <span>{person.accountName ?? viewer.company.name}</span>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('shell.theme')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
          {schemes.map(({ scheme, word, Icon }) => (
            <Menu.RadioItem
              key={scheme}
              value={scheme}
              rightSection={<Icon size={16} stroke={1.5} aria-hidden="true" />}
            >
              {t(word)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          component={Link}
          to="/settings/profile"
          leftSection={<IconSettings size={16} stroke={1.5} aria-hidden="true" />}
        >
          {t('shell.settings')}
        </Menu.Item>
        <Menu.Item component={Link} to="/guide" leftSection={<IconCode size={16} stroke={1.5} aria-hidden="true" />}>
          {t('shell.apiGuide')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.5} aria-hidden="true" />} onClick={handleSignOut}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
