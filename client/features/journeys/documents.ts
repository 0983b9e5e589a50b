import { graphql } from '../../api/graphql.ts';

export const partsFragment = graphql(`
  fragment MapParts on JourneyParts @_unmask {
    position
    removedIds
    stages {
      id
      revision
      rank
      name
    }
    departments {
      id
      revision
      rank
      name
      kind
    }
    goals {
      id
      revision
      rank
      departmentId
      kind
      name
      metric
      target
      itemIds
      touchpointIds
    }
    touchpoints {
      id
      revision
      rank
      stageId
      departmentIds
      initiatorId
      receiverId
      name
      channel
      objective
      tasks
      tools
      experience
    }
    items {
      id
      revision
      rank
      name
      ownerId
      sensitivity
      homeIds
      factKey
    }
    systems {
      id
      revision
      rank
      name
      kind
      ownerId
    }
    links {
      id
      revision
      rank
      fromId
      toId
      itemIds
    }
    flows {
      id
      revision
      rank
      touchpointId
      departmentId
      kind
      itemId
      systemId
      isAutomatic
      isAskedOfClient
      value
    }
    painPoints {
      id
      revision
      rank
      touchpointId
      text
      severity
      evidenceIds
      votes
      hasMyVote
    }
    personas {
      id
      revision
      rank
      name
      role
      about
      wants
    }
    interviews {
      id
      revision
      rank
      name
      role
      heldOn
      notes
      personaId
      touchpointIds
    }
    comments {
      id
      revision
      aboutId
      text
      author {
        id
        name
      }
      createdAt
      editedAt
      resolvedAt
      resolvedBy {
        id
        name
      }
    }
    representatives {
      id
      departmentId
      person {
        id
        name
      }
      signedAt
    }
    decisions {
      key
      revision
      decision
      sentence
      owner {
        id
        name
      }
      dueOn
      effect
      reason
      updatedAt
    }
  }
`);

export const journeyFragment = graphql(`
  fragment MapHead on Journey @_unmask {
    id
    revision
    name
    archivedAt
    drawnAt
    viewerCan {
      edit
      vote
      comment
    }
  }
`);

export const mapQuery = graphql(
  `
    query JourneyMap($id: ID!) {
      journey(id: $id) {
        ...MapHead
        parts {
          ...MapParts
        }
      }
    }
  `,
  [journeyFragment, partsFragment],
);

export const measuresQuery = graphql(`
  query JourneyMeasures {
    journeyMeasures {
      waits {
        name
        workingDays
        projectCount
      }
      rework {
        name
        rounds
        projectCount
      }
    }
  }
`);

export const mapSubscription = graphql(
  `
    subscription JourneyChanges($id: ID!, $after: Int) {
      journeyChanges(journeyId: $id, after: $after) {
        journey {
          ...MapHead
        }
        parts {
          ...MapParts
        }
      }
    }
  `,
  [journeyFragment, partsFragment],
);

export const editMutation = graphql(
  `
    mutation JourneyEdit($id: ID!, $input: JourneyEditInput!, $after: Int!) {
      journeyEdit(id: $id, input: $input) {
        journey {
          id
          parts(after: $after) {
            ...MapParts
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
  [partsFragment],
);

export const updateMutation = graphql(
  `
    mutation JourneyUpdate($id: ID!, $input: JourneyUpdateInput!) {
      journeyUpdate(id: $id, input: $input) {
        journey {
          ...MapHead
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  [journeyFragment],
);

export const decideMutation = graphql(
  `
    mutation JourneyGapDecide($id: ID!, $input: JourneyGapDecideInput!, $after: Int!) {
      journeyGapDecide(id: $id, input: $input) {
        journey {
          id
          parts(after: $after) {
            ...MapParts
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
  [partsFragment],
);

export const voteMutation = graphql(`
  mutation JourneyVote($painPointId: ID!, $isOn: Boolean!) {
    journeyVote(painPointId: $painPointId, isOn: $isOn) {
      userErrors {
        code
        message
      }
    }
  }
`);

export const presenceSubscription = graphql(`
  subscription JourneyPresence($id: ID!) {
    journeyPresence(journeyId: $id) {
      people {
        id
        name
        isStaff
      }
    }
  }
`);
