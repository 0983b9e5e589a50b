import { z } from 'zod';
import {
  courtKeys,
  healths,
  integrationColumns,
  integrationGroups,
  integrationSorts,
  platforms,
  productKeys,
  projectStates,
  sortDirections,
} from '../../drizzle/schema/index.ts';
import { type Column, plainSort } from './list.ts';
import type { ListInput } from './queries.ts';

const listOf = <const V extends readonly [string, ...string[]]>(values: V) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)))
    .optional();
const flag = z
  .literal('1')
  .transform(() => true)
  .optional();

/** The overview's own search parameters, so that the address of a view is that of its file. Nothing else is taken. */
const exportQuery = z.strictObject({
  q: z.string().optional(),
  state: listOf(projectStates),
  pm: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid()))
    .optional(),
  platform: listOf(platforms),
  product: listOf(productKeys),
  health: listOf(healths),
  court: listOf(courtKeys),
  phase: z.string().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  mine: flag,
  review: flag,
  sort: z.enum(integrationSorts).optional(),
  dir: z.enum(sortDirections).optional(),
  group: z.enum(integrationGroups).optional(),
  cols: listOf(integrationColumns),
});

export type ExportInput = ListInput & { columns: readonly Column[] };

/** What is to be exported; null when a parameter is not one of ours. */
export function parseExportQuery(query: unknown): ExportInput | null {
  const { data } = exportQuery.safeParse(query);
  if (!data) return null;
  return {
    filter: {
      text: data.q,
      states: data.state,
      pmIds: data.pm,
      platforms: data.platform,
      products: data.product,
      healths: data.health,
      courts: data.court,
      phase: data.phase,
      targetFrom: data.from,
      targetTo: data.to,
      isMine: data.mine,
      hasReview: data.review,
    },
    sort: { by: data.sort ?? plainSort.by, direction: data.dir ?? plainSort.direction },
    groupBy: data.group ?? null,
    perGroup: null,
    columns: data.cols ?? integrationColumns,
  };
}
