import { graphql } from '../../api/graphql.ts';

export const submissionFragment = graphql(`
  fragment Submission_version on Submission {
    id
    version
    kind
    state
    url
    isOnBehalf
    finishedAt
    file {
      id
      name
      sizeBytes
    }
    submittedBy {
      id
      name
      isStaff
    }
    review {
      outcome
      reason
      at
      by {
        id
        name
      }
    }
  }
`);

export const submissionPanelFragment = graphql(
  `
    fragment SubmissionPanel_task on Task {
      id
      revision
      state
      stateSince
      court
      side
      type
      visibility
      acceptedExtensions
      viewerCan {
        start
        submit
        approve
        requestChanges
      }
      pendingUpload {
        id
        uploadUrl
        file {
          id
          name
          sizeBytes
        }
      }
      latestSubmission {
        ...Submission_version
      }
      submissions(first: 20) {
        nodes {
          ...Submission_version
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [submissionFragment],
);

export const submissionViewerFragment = graphql(`
  fragment SubmissionPanel_viewer on Viewer {
    isStaff
    maxUploadBytes
    person {
      id
    }
    company {
      name
    }
  }
`);

export const createMutation = graphql(`
  mutation SubmissionCreate($input: SubmissionCreateInput!) {
    submissionCreate(input: $input) {
      submission {
        id
        uploadUrl
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const finishMutation = graphql(
  `
    mutation SubmissionFinish($id: ID!, $input: SubmissionFinishInput!) {
      submissionFinish(id: $id, input: $input) {
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

export const approveMutation = graphql(
  `
    mutation TaskApprove($id: ID!, $input: TaskApproveInput!) {
      taskApprove(id: $id, input: $input) {
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

export const requestChangesMutation = graphql(
  `
    mutation TaskRequestChanges($id: ID!, $input: TaskRequestChangesInput!) {
      taskRequestChanges(id: $id, input: $input) {
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

export const earlierQuery = graphql(
  `
    query EarlierSubmissions($taskId: ID!, $after: String) {
      task(id: $taskId) {
        id
        submissions(first: 20, after: $after) {
          nodes {
            ...Submission_version
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [submissionFragment],
);

export const downloadQuery = graphql(`
  query FileDownload($id: ID!) {
    node(id: $id) {
      id
      ... on File {
        downloadUrl
      }
    }
  }
`);

/** The revision that the person sees now. */
export const revisionFragment = graphql(`
  fragment SubmissionRevision on Task {
    revision
  }
`);
