import { graphql } from '../../../api/graphql.ts';

/** What a line of the timeline tells of an integration. */
export const TimelineRow = graphql(`
  fragment TimelineRow on Project {
    id
    name
    state
    account { id name }
    targetOn
    wentLiveAt
    forecast { p50On }
    phases { id name progress { done total } days { startOn finishOn } }
  }
`);

export const TimelinePageQuery = graphql(
  `
  query TimelinePage(
    $first: Int!
    $offset: Int!
    $filter: IntegrationFilterInput
    $sort: IntegrationSortInput
    $groupBy: IntegrationGroupKey
  ) {
    integrations(first: $first, offset: $offset, filter: $filter, sort: $sort, groupBy: $groupBy) {
      nodes { id ...TimelineRow }
    }
  }
`,
  [TimelineRow],
);
