import { graphql } from '../../../api/graphql.ts';

/** What must be known of the check that counts to hand in another and to see that it moved; its panel asks the rest. */
export const checkHeadFragment = graphql(`
  fragment Check_head on Check {
    id
    subject
    pages {
      url
      type
    }
    standing
    isRunning
    isEnded
    hasSecret
    lastRun {
      id
      result
    }
  }
`);

export const checkQuery = graphql(`
  query SubmissionCheck($id: ID!) {
    node(id: $id) {
      id
      ... on Submission {
        check {
          id
          of
          subject
          pages {
            url
            type
          }
          standing
          standingSince
          isRunning
          isEnded
          lastAt
          nextAt
          everyMinutes
          hasPassed
          hasSecret
          appeared {
            rule
            title
          }
          mended {
            rule
            title
          }
          lastRun {
            id
            at
            result
            isRendered
            findingCount
            findings {
              rule
              severity
              title
              message
              count
              sourceName
              sourceUrl
              marks(first: 20) {
                at
                expected
                found
                fix
                message
              }
            }
          }
          runs(first: 12) {
            nodes {
              id
              at
              result
              findingCount
              tookMs
            }
          }
          viewerCan {
            checkAgain
          }
        }
      }
    }
  }
`);

export const checkAgainMutation = graphql(`
  mutation CheckAgain($id: ID!, $input: CheckAgainInput!) {
    checkAgain(id: $id, input: $input) {
      submission {
        id
        state
        check {
          id
          isRunning
          nextAt
        }
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const checkCreateMutation = graphql(`
  mutation CheckCreate($input: SubmissionCreateInput!) {
    submissionCreate(input: $input) {
      submission {
        id
      }
      secret
      userErrors {
        code
        field
        message
      }
    }
  }
`);
