/** What every subscriber of the bench asks for, of us and of the peer: who did what to which thing. */
export const followed = `subscription Followed($projectId: ID!, $after: Int) {
  changes(projectId: $projectId, after: $after) {
    __typename
    ... on Change {
      position
      kind
      at
      actor { id name }
      node { __typename id ... on Comment { text createdAt author { id name } task { id title state } } }
    }
    ... on CaughtUp { position }
    ... on Heartbeat { position }
    ... on Reload { reason position }
  }
}`;

/** The length of the comments that are written; the peer's are as long. */
export const commentText = (number: number) =>
  `${number} ${'What the shop answered, in about as many words as people write. '.repeat(3)}`;
