import { can } from '../access/policy.ts';
import { healthLoader, type ProjectHealth, slimTasksLoader } from '../plan/queries.ts';
import { csvLine } from '../platform/http/csv.ts';
import type { Ctx } from '../platform/services.ts';
import { projectStaffLoader } from '../projects/queries.ts';
import { byUrgency, isOpen, taskLoader } from '../tasks/queries.ts';
import { words } from '../words/en.ts';
import type { Column, Integration } from './list.ts';
import { firstLookAtLoader, integrationsById } from './queries.ts';

type Cell = string | number | null;

/** How many lines are read and written at once. */
const chunkRows = 100;

/** What a line needs beside what the list knows. */
type Extra = {
  health: ProjectHealth | null;
  nextDue: { title: string; dueOn: string | null } | null;
  revenue: Money;
  firstLookAt: Date | null;
};
type Money = { revenueMinor: number; revenueCurrency: string } | null;

type FileColumn = { head: readonly string[]; cells: (row: Integration, extra: Extra) => Cell[] };

const { columns: heads } = words.exports;

/** Each column of the overview as those of the file; the client and the project always come first. */
const fileColumns: Record<Exclude<Column, 'UNREAD'>, FileColumn> = {
  PLATFORM: { head: heads.PLATFORM, cells: ({ project }) => [words.exports.platform[project.platform]] },
  PRODUCTS: {
    head: heads.PRODUCTS,
    cells: ({ project }) => [project.products.map((product) => words.exports.product[product]).join(', ')],
  },
  PROGRESS: {
    head: heads.PROGRESS,
    cells: ({ phaseName, progress }) => [
      phaseName,
      progress.total === 0 ? null : Math.round((progress.done / progress.total) * 100),
    ],
  },
  HEALTH: {
    head: heads.HEALTH,
    cells: ({ health }, extra) => [health && words.exports.health[health], reasonsOf(extra.health)],
  },
  COURT: {
    head: heads.COURT,
    cells: ({ court, courtSince }) => [words.exports.court[court], courtSince?.toISOString() ?? null],
  },
  NEXT_DUE: { head: heads.NEXT_DUE, cells: (_, { nextDue }) => [nextDue?.title ?? null, nextDue?.dueOn ?? null] },
  TARGET: { head: heads.TARGET, cells: ({ project }) => [project.targetOn] },
  FIRST_LOOK: {
    head: heads.FIRST_LOOK,
    cells: (_, { firstLookAt }) => [firstLookAt?.toISOString() ?? null],
  },
  PM: { head: heads.PM, cells: ({ pmName }) => [pmName] },
  LAST_CLIENT_ACTIVITY: {
    head: heads.LAST_CLIENT_ACTIVITY,
    cells: ({ lastClientActivityAt }) => [lastClientActivityAt?.toISOString() ?? null],
  },
  REVENUE: {
    head: heads.REVENUE,
    cells: (_, { revenue }) =>
      revenue ? [majorOf(revenue.revenueMinor, revenue.revenueCurrency), revenue.revenueCurrency] : [null, null],
  },
};

/** The wanted columns that the viewer may see, each once. What is unread is nobody's but the reader's own: no file has it. */
export function columnsFor(ctx: Ctx, wanted: readonly Column[]): FileColumn[] {
  const isMoneyed = can(ctx.viewer, 'overview.readMoney', null);
  return [...new Set(wanted)].flatMap((column) =>
    column === 'UNREAD' || (column === 'REVENUE' && !isMoneyed) ? [] : [fileColumns[column]],
  );
}

export function headOf(columns: readonly FileColumn[]): string {
  return csvLine([...words.exports.first, ...columns.flatMap(({ head }) => head)]);
}

/** The lines of a view in its order, some at a time, so that a long list is never in memory as text. */
export async function* linesOf(
  ctx: Ctx,
  columns: readonly FileColumn[],
  ids: readonly string[],
): AsyncGenerator<string> {
  for (let from = 0; from < ids.length; from += chunkRows) {
    const chunk = await integrationsById(ctx, ids.slice(from, from + chunkRows));
    const extras = await Promise.all(chunk.map((row) => extraOf(ctx, row)));
    yield chunk.map((row, i) => lineOf(row, extras[i] ?? nothing, columns)).join('');
  }
}

const nothing: Extra = { health: null, nextDue: null, revenue: null, firstLookAt: null };

function lineOf(row: Integration, extra: Extra, columns: readonly FileColumn[]): string {
  const { project, accountName } = row;
  const first = [accountName, project.name, words.exports.projectState[project.state]];
  return csvLine([...first, ...columns.flatMap(({ cells }) => cells(row, extra))]);
}

async function extraOf(ctx: Ctx, { project }: Integration): Promise<Extra> {
  const [health, slim, staff, firstLookAt] = await Promise.all([
    healthLoader(ctx).load(project.id),
    slimTasksLoader(ctx).load(project.id),
    projectStaffLoader(ctx).load(project.id),
    firstLookAtLoader(ctx).load(project.id),
  ]);
  const [urgent] = project.isOver ? [] : slim.filter(isOpen).sort(byUrgency);
  const nextDue = urgent ? await taskLoader(ctx).load(urgent.id) : null;
  return { health, nextDue, revenue: staff, firstLookAt };
}

function reasonsOf(health: ProjectHealth | null): string | null {
  if (!health) return null;
  const said = health.override ? [health.override.reason] : [];
  const found = health.reasons.map(({ code, count, days, on }) =>
    words.exports.reason[code]({ count: count ?? 0, days: days ?? 0, on: on ?? '' }),
  );
  return [...said, ...found].join('; ');
}

/** Minor units as the currency writes them: 4100 EUR cents are 41, 4100 yen are 4100. */
function majorOf(minor: number, currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}
