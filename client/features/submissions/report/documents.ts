import { graphql } from '../../../api/graphql.ts';

export const findingSampleFragment = graphql(`
  fragment FindingSample_part on FindingSample {
    row
    line
    column
    value
    message
    fixed
  }
`);

export const findingFragment = graphql(
  `
    fragment Finding_part on Finding {
      rule
      severity
      scope
      column
      title
      message
      sourceName
      sourceUrl
      count
      fixable
      sampleCount
      samples(first: 2) {
        ...FindingSample_part
      }
    }
  `,
  [findingSampleFragment],
);

export const reportQuery = graphql(
  `
    query SubmissionReport($id: ID!, $from: Int!) {
      node(id: $id) {
        id
        ... on Submission {
          version
          repairOf {
            version
          }
          report {
            id
            state
            rules
            verdict
            isReadable
            rows
            valid
            threshold
            errors
            warnings
            asks
            declared {
              key
              value
            }
            findingCount
            repairedUrl
            findings(first: 100, from: $from) {
              ...Finding_part
            }
            delta {
              version
              before
              after
              fixed
              new
              still
            }
            sameAs {
              id
              version
            }
            file {
              format
              encoding
              compression
              platform
            }
            columnCount
            columns(first: 100) {
              source
              column
              how
            }
            knownColumns {
              name
              title
              isRequired
            }
          }
        }
      }
    }
  `,
  [findingFragment],
);

export const samplesQuery = graphql(
  `
    query FindingSamples($id: ID!, $at: Int!) {
      node(id: $id) {
        id
        ... on Submission {
          report {
            id
            findings(first: 1, from: $at) {
              rule
              column
              samples(first: 100) {
                ...FindingSample_part
              }
            }
          }
        }
      }
    }
  `,
  [findingSampleFragment],
);

export const madeLinksQuery = graphql(`
  query MadeLinks($id: ID!) {
    node(id: $id) {
      id
      ... on Submission {
        report {
          id
          findingsUrl
          repairedUrl
        }
      }
    }
  }
`);

export const repairPreviewQuery = graphql(`
  query RepairPreview($input: RepairPreviewInput!) {
    repairPreview(input: $input) {
      changes
      fixes {
        rule
        column
        changes
      }
      pairs {
        row
        column
        rule
        before
        after
      }
    }
  }
`);

export const progressStream = graphql(
  `
    subscription ValidationProgress($submissionId: ID!) {
      validationProgress(submissionId: $submissionId) {
        submissionId
        state
        verdict
        bytes
        sizeBytes
        rows
        errors
        warnings
        findingCount
        findings {
          ...Finding_part
        }
      }
    }
  `,
  [findingFragment],
);
