import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import type { ProjectSeen } from '../projects/queries.ts';
import { Project } from '../projects/types.ts';
import { TaskStateEnum } from '../tasks/types.ts';
import type { ContentChange } from './content.ts';
import type { MilestoneNow, RatingRow, SignOffRow } from './queries.ts';

@ObjectType({ description: 'The end of a phase: what is true then, who signed it off, and how it went.' })
export class Milestone {
  /** What the resolvers read; not part of the schema. */
  project!: ProjectSeen;
  now!: MilestoneNow;

  @Field(() => ID, { description: 'That of its phase, by which acts name it.' })
  id!: string;

  @Field(() => Boolean, { description: 'Whether all that both sides see of the phase is done or not needed.' })
  isReached!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'Since when; null while it is not reached.' })
  reachedAt!: Date | null;

  @Field(() => String, {
    description: 'Stands for what would be signed now: SHA-256 over its words, tasks and versions.',
  })
  digest!: string;

  static of(project: ProjectSeen, now: MilestoneNow): Milestone {
    const { phase, isReached, reachedAt, digest } = now;
    return { project, now, id: phase.id, isReached, reachedAt, digest };
  }
}

@ObjectType({ description: "A lead's or a sponsor's name under a milestone, as it was then." })
export class MilestoneSignOff {
  /** What the resolvers read; not part of the schema. */
  row!: SignOffRow;
  now!: MilestoneNow;

  @Field(() => Int, { description: 'Which it is of those of this milestone, from 1.' })
  number!: number;

  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  @Field(() => String, { description: 'What they said with it; empty when nothing.' })
  note!: string;

  @Field(() => String, { description: 'SHA-256 over what was signed.' })
  digest!: string;

  @Field(() => Boolean, { description: 'Whether the milestone is another since: then it is asked for anew.' })
  isOutdated!: boolean;

  static of(row: SignOffRow, now: MilestoneNow): MilestoneSignOff {
    const { number, at, note, digest } = row;
    return { row, now, number, at, note, digest, isOutdated: digest !== now.digest };
  }
}

@ObjectType({ description: 'A task that is another now than when its milestone was signed.' })
export class MilestoneChange {
  /** What the resolvers read; not part of the schema. */
  change!: ContentChange;

  @Field(() => Int, { nullable: true, description: 'The version that was signed; null for none.' })
  signedVersion!: number | null;

  @Field(() => Int, { nullable: true, description: 'The version that stands there now; null for none.' })
  currentVersion!: number | null;

  @Field(() => TaskStateEnum as object, {
    nullable: true,
    description: 'Its state when it was signed; null: it was not there.',
  })
  signedState!: string | null;

  @Field(() => TaskStateEnum as object, {
    nullable: true,
    description: 'Its state now; null: it is no part of it any more.',
  })
  currentState!: string | null;

  static of(change: ContentChange): MilestoneChange {
    const { signed, now } = change;
    return {
      change,
      signedVersion: signed?.version ?? null,
      currentVersion: now?.version ?? null,
      signedState: signed?.state ?? null,
      currentState: now?.state ?? null,
    };
  }
}

@ObjectType({ description: 'What somebody who took part said of how a stretch went.' })
export class MilestoneRating {
  /** What the resolvers read; not part of the schema. */
  row!: RatingRow;

  @Field(() => Int, {
    nullable: true,
    description: '1 to 5; null while there is no answer, or when they would rather not say.',
  })
  score!: number | null;

  @Field(() => String, { description: 'In their words; empty when nothing.' })
  words!: string;

  @Field(() => DateTime, { description: 'When they were asked.' })
  askedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When they first answered; null while they have not.' })
  answeredAt!: Date | null;

  @Field(() => DateTime, { description: 'Until when they can say it, or change it.' })
  openUntil!: Date;
}

@ObjectType({ description: 'What the viewer may do with a milestone now.' })
export class MilestoneViewerCan {
  @Field(() => Boolean, { description: 'Sign it off as it is: it is reached, and not signed like this.' })
  signOff!: boolean;

  @Field(() => Boolean, { description: 'Say how it went, or change what they said.' })
  rate!: boolean;
}

@InputType({ description: 'What milestoneSignOff needs.' })
export class MilestoneSignOffInput {
  @Field(() => String, { description: 'Repeats of one key answer with what the first made.' })
  idempotencyKey!: string;

  @Field(() => String, { description: '`Milestone.digest`, as the person saw it.' })
  digest!: string;

  @Field(() => String, { description: 'A word with it, at most 1,000 characters; may be empty.' })
  note!: string;
}

@InputType({ description: 'What milestoneRate needs.' })
export class MilestoneRateInput {
  @Field(() => Int, { nullable: true, description: '1 to 5; null for whoever would rather not say.' })
  score!: number | null;

  @Field(() => String, { description: 'In their own words, at most 1,000 characters; may be empty.' })
  words!: string;
}

@ObjectType({ description: 'The outcome of an act on a milestone.' })
export class MilestonePayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The project, with its milestones as they are now.' })
  project!: ProjectSeen | null;
}

@ObjectType({ description: 'How a stretch went, in a figure.' })
export class MilestoneFigures {
  @Field(() => Int, { description: 'How many were asked.' })
  asked!: number;

  @Field(() => Int, { description: 'How many gave a score.' })
  answered!: number;

  @Field(() => Float, { nullable: true, description: 'The mean of the scores; null under five of them.' })
  average!: number | null;
}
