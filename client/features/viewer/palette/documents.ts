import { graphql, type ResultOf } from '../../../api/graphql.ts';

export const PaletteQuery = graphql(`
  query Palette($text: String!, $kinds: [SearchKind!]) {
    search(text: $text, kinds: $kinds, first: 20) {
      nodes {
        kind
        title
        excerpt { text isMatch }
        node { id }
        project { id name account { id name } }
        task { id title }
      }
    }
  }
`);

export type Hit = ResultOf<typeof PaletteQuery>['search']['nodes'][number];
