type Params = Record<string, string | number>;

/** Where a task, a meeting or a project stands, as it stands in a sentence. */
const states: Readonly<Record<string, string>> = {
  NOT_READY: 'not ready yet',
  READY: 'ready',
  IN_PROGRESS: 'in progress',
  SUBMITTED: 'handed in',
  IN_REVIEW: 'in review',
  CHANGES_REQUESTED: 'waiting for changes',
  DONE: 'done',
  WAIVED: 'waived',
  PROPOSED: 'proposed',
  CONFIRMED: 'confirmed',
  DRAFT: 'a draft',
  ACTIVE: 'active',
  ON_HOLD: 'on hold',
  LIVE: 'live',
  CLOSED: 'closed',
  CANCELLED: 'cancelled',
};

/** Why something is not possible where it stands. */
export const wrongStates = {
  WRONG_STATE: ({ state }: Params) => `This is not possible now: the task is ${stateWords(state)}.`,
  WRONG_PROJECT_STATE: ({ state }: Params) => `This is not possible now: the project is ${stateWords(state)}.`,
};

function stateWords(state: string | number | undefined): string {
  return states[String(state)] ?? String(state);
}
