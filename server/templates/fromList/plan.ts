import { can } from '../../access/policy.ts';
import { ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { words } from '../../words/en.ts';
import { columnsOf, type ListColumn } from './columns.ts';
import { isOtherShop, type JudgedRow, judgeRow, namedIn, RowCells } from './judge.ts';
import { checkColumns, checkRows } from './limits.ts';
import { groundOf, hostOf, itemsOf, publishedGround } from './queries.ts';

export type ListInput = {
  columns: readonly string[];
  rows: readonly { number: number; cells: readonly string[] }[];
  signedOn: string;
  isDraft: boolean;
};
export type ListedRow = JudgedRow & { number: number; sameAs: string | null };
export type List = { columns: ListColumn[]; rows: ListedRow[] };

/** What a list would make, row by row. Nothing is kept. */
export async function projectListPlan(ctx: Ctx, input: ListInput): Promise<List> {
  if (!can(ctx.viewer, 'project.create', null)) throw new ApiError('FORBIDDEN');
  checkColumns(input.columns);
  checkRows(input.rows);
  const { templates, playbooks } = await publishedGround(ctx.db);
  const columns = columnsOf(input.columns, itemsOf(playbooks));
  const rows = input.rows.map(({ number, cells }) => ({ number, cells: new RowCells(columns, cells) }));
  const ground = await groundOf(ctx.db, ctx, namedIn(rows.map((row) => row.cells)), templates);
  const defaults = { ...input, viewerId: ctx.viewer.personId };
  const firstOfId = new Map<string, ListedRow>();
  return {
    columns,
    rows: rows.map(({ number, cells }) => {
      const judged = judgeRow(cells, ground, defaults);
      const listed = checkedTwice({ ...judged, number, sameAs: sameAs(judged) }, cells, firstOfId);
      const id = idOf(listed);
      if (id !== null && !firstOfId.has(id)) firstOfId.set(id, listed);
      return listed;
    }),
  };
}

/** Of a row that would make an account. */
function idOf({ state, account, externalId }: ListedRow): string | null {
  return state === 'READY' && !account && externalId ? `${externalId.system} ${externalId.externalId}` : null;
}

/** One id for two new shops: once the first is made, the second would go to its account, and so would its people. */
function checkedTwice(row: ListedRow, cells: RowCells, firstOfId: ReadonlyMap<string, ListedRow>): ListedRow {
  const first = firstOfId.get(idOf(row) ?? '');
  if (!first) return row;
  const of = ({ accountName: name, website }: ListedRow) => ({ name, website });
  if (!isOtherShop(of(first), of(row))) return row;
  const message = words.list.idTwice({ number: first.number });
  const problem = { code: 'ACCOUNT_UNCLEAR' as const, field: cells.column('EXTERNAL_ID'), message };
  return { ...row, state: 'REFUSED', problems: [problem], sameAs: null };
}

/** Equal for two rows of which the second would find its integration made by the first. */
function sameAs({ state, account, website, platform, products }: JudgedRow): string | null {
  if (state !== 'READY') return null;
  return [account?.id ?? hostOf(website ?? ''), platform, ...[...products].sort()].join(' ');
}
