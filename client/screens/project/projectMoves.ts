import { graphql } from '../../api/graphql.ts';

/** The steps that a project can take, and what is asked before one is. */
export const ProjectMoves = graphql(`
  fragment ProjectMoves on Project {
    id
    revision
    state
    stateSince
    stateReason
    account { id name }
    viewerCan { moves }
  }
`);
