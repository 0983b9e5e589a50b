import { graphql, type ResultOf } from '../../api/graphql.ts';

export const MyDayRowItem = graphql(`
  fragment MyDayRow_item on MyDayItem {
    key
    project { id name account { id name } }
    task { id title }
    whys {
      kind
      on
      since
      isOfNote
      isNobodys
      days
      actor { id name }
      inPlaceOf { id name }
      comment { id }
    }
  }
`);
export type Item = ResultOf<typeof MyDayRowItem>;
export type Why = Item['whys'][number];

/** Its name begins as those of the inbox do: what is read there is read here as well. */
export const MyDayQuery = graphql(
  `
  query InboxMyDay($first: Int!) {
    myDay {
      cursor
      count
      groups { urgency count items(first: $first) { key ...MyDayRow_item } }
    }
  }
`,
  [MyDayRowItem],
);
export type Group = NonNullable<ResultOf<typeof MyDayQuery>['myDay']>['groups'][number];
