import { graphql } from '../../../api/graphql.ts';

export const PersonRow = graphql(`
  fragment PersonRow on Person {
    id name role isStaff email lastSeenAt
    viewerCan { giveRoles remove viewAs }
  }
`);

export const InvitationRow = graphql(`
  fragment InvitationRow on Invitation { id email name role sentAt isExpired }
`);

export const PeopleQuery = graphql(
  `
  query People($after: String) {
    company {
      name
      invitableRoles
      invitablePartnerRoles
      people { ...PersonRow }
      partners { ...PersonRow attachedTo { id name account { id name } } }
      invitations { ...InvitationRow }
      partnerInvitations { ...InvitationRow }
    }
    accounts(first: 20, after: $after) {
      nodes {
        id name invitableRoles
        people { ...PersonRow }
        invitations { ...InvitationRow }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [PersonRow, InvitationRow],
);
