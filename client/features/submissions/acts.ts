import { graphql } from '../../api/graphql.ts';
import { formDraftFragment, submissionFragment, submissionPanelFragment } from './documents.ts';

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

export const formSubmitMutation = graphql(
  `
    mutation FormSubmit($input: FormSubmitInput!) {
      formSubmit(input: $input) {
        task {
          ...SubmissionPanel_task
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);

export const credentialsSubmitMutation = graphql(
  `
    mutation CredentialsSubmit($input: CredentialsSubmitInput!) {
      credentialsSubmit(input: $input) {
        task {
          ...SubmissionPanel_task
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);

export const credentialsWithdrawMutation = graphql(
  `
    mutation CredentialsWithdraw($id: ID!) {
      credentialsWithdraw(id: $id) {
        task {
          ...SubmissionPanel_task
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);

export const approvalGiveMutation = graphql(
  `
    mutation ApprovalGive($input: ApprovalGiveInput!) {
      approvalGive(input: $input) {
        task {
          ...SubmissionPanel_task
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);

export const meetingProposeMutation = graphql(
  `
    mutation MeetingPropose($input: MeetingProposeInput!) {
      meetingPropose(input: $input) {
        task {
          ...SubmissionPanel_task
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);

export const meetingConfirmMutation = graphql(
  `
    mutation MeetingConfirm($id: ID!, $input: MeetingConfirmInput!) {
      meetingConfirm(id: $id, input: $input) {
        task {
          ...SubmissionPanel_task
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);

export const meetingCancelMutation = graphql(
  `
    mutation MeetingCancel($id: ID!, $input: MeetingCancelInput!) {
      meetingCancel(id: $id, input: $input) {
        task {
          ...SubmissionPanel_task
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);

export const completeMutation = graphql(
  `
    mutation InputTaskComplete($id: ID!, $input: TaskCompleteInput!) {
      taskComplete(id: $id, input: $input) {
        task {
          ...SubmissionPanel_task
        }
        reopenable: task {
          id
          title
          revision
          viewerCan {
            reopen
          }
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);

export const reopenMutation = graphql(
  `
    mutation InputTaskReopen($id: ID!, $input: TaskReopenInput!) {
      taskReopen(id: $id, input: $input) {
        task {
          ...SubmissionPanel_task
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [submissionPanelFragment],
);

export const revealMutation = graphql(`
  mutation CredentialsReveal($id: ID!, $input: CredentialsRevealInput!) {
    credentialsReveal(id: $id, input: $input) {
      secret {
        value
        revealedUntil
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const draftSaveMutation = graphql(
  `
    mutation FormDraftSave($id: ID!, $input: FormDraftSaveInput!) {
      formDraftSave(id: $id, input: $input) {
        draft {
          ...FormDraft_part
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `,
  [formDraftFragment],
);

export const draftStream = graphql(
  `
    subscription FormDraftChanges($inputId: ID!) {
      formDraftChanges(inputId: $inputId) {
        ...FormDraft_part
      }
    }
  `,
  [formDraftFragment],
);

export const calendarQuery = graphql(`
  query MeetingCalendar($id: ID!) {
    node(id: $id) {
      id
      ... on Meeting {
        calendarUrl
      }
    }
  }
`);

export const earlierQuery = graphql(
  `
    query EarlierVersions($inputId: ID!, $after: String) {
      node(id: $inputId) {
        id
        ... on TaskInput {
          submissions(first: 10, after: $after) {
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
