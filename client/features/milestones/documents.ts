import { graphql, type ResultOf } from '../../api/graphql.ts';

export const MilestonesQuery = graphql(`
  query Milestones($id: ID!) {
    project(id: $id) {
      id
      milestones {
        id
        isReached
        reachedAt
        digest
        phase { id name milestone }
        signOff {
          number
          at
          note
          isOutdated
          by { id name }
          changes { signedVersion currentVersion signedState currentState task { id title } }
        }
        myRating { score words answeredAt }
        ratings { score words answeredAt by { id name } task { id title } }
        figures { asked answered average }
        viewerCan { signOff rate }
      }
    }
  }
`);

export const SignOffMutation = graphql(`
  mutation MilestoneSignOff($id: ID!, $input: MilestoneSignOffInput!) {
    milestoneSignOff(id: $id, input: $input) { userErrors { code message } }
  }
`);
export const RateMutation = graphql(`
  mutation MilestoneRate($id: ID!, $input: MilestoneRateInput!) {
    milestoneRate(id: $id, input: $input) { userErrors { code message } }
  }
`);

export type Milestone = NonNullable<ResultOf<typeof MilestonesQuery>['project']>['milestones'][number];
export type SignOff = NonNullable<Milestone['signOff']>;
