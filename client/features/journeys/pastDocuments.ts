import { graphql } from '../../api/graphql.ts';
import { partsFragment } from './documents.ts';

export const historyQuery = graphql(`
  query JourneyHistory($id: ID!) {
    journey(id: $id) {
      id
      history {
        on
        touchpoints
        items
        homeInSlipway
        tools
      }
    }
  }
`);

export const pastQuery = graphql(
  `
    query JourneyPast($id: ID!, $on: Date!) {
      journey(id: $id) {
        id
        partsOn(on: $on) {
          ...MapParts
        }
      }
    }
  `,
  [partsFragment],
);
