import { graphql } from '../../../api/graphql.ts';

export const ListPlanQuery = graphql(`
  query ProjectListPlan($input: ProjectListInput!) {
    projectListPlan(input: $input) {
      columns { name field fact isDouble }
      rows {
        number
        state
        problems { code field message }
        accountName
        account { id }
        platform
        products
        templates { id name }
        pm { id name }
        targetOn
        factCount
        contact { email }
        project { id name }
        sameAs
      }
    }
  }
`);

export const RowMutation = graphql(`
  mutation ProjectCreateFromRow($input: ProjectCreateFromRowInput!) {
    projectCreateFromRow(input: $input) {
      project { id name }
      isMade
      invited
      notInvited { message }
      userErrors { code field message }
    }
  }
`);
