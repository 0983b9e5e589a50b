import { graphql, type ResultOf } from '../../api/graphql.ts';

export const AccountsQuery = graphql(`
  query Accounts($text: String, $after: String) {
    accounts(first: 50, after: $after, text: $text) {
      nodes {
        id
        name
        website
        people { id }
        staff { runningProjectCount }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
export type AccountLine = ResultOf<typeof AccountsQuery>['accounts']['nodes'][number];

export const AccountQuery = graphql(`
  query Account($id: ID!) {
    account(id: $id) {
      id
      revision
      name
      website
      people { id name role lastSeenAt }
      externalIds { system externalId }
      viewerCan { edit merge }
      staff {
        createdAt
        runningProjectCount
        merged { name mergedAt }
        projects { id name state products targetOn pm { id name } }
        calendar { workingDays holidays }
        facts { key value source at }
      }
    }
  }
`);
export type AccountShown = NonNullable<ResultOf<typeof AccountQuery>['account']>;
export type StaffShown = NonNullable<AccountShown['staff']>;

export const AccountHistoryQuery = graphql(`
  query AccountHistory($id: ID!, $after: String) {
    account(id: $id) {
      id
      staff {
        changes(first: 20, after: $after) {
          edges {
            cursor
            node {
              kind
              at
              actor { id name isStaff }
              project { id name }
              task { id title }
              node {
                id
                ... on Person { name }
                ... on Account { name }
              }
              facts { from to version repairs repairOf dueOn promisedOn isForLead standing reason assignee { id name } }
            }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`);
export type Happened = NonNullable<
  NonNullable<ResultOf<typeof AccountHistoryQuery>['account']>['staff']
>['changes']['edges'][number]['node'];

export const AccountFilesQuery = graphql(`
  query AccountFiles($id: ID!, $after: String) {
    account(id: $id) {
      id
      staff {
        files(first: 8, after: $after) {
          nodes {
            createdAt
            file { id name sizeBytes }
            task { id title project { id name } }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`);

export const AccountNotesQuery = graphql(`
  query AccountNotes($id: ID!, $after: String) {
    account(id: $id) {
      id
      staff {
        notes(first: 8, after: $after) {
          nodes {
            createdAt
            note { id audience }
            task { id title project { id name } }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`);

export const AccountRenameMutation = graphql(`
  mutation AccountRename($id: ID!, $input: AccountEditInput!) {
    accountEdit(id: $id, input: $input) {
      account { id revision name website }
      userErrors { code message }
    }
  }
`);

export const KnownFactSetMutation = graphql(`
  mutation KnownFactSet($id: ID!, $input: AccountFactSetInput!) {
    accountFactSet(id: $id, input: $input) {
      account { id revision staff { facts { key value source at } } }
      userErrors { code message }
    }
  }
`);

export const AccountCalendarSetMutation = graphql(`
  mutation AccountCalendarSet($id: ID!, $input: AccountCalendarSetInput!) {
    accountCalendarSet(id: $id, input: $input) {
      account { id revision staff { calendar { workingDays holidays } } }
      userErrors { code message }
    }
  }
`);

export const ExternalIdSetMutation = graphql(`
  mutation ExternalIdSet($id: ID!, $input: AccountExternalIdSetInput!) {
    accountExternalIdSet(id: $id, input: $input) {
      account { id revision externalIds { system externalId } }
      userErrors { code field message }
    }
  }
`);

export const ExternalIdRemoveMutation = graphql(`
  mutation ExternalIdRemove($id: ID!, $input: AccountExternalIdRemoveInput!) {
    accountExternalIdRemove(id: $id, input: $input) {
      account { id revision externalIds { system externalId } }
      userErrors { code message }
    }
  }
`);
