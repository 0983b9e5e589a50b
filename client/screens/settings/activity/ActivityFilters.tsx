import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import styles from './Activity.module.css';
import { AuditAccountQuery, AuditAccountsQuery, AuditActorsQuery } from './documents.ts';
import { type AuditSearch, auditNouns, auditSearch, exportAddress } from './search.ts';

/** What the list is narrowed to; every choice is a part of the address. */
export function ActivityFilters({ search }: { search: AuditSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useQuery(AuditActorsQuery);
  const asked = useQuery(AuditAccountQuery, { variables: { id: search.account ?? '' }, skip: !search.account });
  const account = search.account ? asked.data?.account : null;
  const listed = useQuery(AuditAccountsQuery).data?.accounts;
  const accounts = listed?.nodes ?? [];
  const hasMore = listed?.pageInfo.hasNextPage ?? false;
  const isListed = accounts.some(({ id }) => id === search.account);
  const isNarrowed = Object.values(search).some((value) => value !== undefined);
  const set = (change: Record<keyof AuditSearch, string> | Partial<Record<keyof AuditSearch, string>>) =>
    void navigate({ to: '/settings/activity', search: auditSearch({ ...search, ...change }), replace: true });
  return (
    <div className={styles.filters}>
      <NativeSelect
        label={t('audit.filter.about')}
        value={search.about ?? ''}
        data={[
          { value: '', label: t('audit.filter.everything') },
          ...auditNouns.map((noun) => ({ value: noun, label: t(`audit.noun.${noun}`) })),
        ]}
        onChange={(event) => set({ about: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('audit.filter.person')}
        value={search.person ?? ''}
        data={[
          { value: '', label: t('audit.filter.everybody') },
          ...(data?.auditActors ?? []).map((person) => ({ value: person.id, label: person.name })),
        ]}
        onChange={(event) => set({ person: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('audit.filter.from')}
        value={search.from ?? ''}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('audit.filter.to')}
        value={search.to ?? ''}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('audit.filter.account')}
        value={search.account ?? ''}
        data={[
          { value: '', label: t('audit.filter.allAccounts') },
          ...(isListed || !search.account
            ? []
            : [{ value: search.account, label: account?.name ?? t('audit.filter.unknownAccount') }]),
          ...accounts.map(({ id, name }) => ({ value: id, label: name })),
          ...(hasMore ? [{ value: 'more', label: t('audit.filter.moreAccounts'), disabled: true }] : []),
        ]}
        onChange={(event) => set({ account: event.currentTarget.value })}
      />
      {isNarrowed && (
        <Button variant="default" onClick={() => void navigate({ to: '/settings/activity', search: {} })}>
          {t('audit.filter.clear')}
        </Button>
      )}
      <Button
        variant="default"
        component="a"
        href={exportAddress(search)}
        download
        leftSection={<IconDownload size={16} stroke={1.5} aria-hidden="true" />}
      >
        {t('audit.filter.export')}
      </Button>
    </div>
  );
}
