import { graphql, type ResultOf } from '../../api/graphql.ts';

export const updatesQuery = graphql(`
  query TemplateUpdates($id: ID!) {
    project(id: $id) {
      id
      viewerCan { edit }
      questionsAvoided
      templateUpdates { fromVersion toVersion template { id name } }
    }
  }
`);

export const updateQuery = graphql(`
  query TemplateUpdate($projectId: ID!, $templateId: ID!) {
    templateUpdate(projectId: $projectId, templateId: $templateId) {
      fromVersion
      toVersion
      items { key part title phase keptBecause isEditedHere edits { field from to } }
    }
  }
`);

export const updateMutation = graphql(`
  mutation ProjectTemplateUpdate($id: ID!, $input: ProjectTemplateUpdateInput!) {
    projectTemplateUpdate(id: $id, input: $input) {
      project { id templateUpdates { fromVersion toVersion template { id name } } }
      userErrors { code message }
    }
  }
`);

export type Update = NonNullable<ResultOf<typeof updateQuery>['templateUpdate']>;
export type Item = Update['items'][number];
export type Head = NonNullable<ResultOf<typeof updatesQuery>['project']>['templateUpdates'][number];
