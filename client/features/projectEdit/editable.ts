import { graphql } from '../../api/graphql.ts';

/** What of a project can be edited in place, with the right to it. */
export const ProjectEditable = graphql(`
  fragment ProjectEditable on Project {
    id
    revision
    name
    platform
    products
    signedOn
    targetOn
    pm { id name isStaff }
    account { id revision name website }
    staff { revenue { amountMinor currency } }
    viewerCan { edit editMoney assignPm }
  }
`);
