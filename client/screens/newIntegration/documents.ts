import { graphql } from '../../api/graphql.ts';

export const AccountsFound = graphql(`
  query AccountsFound($text: String!) {
    accountsFound(text: $text, first: 6) {
      account { id name website timeZone }
      platform
      projectCount
    }
  }
`);

export const PlanQuery = graphql(`
  query ProjectPlan($input: ProjectPlanInput!) {
    projectPlan(input: $input) {
      offered { template { id key name platform products } isFitting isChosen }
      uncoveredProducts
      name
      targetOn
      phases { key name milestone taskCount dueOn }
      taskCount
      possibleTaskCount
      missingFacts
      handOver { key label help isLong task known }
      currency
    }
  }
`);

export const CreateMutation = graphql(`
  mutation ProjectCreate($input: ProjectCreateInput!) {
    projectCreate(input: $input) {
      project { id account { id } }
      userErrors { code field message }
    }
  }
`);

export const InviteMutation = graphql(`
  mutation InviteToProject($input: PersonInviteInput!) {
    personInvite(input: $input) {
      userErrors { code message }
    }
  }
`);

export const PmsQuery = graphql(`
  query PmsForProject {
    possiblePms { id name }
  }
`);
