import { graphql, type ResultOf } from '../../api/graphql.ts';

export const WorkloadQuery = graphql(`
  query Workload {
    workload {
      cursor
      weeks { from to workingDays capacityMinutes }
      people {
        person { id name }
        undatedCount
        weeks { from plannedMinutes taskCount isOverFull }
      }
    }
  }
`);
type Answer = NonNullable<ResultOf<typeof WorkloadQuery>['workload']>;
export type Week = Answer['weeks'][number];
export type PersonWeeks = Answer['people'][number];
export type Cell = PersonWeeks['weeks'][number];

export const WeekTasksQuery = graphql(`
  query WorkloadTasks($personId: ID, $from: Date!, $first: Int!) {
    workloadTasks(personId: $personId, from: $from, first: $first) {
      nodes {
        minutes
        startOn
        finishOn
        task { id title isOverdue project { id account { id name } } }
      }
    }
  }
`);
