import { graphql, type ResultOf, type VariablesOf } from '../../api/graphql.ts';

export const PlanPreviewQuery = graphql(`
  query PlanPreview($projectId: ID!, $change: PlanChangeInput!) {
    planPreview(projectId: $projectId, change: $change) {
      moves { fromOn toOn task { id title } }
      before { p50On p80On }
      after { p50On p80On }
      conflicts { code on task { id title } predecessor { id title } path { id title } }
      others { project { id name } person { id name } }
    }
  }
`);
export type PlanChange = VariablesOf<typeof PlanPreviewQuery>['change'];
export type PlanConflict = ResultOf<typeof PlanPreviewQuery>['planPreview']['conflicts'][number];

export const ForecastQuery = graphql(`
  query ProjectForecast($id: ID!) {
    project(id: $id) { id forecastOn forecast { p50On p80On } }
  }
`);

export const PlanQuery = graphql(`
  query ProjectSchedule($id: ID!) {
    project(id: $id) {
      id
      schedule {
        goLiveOn
        conflicts { code on task { id title } predecessor { id title } path { id title } }
      }
      tasks { id title state schedule { startOn finishOn slackDays isCritical } }
    }
  }
`);

export const ReplanMutation = graphql(`
  mutation ProjectReplan($id: ID!, $input: ProjectReplanInput!) {
    projectReplan(id: $id, input: $input) {
      moved { from task { id dueOn isOverdue } }
      project { id }
      userErrors { code message }
    }
  }
`);
