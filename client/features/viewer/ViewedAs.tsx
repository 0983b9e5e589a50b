import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import styles from './ViewedAs.module.css';
import { returnPath, setLeaving } from './viewAs.ts';
import type { Viewer } from './viewer.ts';

const ViewAsEndMutation = graphql(`
  mutation ViewAsEnd { viewAsEnd { userErrors { code } } }
`);

/** Says through whose eyes the page is seen, in one place for as long as it is, and is the way out. */
export function ViewedAs({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation();
  const [end] = useMutation(ViewAsEndMutation);
  const [hasFailed, setFailed] = useState(false);
  const [isBusy, setBusy] = useState(false);
  if (viewer.viewedBy === null) return null;

  async function handleStop() {
    setBusy(true);
    setLeaving(true);
    try {
      await end();
      // A full load: nothing of the client's view stays in the cache or on the socket.
      location.assign(returnPath());
    } catch {
      setLeaving(false);
      setFailed(true);
      setBusy(false);
    }
  }

  const { name, accountName } = viewer.person;
  return (
    <aside className={styles.banner} aria-label={t('shell.viewedAs.label')}>
      <IconEye className={styles.icon} stroke={1.5} aria-hidden="true" />
      <p className={styles.words}>
        <strong>{t('shell.viewedAs.who', { name, account: accountName ?? t('names.role.PARTNER') })}</strong>{' '}
        {hasFailed ? t('shell.viewedAs.failed') : t('shell.viewedAs.how')}{' '}
        {!hasFailed && <span className={styles.more}>{t('shell.viewedAs.ends')}</span>}
      </p>
      <Button size="xs" variant="default" loading={isBusy} onClick={handleStop}>
        {t('shell.viewedAs.stop')}
      </Button>
    </aside>
  );
}
