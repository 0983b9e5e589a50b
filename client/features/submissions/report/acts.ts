import { graphql } from '../../../api/graphql.ts';
import { submissionPanelFragment } from '../documents.ts';

export const repairMutation = graphql(
  `
    mutation SubmissionRepair($id: ID!, $input: SubmissionRepairInput!) {
      submissionRepair(id: $id, input: $input) {
        task {
          ...SubmissionPanel_task
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);

export const recheckMutation = graphql(
  `
    mutation SubmissionRecheck($id: ID!, $input: SubmissionRecheckInput!) {
      submissionRecheck(id: $id, input: $input) {
        task {
          ...SubmissionPanel_task
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);

export const acceptMutation = graphql(
  `
    mutation SubmissionAccept($id: ID!, $input: SubmissionAcceptInput!) {
      submissionAccept(id: $id, input: $input) {
        task {
          ...SubmissionPanel_task
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);
