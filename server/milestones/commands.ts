import { and, eq, max } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { milestoneRatings, milestoneSignOffs, phases } from '../../drizzle/schema/index.ts';
import { companyCalendar } from '../accounts/queries.ts';
import { addBusinessDays, dayOf } from '../calendar.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import { checkMay, clientWasActive, type ProjectLocked, projectLock } from '../projects/commands.ts';
import type { PhaseRow } from '../projects/queries.ts';
import { taskByRule } from '../tasks/commands.ts';
import { words } from '../words/en.ts';
import { milestonesOf, openUntil, type RatingRow } from './queries.ts';

export { milestonesNotice } from './reached/commands.ts';

const mostNoteCharacters = 1_000;
const lowScore = 2;
const highestScore = 5;

type OnMilestone = { projectId: string; phaseId: string };

/** Puts somebody's name under a milestone as it is now. When it is another than they saw, nothing is signed. */
export function milestoneSignOff(
  ctx: Ctx,
  phaseId: string,
  { idempotencyKey: key, ...input }: { idempotencyKey: string; digest: string; note: string },
): Promise<Committed<OnMilestone>> {
  return transaction(ctx, async (tx) => {
    const { project, phase } = await phaseLock(tx, ctx, phaseId);
    checkMay(ctx, 'milestone.signOff', project);
    await idempotent(ctx, tx, { act: 'milestoneSignOff', key, body: { phaseId, ...input } }, async () => {
      const now = (await milestonesOf(tx, [project.id])).find((one) => one.phase.id === phase.id);
      if (!now?.isReached) throw new ActError('MILESTONE_NOT_REACHED');
      if (now.digest !== input.digest) throw new ActError('CONFLICT', { field: 'digest' });
      const note = boundedText(input.note, 'note');
      const [last] = await tx
        .select({ number: max(milestoneSignOffs.number) })
        .from(milestoneSignOffs)
        .where(eq(milestoneSignOffs.phaseId, phase.id));
      const row = {
        id: uuidv7(),
        projectId: project.id,
        phaseId: phase.id,
        number: (last?.number ?? 0) + 1,
        personId: ctx.viewer.personId,
        at: ctx.clock.now(),
        digest: now.digest,
        content: now.content,
        note,
      };
      await tx.insert(milestoneSignOffs).values(row);
      append(tx, {
        kind: 'milestone.signedOff',
        audience: 'SHARED',
        actorId: ctx.viewer.personId,
        subjectId: phase.id,
        projectId: project.id,
        facts: { number: row.number },
        revision: { before: null, after: { digest: row.digest, note } },
      });
      await clientWasActive(tx, ctx, project.id);
      return { subjectId: row.id };
    });
    return { projectId: project.id, phaseId: phase.id };
  });
}

/**
 * Says how a stretch went: 1 to 5, or null for whoever would rather not. Only somebody who was asked, and for a week
 * after their first answer again. A low score opens a task for the PM, once.
 */
export function milestoneRate(
  ctx: Ctx,
  phaseId: string,
  input: { score: number | null; words: string },
): Promise<Committed<OnMilestone>> {
  return transaction(ctx, async (tx) => {
    const { project, phase } = await phaseLock(tx, ctx, phaseId);
    checkMay(ctx, 'milestone.rate', project);
    const { score } = input;
    const said = boundedText(input.words, 'words');
    if (score !== null && (score < 1 || score > highestScore)) {
      throw new ActError('OUT_OF_RANGE', { field: 'score', params: { min: 1, max: highestScore } });
    }
    const rating = await ownRating(tx, ctx, phase.id);
    const on = { projectId: project.id, phaseId: phase.id };
    if (rating.answeredAt !== null && rating.score === score && rating.words === said) return on;
    const now = ctx.clock.now();
    if (openUntil(rating) <= now) throw new ActError('RATING_OVER');
    const isLow = score !== null && score <= lowScore && rating.taskId === null && !project.isOver;
    const taskId = isLow ? await openTask(tx, ctx, project, phase, { score, said }) : rating.taskId;
    await tx
      .update(milestoneRatings)
      .set({ score, words: said, answeredAt: rating.answeredAt ?? now, taskId })
      .where(eq(milestoneRatings.id, rating.id));
    append(tx, {
      kind: 'milestone.rated',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: phase.id,
      projectId: project.id,
      facts: { isChanged: rating.answeredAt !== null },
      revision: { before: { score: rating.score, words: rating.words }, after: { score, words: said } },
    });
    await clientWasActive(tx, ctx, project.id);
    return on;
  });
}

/** A phase with its project, locked; NOT_FOUND when the viewer may not see it. */
async function phaseLock(tx: Tx, ctx: Ctx, phaseId: string): Promise<{ project: ProjectLocked; phase: PhaseRow }> {
  if (!isUuid(phaseId)) throw new ApiError('NOT_FOUND');
  const [phase] = await tx.select().from(phases).where(eq(phases.id, phaseId));
  if (!phase) throw new ApiError('NOT_FOUND');
  return { phase, project: await projectLock(tx, ctx, phase.projectId, 'project.read') };
}

/** Whoever was not asked has nothing to answer: to them there is no question. */
async function ownRating(tx: Tx, ctx: Ctx, phaseId: string): Promise<RatingRow> {
  const isTheirs = and(eq(milestoneRatings.phaseId, phaseId), eq(milestoneRatings.personId, ctx.viewer.personId));
  const [row] = await tx.select().from(milestoneRatings).where(isTheirs).for('update');
  if (!row) throw new ApiError('NOT_FOUND');
  return row;
}

async function openTask(
  tx: Tx,
  ctx: Ctx,
  project: ProjectLocked,
  phase: PhaseRow,
  { score, said }: { score: number; said: string },
): Promise<string> {
  const today = dayOf(ctx.clock.now(), project.timeZone);
  const { title, purpose, documentation } = words.milestones.lowScore;
  const params = { phase: phase.name, score, max: highestScore };
  return taskByRule(tx, ctx, project, phase, {
    title: title(params),
    purpose: purpose(),
    documentation: documentation({ ...params, said: quoted(said) }),
    dueOn: addBusinessDays(today, 1, await companyCalendar({ db: tx })),
    assigneeId: project.pmId,
  });
}

/** A person's words as a quotation in Markdown: nothing in them is markup, and no variable is filled. */
function quoted(text: string): string {
  const plain = text.replace(/[\\`*_{}[\]()#+.!<>|~&-]/g, '\\$&');
  return plain
    .split(/\r?\n/)
    .map((line) => `> ${line}`)
    .join('\n');
}

function boundedText(text: string, field: string): string {
  const trimmed = text.trim();
  if ([...trimmed].length > mostNoteCharacters) {
    throw new ActError('TOO_LONG', { field, params: { max: mostNoteCharacters } });
  }
  return trimmed;
}
