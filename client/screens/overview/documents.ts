import { graphql } from '../../api/graphql.ts';
import { OverviewFigures } from './Figures.tsx';
import { OverviewRow } from './Integration.tsx';

/** A page of rows; larger ones would cost more than a request may. */
export const pageRows = 50;

/** So many cards stand in a column of the board; the rest is a press away, as a table. */
export const cardsOfColumn = 8;

export const OverviewQuery = graphql(
  `
  query Overview(
    $first: Int!
    $after: String
    $filter: IntegrationFilterInput
    $sort: IntegrationSortInput
    $groupBy: IntegrationGroupKey
    $perGroup: Int
  ) {
    overview { cursor ...OverviewFigures }
    integrations(first: $first, after: $after, filter: $filter, sort: $sort, groupBy: $groupBy, perGroup: $perGroup) {
      nodes { id ...OverviewRow }
      pageInfo { hasNextPage endCursor }
      totalCount
      groups { key count health court platform phase pm { id name } }
    }
  }
`,
  [OverviewFigures, OverviewRow],
);

/** Rows in the middle of the list, for whoever scrolls there. */
export const OverviewPageQuery = graphql(
  `
  query OverviewPage(
    $first: Int!
    $offset: Int!
    $filter: IntegrationFilterInput
    $sort: IntegrationSortInput
    $groupBy: IntegrationGroupKey
  ) {
    integrations(first: $first, offset: $offset, filter: $filter, sort: $sort, groupBy: $groupBy) {
      nodes { id ...OverviewRow }
    }
  }
`,
  [OverviewRow],
);

export const SavedViewLook = graphql(`
  fragment SavedViewLook on SavedView {
    id
    revision
    name
    isShared
    isDefault
    viewerCanEdit
    owner { id name }
    filter {
      states pmIds platforms products healths courts phase text targetFrom targetTo isMine hasReview
    }
    sort { by direction }
    groupBy
    layout
    zoom
    columns
  }
`);

export const ViewsQuery = graphql(
  `
  query OverviewViews {
    savedViews { id ...SavedViewLook }
    integrationOptions { pms { id name } phases hasMoney }
  }
`,
  [SavedViewLook],
);

export const CreateView = graphql(
  `
  mutation SavedViewCreate($input: SavedViewCreateInput!) {
    savedViewCreate(input: $input) {
      savedView { id ...SavedViewLook }
      userErrors { code field message }
    }
  }
`,
  [SavedViewLook],
);

export const UpdateView = graphql(
  `
  mutation SavedViewUpdate($id: ID!, $input: SavedViewUpdateInput!) {
    savedViewUpdate(id: $id, input: $input) {
      savedView { id ...SavedViewLook }
      userErrors { code field message }
    }
  }
`,
  [SavedViewLook],
);

export const DeleteView = graphql(`
  mutation SavedViewDelete($id: ID!, $input: SavedViewDeleteInput!) {
    savedViewDelete(id: $id, input: $input) {
      savedView { id revision name }
      userErrors { code field message }
    }
  }
`);

export const SetDefaultView = graphql(`
  mutation SavedViewSetDefault($id: ID) {
    savedViewSetDefault(id: $id) {
      savedView { id isDefault }
      userErrors { code field message }
    }
  }
`);
