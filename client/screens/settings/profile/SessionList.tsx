import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../../api/graphql.ts';
import { FieldError } from '../../../components/Notice.tsx';
import { Tag } from '../../../components/Tag.tsx';
import { RelativeTime } from '../../../components/Time.tsx';
import styles from './Profile.module.css';

export const SessionRow = graphql(`
  fragment SessionRow on Session { id browser system createdAt lastSeenAt isCurrent }
`);
const SessionEndMutation = graphql(`
  mutation SessionEnd($id: ID!) { sessionEnd(id: $id) { userErrors { code } } }
`);
const SessionsEndOthersMutation = graphql(`
  mutation SessionsEndOthers { sessionsEndOthers { userErrors { code } } }
`);

type Row = FragmentOf<typeof SessionRow>;
type Props = { sessions: readonly Row[]; onEnded: () => void };

const handhelds = ['iPhone', 'iPad', 'Android'];

function deviceIn(t: TFunction, { browser, system }: { browser: string | null; system: string | null }): string {
  if (browser && system) return t('settings.profile.device', { browser, system });
  return browser ?? system ?? t('settings.profile.deviceUnknown');
}

/** Where one is signed in, and the way to end it there. */
export function SessionList({ sessions, onEnded }: Props) {
  const { t } = useTranslation();
  const [endOne] = useMutation(SessionEndMutation);
  const [endOthers] = useMutation(SessionsEndOthersMutation);
  const [busy, setBusy] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const rows = readFragment(SessionRow, sessions);

  async function run(what: string, act: () => Promise<unknown>): Promise<void> {
    setBusy(what);
    setFailed(false);
    await act().then(onEnded, () => setFailed(true));
    setBusy(null);
  }

  async function handleEnd(id: string, isCurrent: boolean) {
    await run(id, async () => {
      await endOne({ variables: { id } });
      // The page of an ended session shows nothing more; a full load drops what it held.
      if (isCurrent) location.assign('/sign-in');
    });
  }

  return (
    <section className={styles.card} aria-labelledby="sessions-title">
      <h2 id="sessions-title" className={styles.title}>
        {t('settings.profile.sessions')}
      </h2>
      <ul className={styles.sessions}>
        {rows.map((row) => {
          const device = deviceIn(t, row);
          const Icon = row.system && handhelds.includes(row.system) ? IconDeviceMobile : IconDeviceDesktop;
          return (
            <li key={row.id} className={styles.session}>
              <Icon className={styles.icon} stroke={1.5} aria-hidden="true" />
              <div className={styles.device}>
                <span className={styles.deviceName}>
                  {device} {row.isCurrent && <Tag>{t('settings.profile.current')}</Tag>}
                </span>
                <span className={styles.quiet}>
                  {t('settings.profile.since')} <RelativeTime at={row.createdAt} />, {t('settings.profile.lastUsed')}{' '}
                  <RelativeTime at={row.lastSeenAt} />
                </span>
              </div>
              <Button
                variant="default"
                size="xs"
                loading={busy === row.id}
                aria-label={row.isCurrent ? undefined : t('settings.profile.endNamed', { device })}
                onClick={() => handleEnd(row.id, row.isCurrent)}
              >
                {t(row.isCurrent ? 'settings.profile.endHere' : 'settings.profile.end')}
              </Button>
            </li>
          );
        })}
      </ul>
      {hasFailed && <FieldError>{t('settings.profile.failed')}</FieldError>}
      {rows.length > 1 && (
        <div className={styles.actions}>
          <Button variant="default" loading={busy === 'others'} onClick={() => run('others', () => endOthers())}>
            {t('settings.profile.endOthers')}
          </Button>
        </div>
      )}
    </section>
  );
}
