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
