import { graphql, type ResultOf } from '../../../api/graphql.ts';

/** All of a task that an act on it can change, so that its answer brings the whole screen up to date. */
export const taskActsFragment = graphql(`
  fragment TaskActs_task on Task @_unmask {
    id
    revision
    title
    purpose
    minutes
    documentationSource
    type
    side
    visibility
    state
    stateSince
    court
    dueOn
    isOverdue
    dueInBusinessDays
    startsOn
    durationDays
    pin { edge on }
    links { kind lagDays predecessor { id } }
    project { id }
    isGate
    isForLead
    isReviewWanted
    reviewerRole
    isWaitingOnCompany
    isPredecessorOpen
    phase { id name }
    promise { on isMissed moves by { id name } }
    stuck { side reason since by { id name } }
    reason { text at by { id name } }
    predecessors { id title state visibility }
    successors { id title state visibility }
    delegation { id endsAt from { id name } to { id name } task { id } }
    handover { state email expiresAt answer by { id name } guest { id name } }
    viewerCan { start complete waive cancel reopen flagStuck unstick edit setVisibility assign submit promise handOver takeBack delegate approve }
  }
`);
export type ActedTask = ResultOf<typeof taskActsFragment>;

export const startMutation = graphql(
  `mutation TaskStart($id: ID!, $input: TaskStartInput!) {
    act: taskStart(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
export const waiveMutation = graphql(
  `mutation TaskWaive($id: ID!, $input: TaskWaiveInput!) {
    act: taskWaive(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
export const cancelMutation = graphql(
  `mutation TaskCancel($id: ID!, $input: TaskCancelInput!) {
    act: taskCancel(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
export const reopenMutation = graphql(
  `mutation TaskReopen($id: ID!, $input: TaskReopenInput!) {
    act: taskReopen(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
export const flagStuckMutation = graphql(
  `mutation TaskFlagStuck($id: ID!, $input: TaskFlagStuckInput!) {
    act: taskFlagStuck(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
export const unstickMutation = graphql(
  `mutation TaskUnstick($id: ID!, $input: TaskUnstickInput!) {
    act: taskUnstick(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
export const editMutation = graphql(
  `mutation TaskEdit($id: ID!, $input: TaskEditInput!) {
    act: taskEdit(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
export const setVisibilityMutation = graphql(
  `mutation TaskSetVisibility($id: ID!, $input: TaskSetVisibilityInput!) {
    act: taskSetVisibility(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
export const dependencyAddMutation = graphql(
  `mutation TaskDependencyAdd($id: ID!, $input: TaskDependencyAddInput!) {
    act: taskDependencyAdd(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);
export const dependencyRemoveMutation = graphql(
  `mutation TaskDependencyRemove($id: ID!, $input: TaskDependencyRemoveInput!) {
    act: taskDependencyRemove(id: $id, input: $input) { task { ...TaskActs_task } userErrors { code field message } }
  }`,
  [taskActsFragment],
);

export const businessDaysQuery = graphql(`
  query TaskBusinessDays($id: ID!) {
    task(id: $id) { id nextBusinessDays(first: 10) }
  }
`);
