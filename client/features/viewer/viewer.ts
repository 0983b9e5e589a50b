import type { ApolloClient } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '../../api/graphql.ts';
import { brandFragment } from './brand.ts';

export const ViewerQuery = graphql(
  `
  query Viewer {
    viewer {
      person { id name isStaff role accountName timeZone }
      isStaff
      account { id name }
      company { name ...Brand_company }
      viewedBy { id name }
      viewerCan {
        seePeople invitePeople editCompany readAudit createProjects readTemplates editTemplates readJourneys editJourneys
        readOverview exportOverview createTokens createAppTokens
      }
      landsOn
      maxUploadBytes
      maxCommentCharacters
    }
  }
`,
  [brandFragment],
);

export type Viewer = NonNullable<ResultOf<typeof ViewerQuery>['viewer']>;

/** Who is signed in; null when nobody is. Asks the server once, then the cache, unless `isFresh` is wanted. */
export async function loadViewer(client: ApolloClient, options?: { isFresh: boolean }): Promise<Viewer | null> {
  const { data } = await client.query({
    query: ViewerQuery,
    fetchPolicy: options?.isFresh ? 'network-only' : 'cache-first',
  });
  return data?.viewer ?? null;
}

/** The viewer, on pages that only a signed-in person reaches. */
export function useViewer(): Viewer {
  const { data } = useQuery(ViewerQuery);
  if (!data?.viewer) throw new Error('This page is behind the sign-in, which loads the viewer first.');
  return data.viewer;
}
