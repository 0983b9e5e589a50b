export const auditNouns = [
  'COMPANY',
  'PEOPLE',
  'TOKENS',
  'ACCOUNTS',
  'PROJECTS',
  'TASKS',
  'DELIVERIES',
  'CREDENTIALS',
  'CONVERSATION',
  'TEMPLATES',
  'JOURNEYS',
  'VIEWS',
] as const;

export type AuditSearch = {
  about?: (typeof auditNouns)[number];
  person?: string;
  account?: string;
  /** YYYY-MM-DD, both included. */
  from?: string;
  to?: string;
};

const day = /^\d{4}-\d{2}-\d{2}$/;
const id = /^[0-9a-f-]{36}$/;

/** What of an address can be meant for the list; anything else is left out. */
export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const text = (value: unknown, shape: RegExp) => (typeof value === 'string' && shape.test(value) ? value : undefined);
  return {
    about: auditNouns.find((one) => one === search.about),
    person: text(search.person, id),
    account: text(search.account, id),
    from: text(search.from, day),
    to: text(search.to, day),
  };
}

/** The days as instants of the reader's own clock: from the first midnight to the one after the last day. */
export function filterOf({ about, person, account, from, to }: AuditSearch) {
  const dayAfter = to ? new Date(`${to}T00:00:00`) : null;
  dayAfter?.setDate(dayAfter.getDate() + 1);
  return {
    nouns: about ? [about] : null,
    actorId: person ?? null,
    accountId: account ?? null,
    from: from ? new Date(`${from}T00:00:00`).toISOString() : null,
    before: dayAfter?.toISOString() ?? null,
  };
}

/** The address of the list as a file. */
export function exportAddress(search: AuditSearch): string {
  const { nouns, actorId, accountId, from, before } = filterOf(search);
  const given = { about: nouns?.[0], person: actorId, account: accountId, from, before };
  const params = Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `/exports/activity.csv?${new URLSearchParams(params)}`;
}
