import { graphql } from '../../api/graphql.ts';
import { ProjectEditable } from './editable.ts';

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
