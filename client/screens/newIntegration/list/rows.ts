import type { ResultOf } from '../../../api/graphql.ts';
import type { ListPlanQuery } from './documents.ts';
import type { ReadList, ReadRow } from './reading.ts';

export type Plan = ResultOf<typeof ListPlanQuery>['projectListPlan'];
export type PlannedRow = Plan['rows'][number];
export type Problem = PlannedRow['problems'][number];

export type Result = {
  projectId: string;
  name: string;
  isMade: boolean;
  invited: string | null;
  /** Why the contact got no mail; they get one with the next try. */
  notInvited: string | null;
};

/*
 * A row of the list:
 *   unplanned   not looked at yet, or changed since
 *   mend        refused; changed in place, it is looked at again
 *   ready       can be made
 *   same        what an earlier row makes
 *   stands      such an integration is there already
 *   made        with its result; `uninvited` while its contact waits for the mail
 */
export type Row = ReadRow & {
  /** How often it was changed; a part of its key, since another row under the same key would be refused. */
  edits: number;
  plan: PlannedRow | null;
  result: Result | null;
};
export type RowState = 'unplanned' | 'mend' | 'ready' | 'same' | 'stands' | 'made' | 'uninvited';

/** What each row is, by its number, with the earlier row that it repeats. */
export function statesOf(rows: readonly Row[]): Map<number, { state: RowState; sameRow: number | null }> {
  const firsts = new Map<string, number>();
  return new Map(
    rows.map((row) => {
      const sameAs = row.plan?.sameAs ?? null;
      const sameRow = sameAs === null ? null : (firsts.get(sameAs) ?? null);
      if (sameAs !== null && sameRow === null) firsts.set(sameAs, row.number);
      return [row.number, { state: stateOf(row, sameRow), sameRow }];
    }),
  );
}

function stateOf({ plan, result }: Row, sameRow: number | null): RowState {
  if (result) return result.notInvited !== null ? 'uninvited' : result.isMade ? 'made' : 'stands';
  if (!plan) return 'unplanned';
  if (plan.state === 'REFUSED') return 'mend';
  if (plan.state === 'STANDS') return 'stands';
  return sameRow === null ? 'ready' : 'same';
}

export const rowsOf = ({ rows }: ReadList): Row[] =>
  rows.map((row) => ({ ...row, edits: 0, plan: null, result: null }));

/** Where a row's problem is mended: the columns that it names, and for one that names none those that are recognised. */
export function columnsToMend(row: Row, columns: Plan['columns']): number[] {
  const named = new Set(row.plan?.problems.map(({ field }) => field) ?? []);
  const at = columns.flatMap(({ name, isDouble }, index) => (named.has(name) && !isDouble ? [index] : []));
  const isOfAll = at.length === 0 || row.cells.length !== columns.length;
  return isOfAll
    ? columns.flatMap(({ field, isDouble }, index) => (field && field !== 'REASONS' && !isDouble ? [index] : []))
    : at;
}

/**
 * A changed row, with those that have the id that it had, or has now: one id for two shops is found by comparing them, and
 * the other may be right now that this one has another.
 */
export function sharingId(rows: readonly Row[], columns: Plan['columns'], before: Row, mended: Row): Row[] {
  const at = columns.findIndex(({ field, isDouble }) => field === 'EXTERNAL_ID' && !isDouble);
  const idOf = ({ cells }: Row) => cells[at]?.trim() ?? '';
  const ids = new Set([before, mended].map(idOf).filter((id) => id !== ''));
  return rows.filter((row) => row.number === mended.number || ids.has(idOf(row)));
}
