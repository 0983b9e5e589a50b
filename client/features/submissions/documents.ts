import { graphql } from '../../api/graphql.ts';
import { checkHeadFragment } from './check/documents.ts';

export const formAnswerFragment = graphql(`
  fragment FormAnswer_part on FormAnswer {
    question
    label
    text
    number
    date
    isYes
    options {
      key
      label
    }
  }
`);

export const submissionFragment = graphql(
  `
    fragment Submission_version on Submission {
      id
      version
      kind
      state
      url
      isOnBehalf
      finishedAt
      withdrawnAt
      repairs
      repairOf {
        version
      }
      file {
        id
        name
        sizeBytes
      }
      submittedBy {
        id
        name
      }
      report {
        id
        state
        verdict
        finishedAt
      }
      check {
        id
        of
        subject
      }
      acceptance {
        reason
        at
        by {
          name
        }
      }
      viewerCan {
        accept
        recheck
        repair
      }
      answers {
        ...FormAnswer_part
      }
      approval {
        decision
        reason
        isOutdated
        inPlaceOf {
          name
        }
        ofSubmission {
          version
        }
      }
      review {
        outcome
        reason
        at
        by {
          name
        }
        inPlaceOf {
          name
        }
      }
    }
  `,
  [formAnswerFragment],
);

export const meetingFragment = graphql(`
  fragment Meeting_part on Meeting {
    id
    revision
    state
    startsAt
    clientTimeZone
    companyTimeZone
    proposedTimes {
      startsAt
    }
    proposedBy {
      id
      name
    }
    confirmedBy {
      id
      name
    }
  }
`);

export const formDraftFragment = graphql(`
  fragment FormDraft_part on FormDraft {
    inputId
    savedAt
    savedBy {
      id
      name
    }
    answers {
      question
      text
      number
      date
      isYes
      options {
        key
      }
    }
  }
`);

export const inputFragment = graphql(
  `
    fragment TaskInput_part on TaskInput {
      id
      kind
      label
      isRequired
      isRedoWanted
      acceptedExtensions
      check {
        rules
        table
        profile
        threshold
        declared {
          key
          value
        }
      }
      wanted {
        of
        everyMinutes
        records {
          type
          name
          value
        }
        pageTypes
        contentTypes
        use
        platform
        scopes
      }
      minutes
      questions {
        key
        label
        help
        kind
        isRequired
        min
        max
        maxCharacters
        known { value from at }
        options {
          key
          label
        }
        when {
          question
          is
        }
      }
      draft {
        ...FormDraft_part
      }
      fields {
        key
        label
        isSecret
        isRequired
        isSet
      }
      subject {
        statement
        isOwnText
        task {
          id
          title
        }
        submission {
          id
          version
        }
      }
      meeting {
        ...Meeting_part
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
      arriving {
        id
        file {
          id
          name
          sizeBytes
        }
        submittedBy {
          id
          name
        }
      }
      current {
        id
        check {
          ...Check_head
        }
      }
      submissions(first: 4) {
        nodes {
          ...Submission_version
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      viewerCan {
        submit
        approve
        reveal
        withdraw
        arrange
        confirm
      }
    }
  `,
  [checkHeadFragment, formDraftFragment, meetingFragment, submissionFragment],
);

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
      project {
        id
        state
        account {
          id
          name
        }
      }
      awaited {
        id
        name
      }
      viewerCan {
        start
        submit
        complete
        approve
        requestChanges
      }
      inputs {
        ...TaskInput_part
      }
    }
  `,
  [inputFragment],
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
