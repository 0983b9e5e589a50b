import { graphql } from '../../../api/graphql.ts';
import { taskActsFragment } from '../acts/documents.ts';

export const handOverMutation = graphql(
  `mutation TaskHandOver($id: ID!, $input: TaskHandOverInput!) {
    act: taskHandOver(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
export const takeBackMutation = graphql(
  `mutation TaskTakeBack($id: ID!) {
    act: taskTakeBack(id: $id) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
