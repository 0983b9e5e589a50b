import { useQuery } from '@apollo/client/react';
import { TextInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LetterTile } from '../../../components/Face.tsx';
import { ErrorState } from '../../../components/Notice.tsx';
import { hostOf } from '../hostOf.ts';
import { OtherAccountsQuery } from './documents.ts';
import styles from './Merge.module.css';

type Props = { into: { id: string; name: string }; onChoose: (id: string) => void };

/** Finds the account that ends, by what it is called. */
export function Chooser({ into, onChoose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wanted = text.trim();
  const { data, previousData, error, refetch } = useQuery(OtherAccountsQuery, {
    variables: { text: wanted },
    fetchPolicy: 'network-only',
  });
  const others = (data ?? previousData)?.accounts.nodes.filter(({ id }) => id !== into.id);
  return (
    <form className={styles.body} noValidate onSubmit={(event) => event.preventDefault()}>
      <p>{t('accounts.merge.stays', { name: into.name })}</p>
      <TextInput
        type="search"
        label={t('accounts.merge.find')}
        placeholder={t('accounts.merge.findHint')}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {!others && error && <ErrorState onRetry={() => void refetch()} />}
      {others?.length === 0 && <p className={styles.soft}>{t('accounts.merge.nobody')}</p>}
      {others && others.length > 0 && (
        <ul className={styles.choices} aria-label={t('accounts.merge.choices')}>
          {others.map(({ id, name, website, staff }) => (
            <li key={id}>
              <UnstyledButton className={styles.choice} onClick={() => onChoose(id)}>
                <LetterTile name={name} />
                <span className={styles.choiceName}>
                  <strong>{name}</strong>
                  <span className={styles.soft}>{hostOf(website)}</span>
                </span>
                <span className={styles.soft}>{t('accounts.running', { count: staff?.runningProjectCount ?? 0 })}</span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
