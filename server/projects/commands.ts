import { eq } from 'drizzle-orm';
import { projectStaff } from '../../drizzle/schema/index.ts';
import { isStaff } from '../access/policy.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Ctx } from '../platform/services.ts';

export {
  type AccountEdit,
  accountEdit,
  accountFactSet,
  checkedWebsite,
  factsHandedOver,
  type KnownFact,
} from './accountEdits.ts';
export { checkMay } from './may.ts';
export { moveRules, movesFrom, type ProjectMove, projectMoves } from './moves.ts';
export { checkNotBefore, checkPm, checkSum, type ProjectEdit, projectEdit, type Sum } from './projectEdit.ts';
export {
  checkedName,
  checkedText,
  checkProjectRevision,
  type ProjectLocked,
  type ProjectRow,
  projectLock,
  projectWrite,
} from './rows.ts';

/** Remembers that a client did something here. Called by every act of a client; staff leave no mark. */
export async function clientWasActive(tx: Tx, ctx: Ctx, projectId: string): Promise<void> {
  if (isStaff(ctx.viewer)) return;
  await tx
    .update(projectStaff)
    .set({ lastClientActivityAt: ctx.clock.now() })
    .where(eq(projectStaff.projectId, projectId));
}
