import { graphql } from '../../api/graphql.ts';
import { FirstLookShown, FirstLookStanding } from '../../features/firstLook/documents.ts';

export const FirstLookQuery = graphql(
  `
  query FirstLook($id: ID!) {
    project(id: $id) {
      id
      name
      position
      account { id name }
      firstLook {
        ...FirstLookShown
        ...FirstLookStanding
        viewerCan { suggest setDefaults }
      }
    }
  }
`,
  [FirstLookShown, FirstLookStanding],
);

export const SuggestMutation = graphql(`
  mutation FirstLookSuggest($id: ID!, $input: FirstLookSuggestInput!) {
    firstLookSuggest(id: $id, input: $input) {
      mock {
        settings { layout accent results synonyms boosts { field value factor } }
        suggestion { revision }
        defaults { revision }
      }
      userErrors { code field message }
    }
  }
`);

export const DefaultsSetMutation = graphql(`
  mutation FirstLookDefaultsSet($product: Product!, $input: FirstLookDefaultsSetInput!) {
    firstLookDefaultsSet(product: $product, input: $input) {
      defaults {
        revision
        values { layout accent results synonyms boosts { field value factor } }
      }
      userErrors { code field message }
    }
  }
`);
