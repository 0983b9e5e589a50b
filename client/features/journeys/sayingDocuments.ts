import { graphql } from '../../api/graphql.ts';
import { journeyFragment, partsFragment } from './documents.ts';

export const commentMutation = graphql(
  `
    mutation JourneyComment($id: ID!, $input: JourneyCommentInput!, $after: Int!) {
      journeyComment(id: $id, input: $input) {
        journey {
          ...MapHead
          parts(after: $after) {
            ...MapParts
          }
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  [journeyFragment, partsFragment],
);

export const commentUpdateMutation = graphql(
  `
    mutation JourneyCommentUpdate($commentId: ID!, $input: JourneyCommentUpdateInput!, $after: Int!) {
      journeyCommentUpdate(commentId: $commentId, input: $input) {
        journey {
          ...MapHead
          parts(after: $after) {
            ...MapParts
          }
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  [journeyFragment, partsFragment],
);

export const representMutation = graphql(
  `
    mutation JourneyRepresent($id: ID!, $input: JourneyRepresentInput!, $after: Int!) {
      journeyRepresent(id: $id, input: $input) {
        journey {
          ...MapHead
          parts(after: $after) {
            ...MapParts
          }
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  [journeyFragment, partsFragment],
);

export const signMutation = graphql(
  `
    mutation JourneySign($id: ID!, $departmentId: ID!, $isOn: Boolean!, $after: Int!) {
      journeySign(id: $id, departmentId: $departmentId, isOn: $isOn) {
        journey {
          ...MapHead
          parts(after: $after) {
            ...MapParts
          }
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  [journeyFragment, partsFragment],
);
