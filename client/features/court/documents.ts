import { type EnumOf, graphql, type ResultOf } from '../../api/graphql.ts';

export type Court = EnumOf<'Court'>;

export const CourtBarQuery = graphql(`
  query CourtBar($id: ID!) {
    project(id: $id) {
      id
      courtLedger {
        idleMinutes
        minutesPerDay
        shares { court minutes }
      }
    }
  }
`);
type CourtBarProject = NonNullable<ResultOf<typeof CourtBarQuery>['project']>;
export type CourtBarLedger = NonNullable<CourtBarProject['courtLedger']>;

export const CourtDetailsQuery = graphql(`
  query CourtDetails($id: ID!, $withInternal: Boolean!) {
    project(id: $id) {
      id
      counted: courtLedger(withInternal: $withInternal) {
        since
        idleMinutes
        minutesPerDay
        shares { court minutes answerHours answers answersInTime daysKept daysMissed }
        turns(first: 12) { nodes { court from to minutes task { id title } } }
      }
    }
  }
`);
type CourtDetailsProject = NonNullable<ResultOf<typeof CourtDetailsQuery>['project']>;
export type CourtDetailsLedger = NonNullable<CourtDetailsProject['counted']>;

/** Each page is asked for by its own cursor, and joined to those before it by the part that shows them. */
export const CourtPromisesQuery = graphql(`
  query CourtPromises($id: ID!, $after: String) {
    project(id: $id) {
      id
      promises(first: 10, after: $after) {
        edges { cursor node { on side at result endedOn daysOver by { id name } task { id title } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);
type CourtPromises = NonNullable<ResultOf<typeof CourtPromisesQuery>['project']>['promises'];
export type PromiseTold = CourtPromises['edges'][number]['node'];
