import { graphql } from '../../../api/graphql.ts';
import { taskActsFragment } from '../acts/documents.ts';

export const candidatesQuery = graphql('query DelegationCandidates { delegationCandidates { id name role } }');

export const delegateMutation = graphql(
  `mutation ApprovalDelegate($input: ApprovalDelegateInput!) {
    act: approvalDelegate(input: $input) {
      delegation { id task { ...TaskActs_task } } userErrors { code field message }
    }
  }`,
  [taskActsFragment],
);
export const delegationEndMutation = graphql(
  `mutation DelegationEnd($id: ID!) {
    act: delegationEnd(id: $id) { delegation { id task { ...TaskActs_task } } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
