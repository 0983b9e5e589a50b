import { graphql, type ResultOf } from '../../../api/graphql.ts';

export const OtherAccountsQuery = graphql(`
  query OtherAccounts($text: String!) {
    accounts(first: 8, text: $text) {
      nodes { id name website staff { runningProjectCount } }
    }
  }
`);

export const MergePreviewQuery = graphql(`
  query MergePreview($intoId: ID!, $fromId: ID!) {
    accountMergePreview(intoId: $intoId, fromId: $fromId) {
      digest
      into { id name staff { calendar { workingDays holidays } } }
      from { id name staff { calendar { workingDays holidays } } }
      people { id name }
      intoPeople { id name }
      projects { id name }
      intoProjects { id name }
      facts { key value }
      conflicts {
        key
        into { value at }
        from { value at }
      }
      externalIds { system externalId }
      invitationCount
      tokenCount
    }
  }
`);
export type Preview = NonNullable<ResultOf<typeof MergePreviewQuery>['accountMergePreview']>;

export const AccountMergeMutation = graphql(`
  mutation AccountMerge($id: ID!, $input: AccountMergeInput!) {
    accountMerge(id: $id, input: $input) {
      account { id revision name }
      userErrors { code message }
    }
  }
`);
