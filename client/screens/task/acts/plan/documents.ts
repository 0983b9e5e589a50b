import { graphql } from '../../../../api/graphql.ts';

export const TaskPlanQuery = graphql(`
  query TaskPlan($id: ID!) {
    task(id: $id) { id schedule { startOn finishOn slackDays isCritical baselineOn } }
  }
`);
