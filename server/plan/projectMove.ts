import { type Committed, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import {
  checkedText,
  checkProjectRevision,
  moveRules,
  type ProjectLocked,
  type ProjectMove,
  projectLock,
  projectWrite,
} from '../projects/commands.ts';
import { endPromises } from '../tasks/commands.ts';
import { isUnderWay, openGatesOfProject } from '../tasks/queries.ts';
import { callOffMeetings } from './callOff.ts';
import { keepBaseline, shiftByHold } from './replan/commands.ts';

const mostReasonCharacters = 500;

/**
 * Takes a project one step on in its life, as `moveRules` of projects/ has it. It stands here, above tasks, because a
 * project goes live only when its gate tasks let it.
 */
export function projectMove(
  ctx: Ctx,
  projectId: string,
  input: { revision: number; move: ProjectMove; reason: string | null },
): Promise<Committed<ProjectLocked>> {
  return transaction(ctx, async (tx) => {
    const project = await projectLock(tx, ctx, projectId, 'project.move');
    checkProjectRevision(project, input.revision);
    const rule = moveRules[input.move];
    if (!rule.from.includes(project.state)) {
      throw new ActError('WRONG_PROJECT_STATE', { field: 'move', params: { state: project.state } });
    }
    const reason = rule.isReasonWanted ? checkedText(input.reason ?? '', 'reason', mostReasonCharacters) : null;
    if (rule.isGated) {
      const gates = await openGatesOfProject(tx, project.id);
      if (gates.length > 0) {
        const titles = gates.map((gate) => gate.title).join(', ');
        throw new ActError('GATES_OPEN', { field: 'move', params: { titles } });
      }
    }
    const now = ctx.clock.now();
    const changed = {
      state: rule.to,
      stateSince: now,
      stateReason: reason,
      activatedAt: project.activatedAt ?? (rule.to === 'ACTIVE' ? now : null),
    };
    const next = await projectWrite(tx, ctx, project, changed);
    if (input.move === 'ACTIVATE') await keepBaseline(tx, project.id);
    if (next.isOver) await callOffMeetings(tx, ctx, project.id);
    // A day that was promised is not to be kept, nor missed, while nobody's clock runs.
    if (!isUnderWay(next)) await endPromises(tx, ctx, { projectId: project.id }, 'DROPPED');
    append(tx, {
      kind: rule.kind,
      audience: 'SHARED',
      actorId: ctx.viewer.personId,
      subjectId: project.id,
      projectId: project.id,
      facts: { from: project.state, to: rule.to },
      revision: {
        before: { state: project.state, reason: project.stateReason },
        after: { state: rule.to, reason },
      },
    } as Parameters<typeof append>[1]);
    if (input.move === 'RESUME') await shiftByHold(tx, ctx, project);
    return next;
  });
}
