import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../api/graphql.ts';
import { EmptyState, ErrorState } from '../../../components/Notice.tsx';
import { Page } from '../../../components/Page.tsx';
import { Skeletons } from '../../../components/Skeletons.tsx';
import { useViewer } from '../../../features/viewer/viewer.ts';
import { PeopleQuery } from './fragments.ts';
import { Partners } from './Partners.tsx';
import styles from './People.module.css';
import { PeopleGroup } from './PeopleGroup.tsx';

type Data = ResultOf<typeof PeopleQuery>;

/** How often the list is asked for anew while it is looked at: people of an account are told of no stream. */
const freshMs = 20_000;

/** Who is here: for staff everybody, by account; for a client who looks after their account, its people. */
export function PeopleScreen() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { data, error, refetch, fetchMore } = useQuery(PeopleQuery, {
    fetchPolicy: 'cache-and-network',
    pollInterval: freshMs,
    skipPollAttempt: () => document.hidden,
  });
  const again = () => void refetch();
  return (
    <Page title={t('settings.people.title')} company={viewer.company.name}>
      <div className={styles.groups}>
        {!data && !error && <Skeletons rows={6} />}
        {!data && error && <ErrorState onRetry={again} />}
        {data && viewer.isStaff && <Company data={data} onChanged={again} />}
        {data && <Accounts data={data} onChanged={again} />}
        {data?.accounts.pageInfo.hasNextPage && (
          <Button
            variant="default"
            onClick={() =>
              fetchMore({
                variables: { after: data.accounts.pageInfo.endCursor },
                updateQuery: (had, { fetchMoreResult: more }) => ({
                  ...more,
                  accounts: { ...more.accounts, nodes: [...had.accounts.nodes, ...more.accounts.nodes] },
                }),
              })
            }
          >
            {t('settings.people.more')}
          </Button>
        )}
      </div>
    </Page>
  );
}

type PartProps = { data: Data; onChanged: () => void };

function Company({ data, onChanged }: PartProps) {
  const { t } = useTranslation();
  const { company } = data;
  return (
    <>
      <PeopleGroup
        place={{ kind: 'company', name: company.name }}
        title={t('settings.people.companyTitle', { company: company.name })}
        people={company.people}
        invitations={company.invitations}
        roles={company.invitableRoles}
        onChanged={onChanged}
      />
      <Partners
        partners={company.partners}
        invitations={company.partnerInvitations}
        roles={company.invitablePartnerRoles}
        onChanged={onChanged}
      />
    </>
  );
}

function Accounts({ data, onChanged }: PartProps) {
  const { t } = useTranslation();
  const { nodes } = data.accounts;
  if (nodes.length === 0) return <EmptyState text={t('settings.people.noAccounts')} />;
  return nodes.map((account) => (
    <PeopleGroup
      key={account.id}
      place={{ kind: 'account', id: account.id, name: account.name }}
      title={account.name}
      empty={t('settings.people.accountEmpty', { account: account.name })}
      people={account.people}
      invitations={account.invitations}
      roles={account.invitableRoles}
      onChanged={onChanged}
    />
  ));
}
