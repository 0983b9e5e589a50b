import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import { FieldError } from '../../../components/Notice.tsx';
import { Tag } from '../../../components/Tag.tsx';
import { Day, RelativeTime } from '../../../components/Time.tsx';
import { type Token, tokenRevokeMutation } from './documents.ts';
import { type Noun, nounsOf } from './scopes.ts';
import styles from './Tokens.module.css';

type Props = { token: Token; isOwn: boolean };

/** A token in the list: what it may do and where, until when, when it was last used, and its end. */
export function TokenItem({ token, isOwn }: Props) {
  const { t } = useTranslation();
  const [revoke, { loading }] = useMutation(tokenRevokeMutation);
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { reads, writes } = nounsOf(token.scopes);
  const named = (list: Noun[]) => list.map((noun) => t(`tokens.nouns.${noun}`)).join(', ');

  const handleRevoke = async () => {
    try {
      const refusal = (await revoke({ variables: { id: token.id } })).data?.tokenRevoke.userErrors[0];
      setProblem(refusal ? t('tokens.row.refused', { reason: refusal.message }) : null);
    } catch (error) {
      setProblem(t('tokens.row.refused', { reason: t(`submissions.trouble.${failureOf(error)}`) }));
    }
  };

  return (
    <li className={styles.token} data-over={token.isExpired || undefined}>
      <div className={styles.what}>
        <div className={styles.names}>
          <strong>{token.name}</strong>
          <code className={styles.prefix}>{token.prefix}…</code>
          {token.isApp && <Tag>{t('tokens.row.app')}</Tag>}
          {!isOwn && !token.isApp && <span>{t('tokens.row.actsAs', { name: token.person.name })}</span>}
        </div>
        <p className={styles.facts}>
          {writes.length > 0 && <span>{t('tokens.row.writes', { nouns: named(writes) })}</span>}
          {reads.length > 0 && <span>{t('tokens.row.reads', { nouns: named(reads) })}</span>}
          <span>
            <Where token={token} />
          </span>
        </p>
      </div>
      <div className={styles.times}>
        <span>
          {token.isExpired && <b className={styles.over}>{t('tokens.row.expired')} </b>}
          {!token.isExpired && token.expiresAt && `${t('tokens.row.until')} `}
          {token.expiresAt ? <Day on={token.expiresAt.slice(0, 10)} /> : t('tokens.row.noEnd')}
        </span>
        <span>
          {token.lastUsedAt ? (
            <>
              {t('tokens.row.used')} <RelativeTime at={token.lastUsedAt} />
            </>
          ) : (
            t('tokens.row.neverUsed')
          )}
        </span>
      </div>
      {token.viewerCan.revoke && !isAsking && (
        <Button
          variant="default"
          size="xs"
          aria-label={t('tokens.row.revokeNamed', { name: token.name })}
          onClick={() => setAsking(true)}
        >
          {t('tokens.row.revoke')}
        </Button>
      )}
      {isAsking && (
        <div className={styles.asking}>
          <p>{t('tokens.row.confirm', { name: token.name })}</p>
          <div className={styles.actions}>
            <Button color="bad" size="xs" loading={loading} autoFocus onClick={() => void handleRevoke()}>
              {t('tokens.row.confirmed')}
            </Button>
            <Button variant="default" size="xs" onClick={() => setAsking(false)}>
              {t('tokens.row.keep')}
            </Button>
          </div>
          {problem && <FieldError>{problem}</FieldError>}
        </div>
      )}
    </li>
  );
}

/** Where a token works: everywhere, or the names of its accounts and projects. */
function Where({ token }: { token: Token }) {
  const { t } = useTranslation();
  const ofProjects = (token.projects ?? []).map((project) => `${project.account.name} · ${project.name}`);
  const places = [...(token.accounts ?? []).map((account) => account.name), ...ofProjects];
  if (token.accounts === null && token.projects === null) return t('tokens.row.everywhere');
  const counts = [
    token.accounts && t('tokens.row.accounts', { count: token.accounts.length }),
    token.projects && t('tokens.row.projects', { count: token.projects.length }),
  ];
  const names = places.join(', ');
  return places.length <= 2 ? names : <span title={names}>{counts.filter(Boolean).join(', ')}</span>;
}
