import { graphql } from '../../../api/graphql.ts';
import { findingFragment, findingSampleFragment } from './documents.ts';

export const looksQuery = graphql(
  `
    query ReportLooks($id: ID!) {
      node(id: $id) {
        id
        ... on Submission {
          report {
            id
            looks {
              state
              wanted
              rows
              links
              images
              noLinks
              noImages
              findings {
                ...Finding_part
              }
            }
          }
        }
      }
    }
  `,
  [findingFragment],
);

export const lookSamplesQuery = graphql(
  `
    query ReportLookSamples($id: ID!) {
      node(id: $id) {
        id
        ... on Submission {
          report {
            id
            looks {
              findings {
                samples(first: 50) {
                  ...FindingSample_part
                }
              }
            }
          }
        }
      }
    }
  `,
  [findingSampleFragment],
);
