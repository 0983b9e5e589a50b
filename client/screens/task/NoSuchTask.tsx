import { useApolloClient } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page.tsx';

const Unsent = lazy(async () => ({ default: (await import('../../features/comments/Unsent.tsx')).Unsent }));

type Props = { taskId: string; viewerId: string; company: string };

/**
 * A task that does not exist, or that this person may not know of: the two look alike. What they wrote there and could
 * not send is theirs and shown; what this device kept of others' words goes.
 */
export function NoSuchTask({ taskId, viewerId, company }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  useEffect(() => {
    void import('../../api/forgetUnreadable.ts').then((module) => module.forgetUnreadable(client)).catch(() => {});
  }, [client]);
  return (
    <Page title={t('task.notFound.title')} company={company} state={t('task.notFound.text')}>
      <Link to="/">{t('task.notFound.action')}</Link>
      <Suspense>
        <Unsent taskId={taskId} personId={viewerId} />
      </Suspense>
    </Page>
  );
}
