import { graphql } from '../../api/graphql.ts';

/** What of a project can be edited in place, with the right to it. */
export const ProjectEditable = graphql(`
  fragment ProjectEditable on Project {
    id
    revision
    name
    platform
    products
    signedOn
    targetOn
    pm { id name isStaff }
    account { id revision name website }
    staff { revenue { amountMinor currency } }
    viewerCan { edit editMoney assignPm }
  }
`);

export const ProjectEditMutation = graphql(
  `
    mutation ProjectEdit($id: ID!, $input: ProjectEditInput!) {
      projectEdit(id: $id, input: $input) {
        project { id ...ProjectEditable }
        userErrors { code message }
      }
    }
  `,
  [ProjectEditable],
);

export const ProjectNowQuery = graphql(
  `
    query ProjectNow($id: ID!) {
      project(id: $id) { id ...ProjectEditable }
    }
  `,
  [ProjectEditable],
);

export const AccountEditMutation = graphql(`
  mutation AccountEdit($id: ID!, $input: AccountEditInput!) {
    accountEdit(id: $id, input: $input) {
      account { id revision name website }
      userErrors { code message }
    }
  }
`);

export const PossiblePms = graphql(`
  query PossiblePms {
    possiblePms { id name }
  }
`);
