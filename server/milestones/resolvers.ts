import { Arg, Ctx, Extensions, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { type ProjectSeen, phaseLoader, projectLoader } from '../projects/queries.ts';
import { Phase, Project } from '../projects/types.ts';
import { taskLoader } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { milestoneRate, milestoneSignOff } from './commands.ts';
import { changesSince } from './content.ts';
import {
  isUnsigned,
  mayRate,
  milestonesLoader,
  openUntil,
  type RatingRow,
  ratingsLoader,
  type SignOffRow,
  signOffsLoader,
} from './queries.ts';
import {
  Milestone,
  MilestoneChange,
  MilestoneFigures,
  MilestonePayload,
  MilestoneRateInput,
  MilestoneRating,
  MilestoneSignOff,
  MilestoneSignOffInput,
  MilestoneViewerCan,
} from './types.ts';

/** A road has seldom more stretches; a question about fewer people than this tells nothing of all of them. */
const roadLength = { listSize: 8 };
const fewestForFigure = 5;

@Resolver(() => Project)
export class ProjectMilestonesResolver {
  @Extensions(roadLength)
  @FieldResolver(() => [Milestone], { description: 'The ends of its phases, in the order of the road.' })
  async milestones(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<Milestone[]> {
    return milestonesFor(signedIn(context), project);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer is asked something about a milestone: to sign it off, or how it went.',
  })
  async isAskedOfMilestone(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<boolean> {
    const ctx = signedIn(context);
    const { personId } = ctx.viewer;
    if (!can(ctx.viewer, 'milestone.rate', project)) return false;
    const ratings = await ratingsLoader(ctx).load(project.id);
    const own = ratings.filter((row) => row.personId === personId && row.answeredAt === null);
    if (own.some((row) => mayRate(ctx, project, row))) return true;
    if (!can(ctx.viewer, 'milestone.signOff', project)) return false;
    const all = await milestonesFor(ctx, project);
    const signable = await Promise.all(all.map((milestone) => maySign(ctx, milestone)));
    return signable.includes(true);
  }
}

@Resolver(() => Milestone)
export class MilestoneResolver {
  @FieldResolver(() => Phase, { description: 'The phase that ends in it.' })
  phase(@Root() { now }: Milestone) {
    return now.phase;
  }

  @FieldResolver(() => MilestoneSignOff, {
    nullable: true,
    description: 'The newest; null while nobody has signed it.',
  })
  async signOff(@Ctx() context: GraphqlContext, @Root() milestone: Milestone): Promise<MilestoneSignOff | null> {
    const row = await signOffOf(signedIn(context), milestone);
    return row && MilestoneSignOff.of(row, milestone.now);
  }

  @FieldResolver(() => MilestoneRating, {
    nullable: true,
    description: "The viewer's own; null when they were not asked.",
  })
  async myRating(@Ctx() context: GraphqlContext, @Root() milestone: Milestone): Promise<MilestoneRating | null> {
    const row = await ownRating(signedIn(context), milestone);
    return row && ratingOf(row);
  }

  @Extensions(roadLength)
  @FieldResolver(() => [MilestoneRating], {
    nullable: true,
    description: 'Who was asked how it went, and what they said; null for clients.',
  })
  async ratings(@Ctx() context: GraphqlContext, @Root() milestone: Milestone): Promise<MilestoneRating[] | null> {
    return (await ratingsForStaff(signedIn(context), milestone))?.map(ratingOf) ?? null;
  }

  @FieldResolver(() => MilestoneFigures, { nullable: true, description: 'The same in a figure; null for clients.' })
  async figures(@Ctx() context: GraphqlContext, @Root() milestone: Milestone): Promise<MilestoneFigures | null> {
    const rows = await ratingsForStaff(signedIn(context), milestone);
    if (!rows) return null;
    const scores = rows.flatMap(({ score }) => score ?? []);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const average = scores.length < fewestForFigure ? null : Math.round(mean * 10) / 10;
    return { asked: rows.length, answered: scores.length, average };
  }

  @FieldResolver(() => MilestoneViewerCan, { description: 'What the viewer may do with it now.' })
  async viewerCan(@Ctx() context: GraphqlContext, @Root() milestone: Milestone): Promise<MilestoneViewerCan> {
    const ctx = signedIn(context);
    return {
      signOff: await maySign(ctx, milestone),
      rate: mayRate(ctx, milestone.project, await ownRating(ctx, milestone)),
    };
  }

  @Mutation(() => MilestonePayload, { description: 'Signs a milestone off as it is, in the name of the viewer.' })
  async milestoneSignOff(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The milestone's id." }) id: string,
    @Arg('input', () => MilestoneSignOffInput, { description: 'What was seen, and a word with it.' })
    input: MilestoneSignOffInput,
  ): Promise<MilestonePayload> {
    const ctx = signedIn(context);
    return payload(ctx, id, await outcome(ctx, () => milestoneSignOff(ctx, id, { ...input })));
  }

  @Mutation(() => MilestonePayload, { description: 'Says how the stretch up to a milestone went, or says it anew.' })
  async milestoneRate(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The milestone's id." }) id: string,
    @Arg('input', () => MilestoneRateInput, { description: 'A score, and words.' }) input: MilestoneRateInput,
  ): Promise<MilestonePayload> {
    const ctx = signedIn(context);
    return payload(ctx, id, await outcome(ctx, () => milestoneRate(ctx, id, { ...input, score: input.score ?? null })));
  }
}

@Resolver(() => MilestoneSignOff)
export class MilestoneSignOffResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who; null when they are not to be known any more.' })
  by(@Ctx() context: GraphqlContext, @Root() { row }: MilestoneSignOff) {
    return peopleLoader(signedIn(context)).load(row.personId);
  }

  @Extensions(roadLength)
  @FieldResolver(() => [MilestoneChange], { description: 'What is another since; empty while it holds.' })
  changes(@Root() { row, now }: MilestoneSignOff): MilestoneChange[] {
    return changesSince(row.content, now.content).map(MilestoneChange.of);
  }
}

@Resolver(() => MilestoneChange)
export class MilestoneChangeResolver {
  @FieldResolver(() => Task, { nullable: true, description: 'Which task; null for one that is not shared any more.' })
  async task(@Ctx() context: GraphqlContext, @Root() { change }: MilestoneChange) {
    const task = await taskLoader(signedIn(context)).load(change.taskId);
    return task?.visibility === 'SHARED' ? task : null;
  }
}

@Resolver(() => MilestoneRating)
export class MilestoneRatingResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who was asked; null when they are gone.' })
  by(@Ctx() context: GraphqlContext, @Root() { row }: MilestoneRating) {
    return peopleLoader(signedIn(context)).load(row.personId);
  }

  @FieldResolver(() => Task, { nullable: true, description: 'The task that a low score opened; null for clients.' })
  task(@Ctx() context: GraphqlContext, @Root() { row }: MilestoneRating) {
    return row.taskId === null ? null : taskLoader(signedIn(context)).load(row.taskId);
  }
}

async function milestonesFor(ctx: Context, project: ProjectSeen): Promise<Milestone[]> {
  return (await milestonesLoader(ctx).load(project.id)).map((now) => Milestone.of(project, now));
}

async function signOffOf(ctx: Context, { project, id }: Milestone): Promise<SignOffRow | null> {
  const rows = await signOffsLoader(ctx).load(project.id);
  return rows.find((row) => row.phaseId === id) ?? null;
}

async function maySign(ctx: Context, milestone: Milestone): Promise<boolean> {
  if (!can(ctx.viewer, 'milestone.signOff', milestone.project)) return false;
  return isUnsigned(milestone.now, await signOffOf(ctx, milestone));
}

async function ownRating(ctx: Context, { project, id }: Milestone): Promise<RatingRow | null> {
  if (!can(ctx.viewer, 'project.read', project)) return null;
  const rows = await ratingsLoader(ctx).load(project.id);
  return rows.find((row) => row.phaseId === id && row.personId === ctx.viewer.personId) ?? null;
}

async function ratingsForStaff(ctx: Context, { project, id }: Milestone): Promise<RatingRow[] | null> {
  if (!can(ctx.viewer, 'milestone.readRatings', project)) return null;
  return (await ratingsLoader(ctx).load(project.id)).filter((row) => row.phaseId === id);
}

function ratingOf(row: RatingRow): MilestoneRating {
  const { score, words, askedAt, answeredAt } = row;
  return { row, score, words, askedAt, answeredAt, openUntil: openUntil(row) };
}

type Done = Awaited<ReturnType<typeof outcome<{ projectId: string }>>>;

async function payload(ctx: Context, phaseId: string, { done, userErrors, position }: Done): Promise<MilestonePayload> {
  const projectId = done?.projectId ?? (await phaseLoader(ctx).load(phaseId))?.projectId;
  return { userErrors, position, project: projectId ? await projectLoader(ctx).load(projectId) : null };
}
