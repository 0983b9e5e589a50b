import { graphql } from '../../api/graphql.ts';

/** How the company looks: its mark, and its colour in both themes. */
export const brandFragment = graphql(`
  fragment Brand_company on Company @_unmask {
    logoUrl
    accent {
      light { accent accentHover onAccent accentText accentLine accentSurface accentSurfaceHover }
      dark { accent accentHover onAccent accentText accentLine accentSurface accentSurfaceHover }
    }
  }
`);
