import { type FragmentOf, graphql, type ResultOf, readFragment } from '../../api/graphql.ts';

const updatesFragment = graphql(`
  fragment TemplateUpdatesOf on Project {
    id
    templateUpdates { fromVersion toVersion template { id name } }
    templateUpdateTaken { fromVersion toVersion at by { id name } template { id name } }
  }
`);

export const updatesQuery = graphql(
  `
  query TemplateUpdates($id: ID!) {
    project(id: $id) {
      id
      viewerCan { edit }
      questionsAvoided
      ...TemplateUpdatesOf
    }
  }
`,
  [updatesFragment],
);

export const updateQuery = graphql(`
  query TemplateUpdate($projectId: ID!, $templateId: ID!) {
    templateUpdate(projectId: $projectId, templateId: $templateId) {
      fromVersion
      toVersion
      items { key part title phase keptBecause isEditedHere edits { field from to } }
    }
  }
`);

export const updateMutation = graphql(
  `
  mutation ProjectTemplateUpdate($id: ID!, $input: ProjectTemplateUpdateInput!) {
    projectTemplateUpdate(id: $id, input: $input) {
      project { id ...TemplateUpdatesOf }
      userErrors { code message }
    }
  }
`,
  [updatesFragment],
);

export const undoMutation = graphql(
  `
  mutation ProjectTemplateUpdateUndo($id: ID!, $input: ProjectTemplateUpdateUndoInput!) {
    projectTemplateUpdateUndo(id: $id, input: $input) {
      project { id ...TemplateUpdatesOf }
      userErrors { code message }
    }
  }
`,
  [updatesFragment],
);

/** What of its templates a project could take over, and what it took over last. */
export function updatesOf(project: FragmentOf<typeof updatesFragment>) {
  return readFragment(updatesFragment, project);
}

export type Update = NonNullable<ResultOf<typeof updateQuery>['templateUpdate']>;
export type Item = Update['items'][number];
export type Head = ResultOf<typeof updatesFragment>['templateUpdates'][number];
export type Taken = NonNullable<ResultOf<typeof updatesFragment>['templateUpdateTaken']>;
