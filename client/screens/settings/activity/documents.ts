import { graphql, type ResultOf } from '../../../api/graphql.ts';

export const AuditQuery = graphql(`
  query Audit($filter: AuditFilter, $after: String) {
    audit(filter: $filter, first: 50, after: $after) {
      edges {
        cursor
        node {
          kind
          at
          subjectId
          isInternal
          actor { id name isStaff }
          project { id name account { id name } }
          task { id title }
          node {
            id
            ... on Person { name }
            ... on Account { name }
          }
          facts { from to version repairs repairOf dueOn promisedOn isForLead standing reason assignee { id name } }
          edits { field before after }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const AuditActorsQuery = graphql(`
  query AuditActors {
    auditActors { id name }
  }
`);

/** As many as one page holds: any other client is chosen on its own page. */
export const AuditAccountsQuery = graphql(`
  query AuditAccounts {
    accounts(first: 100) {
      nodes { id name }
      pageInfo { hasNextPage }
    }
  }
`);

/** The client whose entries are asked for alone. */
export const AuditAccountQuery = graphql(`
  query AuditAccount($id: ID!) {
    account(id: $id) { id name }
  }
`);

export type AuditEntry = ResultOf<typeof AuditQuery>['audit']['edges'][number];
