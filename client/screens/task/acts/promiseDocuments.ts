import { graphql } from '../../../api/graphql.ts';
import { taskActsFragment } from './documents.ts';

export const promiseMutation = graphql(
  `mutation TaskPromise($id: ID!, $input: TaskPromiseInput!) {
    act: taskPromise(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
export const withdrawMutation = graphql(
  `mutation TaskPromiseWithdraw($id: ID!, $input: TaskPromiseWithdrawInput!) {
    act: taskPromiseWithdraw(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
