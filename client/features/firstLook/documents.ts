import { graphql } from '../../api/graphql.ts';

/** What a frame is filled with. */
export const FirstLookShown = graphql(`
  fragment FirstLookShown on FirstLook {
    run
    hasOrders
    brand { name accent ground hasLogo }
    mocks {
      product
      kind
      settings { layout accent results synonyms boosts { field value factor } }
      suggestion { revision at by { id name } }
      defaults { revision values { layout results } }
    }
  }
`);

/** How far it is, in what the card and the screen say of it. */
export const FirstLookStanding = graphql(`
  fragment FirstLookStanding on FirstLook {
    state
    isBuilding
    source
    total
    usable
    shown
    isSampled
    problem
    builtAt
    submission { id task { id } }
    passedOver { reason total usable at submission { id task { id } } }
  }
`);

/** The tasks that ask for a feed, as far as the next step says something of it. */
export const FeedTask = graphql(`
  fragment FeedTask on Task {
    id
    title
    state
    inputs {
      id
      check { rules }
      arriving { id file { id name } }
      current { id submissionState: state file { id name } report { id verdict rows valid } }
    }
  }
`);

export const FirstLookCardQuery = graphql(
  `
  query FirstLookCard($id: ID!) {
    project(id: $id) {
      id
      firstLook {
        ...FirstLookStanding
        run
        mocks { product kind }
        viewerCan { suggest }
      }
      tasks { id ...FeedTask }
    }
  }
`,
  [FirstLookStanding, FeedTask],
);

/** The project comes back with it, so that the card says at once that it is being made. */
export const FirstLookRetryMutation = graphql(
  `
  mutation FirstLookRetry($id: ID!) {
    firstLookRetry(id: $id) {
      project { id firstLook { ...FirstLookStanding } }
      userErrors { message }
    }
  }
`,
  [FirstLookStanding],
);
