import type { journeyParts } from '../../../drizzle/schema/index.ts';
import type { Ctx } from '../../platform/services.ts';
import type { SaidBodyOf, SaidKind } from '../said.ts';

type Row = typeof journeyParts.$inferSelect;
export type SaidRow<Kind extends SaidKind = SaidKind> = Omit<Row, 'kind' | 'body'> & {
  kind: Kind;
  body: SaidBodyOf[Kind];
};

export function isSaid<Kind extends SaidKind>(row: Row, kind: Kind): row is SaidRow<Kind> & Row {
  return row.kind === kind;
}

/** The row as it is after somebody said it, over the one that was. */
export function saidRow<Kind extends SaidKind>(
  ctx: Ctx,
  { id, journeyId, kind, body }: { id: string; journeyId: string; kind: Kind; body: SaidBodyOf[Kind] },
  position: number,
  before: Pick<Row, 'revision' | 'rank'> | undefined,
): Row {
  const now = ctx.clock.now();
  return {
    ...{ id, journeyId, kind, body, position },
    revision: (before?.revision ?? 0) + 1,
    rank: before?.rank ?? now.getTime(),
    removedAt: null,
    updatedAt: now,
    updatedBy: ctx.viewer.personId,
  };
}
