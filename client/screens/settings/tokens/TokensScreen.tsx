import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState } from '../../../components/Notice.tsx';
import { Page } from '../../../components/Page.tsx';
import { Skeletons } from '../../../components/Skeletons.tsx';
import { useViewer } from '../../../features/viewer/viewer.ts';
import { TokensQuery } from './documents.ts';
import { NewToken } from './NewToken.tsx';
import { SecretOnce } from './SecretOnce.tsx';
import { TokenItem } from './TokenItem.tsx';
import styles from './Tokens.module.css';

/** A person's keys to the API, and an admin's to those of everybody. */
export function TokensScreen() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { data, error, refetch } = useQuery(TokensQuery, { fetchPolicy: 'cache-and-network' });
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const tokens = (data?.tokens.nodes ?? []).filter((token) => token.revokedAt === null);

  const handleMade = (made: string) => {
    setSecret(made);
    setMaking(false);
    void refetch();
  };

  return (
    <Page
      title={t('tokens.title')}
      company={viewer.company.name}
      state={
        <p className={styles.about}>
          {t('tokens.about')} <Link to="/guide">{t('tokens.guide')}</Link>
          {' · '}
          <Link to="/explorer">{t('tokens.explorer')}</Link>
        </p>
      }
      actions={
        viewer.viewerCan.createTokens &&
        !isMaking && (
          <Button
            leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
            disabled={!data}
            onClick={() => {
              setSecret(null);
              setMaking(true);
            }}
          >
            {t('tokens.create')}
          </Button>
        )
      }
    >
      <div className={styles.parts}>
        {secret && <SecretOnce secret={secret} onDone={() => setSecret(null)} />}
        {isMaking && data && (
          <NewToken
            appRoles={data.viewer?.appRoles ?? []}
            projects={data.projects.nodes}
            onMade={handleMade}
            onCancel={() => setMaking(false)}
          />
        )}
        {!data && error && <ErrorState onRetry={() => void refetch()} />}
        {!data && !error && <Skeletons rows={3} />}
        {data && tokens.length === 0 && !isMaking && <EmptyState text={t('tokens.none')} />}
        {tokens.length > 0 && (
          <ul className={styles.list} aria-label={t('tokens.list')}>
            {tokens.map((token) => (
              <TokenItem key={token.id} token={token} isOwn={token.person.id === viewer.person.id} />
            ))}
          </ul>
        )}
      </div>
    </Page>
  );
}
