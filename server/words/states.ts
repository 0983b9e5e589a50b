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

export function stateWords(state: unknown): string {
  return states[String(state)] ?? String(state);
}
