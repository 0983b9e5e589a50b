import { graphql, type ResultOf } from '../../../api/graphql.ts';

export const CompanySettingsQuery = graphql(`
  query CompanySettings {
    companySettings {
      revision name timeZone currency accentColor senderName replyTo workingDays opensAt closesAt holidays
      clientAnswerHours companyAnswerHours
    }
    company { name logoUrl }
  }
`);

export const companyEditMutation = graphql(`
  mutation CompanyEdit($input: CompanyEditInput!) {
    companyEdit(input: $input) {
      settings {
        revision name timeZone currency accentColor senderName replyTo workingDays opensAt closesAt holidays
        clientAnswerHours companyAnswerHours
      }
      userErrors { code field message }
    }
  }
`);

export type Settings = NonNullable<ResultOf<typeof CompanySettingsQuery>['companySettings']>;
