import { graphql } from '../../api/graphql.ts';

export const HealthFacts = graphql(`
  fragment HealthFacts on Project {
    id
    account { id name }
    health {
      state
      computed
      revision
      viewerCanOverride
      reasons { code count days on task { id title } }
      override { health reason expiresOn by { id name } }
    }
  }
`);

export const OverrideHealth = graphql(
  `
  mutation ProjectHealthOverride($id: ID!, $input: ProjectHealthOverrideInput!) {
    projectHealthOverride(id: $id, input: $input) {
      project { id ...HealthFacts }
      userErrors { code message }
    }
  }
`,
  [HealthFacts],
);

export const ClearHealth = graphql(
  `
  mutation ProjectHealthOverrideClear($id: ID!, $input: ProjectHealthOverrideClearInput!) {
    projectHealthOverrideClear(id: $id, input: $input) {
      project { id ...HealthFacts }
      userErrors { code message }
    }
  }
`,
  [HealthFacts],
);
