import { can } from '../../access/policy.ts';
import { ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { columnsOf, type ListColumn } from './columns.ts';
import { type JudgedRow, judgeRow, namedIn, RowCells } from './judge.ts';
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
  return {
    columns,
    rows: rows.map(({ number, cells }) => {
      const judged = judgeRow(cells, ground, defaults);
      return { ...judged, number, sameAs: sameAs(judged) };
    }),
  };
}

/** Equal for two rows of which the second would find its integration made by the first. */
function sameAs({ state, account, website, platform, products }: JudgedRow): string | null {
  if (state !== 'READY') return null;
  return [account?.id ?? hostOf(website ?? ''), platform, ...[...products].sort()].join(' ');
}
