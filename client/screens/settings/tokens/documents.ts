import { graphql, type ResultOf } from '../../../api/graphql.ts';

export const TokenRow = graphql(`
  fragment TokenRow on ApiToken @_unmask {
    id name prefix isApp isExpired scopes createdAt expiresAt lastUsedAt revokedAt
    person { id name }
    accounts { id name }
    projects { id name account { id name } }
    viewerCan { revoke }
  }
`);
export type Token = ResultOf<typeof TokenRow>;

export const TokensQuery = graphql(
  `
    query Tokens {
      tokens(first: 100) { nodes { ...TokenRow } }
      viewer { appRoles }
      projects(first: 100) { nodes { id name account { id name } } }
    }
  `,
  [TokenRow],
);

export const tokenCreateMutation = graphql(
  `
    mutation TokenCreate($input: TokenCreateInput!) {
      tokenCreate(input: $input) {
        token { ...TokenRow }
        secret
        userErrors { code field message }
      }
    }
  `,
  [TokenRow],
);

export const tokenRevokeMutation = graphql(`
  mutation TokenRevoke($id: ID!) {
    tokenRevoke(id: $id) { token { id revokedAt } userErrors { code message } }
  }
`);
