import { Extensions, Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../../platform/graphql/connection.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { Court } from '../../tasks/queries.ts';
import { CourtEnum } from '../../tasks/types.ts';
import type { ProjectLedger } from './queries.ts';
import type { Turn } from './replay.ts';

@ObjectType({ description: 'What of the time was with one side, and how it kept what is promised of it.' })
export class CourtShare {
  @Field(() => CourtEnum as object, { description: 'Whose.' })
  court!: Court;

  @Field(() => Int, { description: 'Minutes in which it had the turn and was at work.' })
  minutes!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Within how many hours of work it answers; null of whom nothing is promised.',
  })
  answerHours!: number | null;

  @Field(() => Int, { description: 'How often a task was with it and moved on, or should have.' })
  answers!: number;

  @Field(() => Int, { description: 'Of these, how often within the hours, or by the due day where that is later.' })
  answersInTime!: number;

  @Field(() => Int, { description: 'How many of the days that it named itself it kept.' })
  daysKept!: number;

  @Field(() => Int, { description: 'How many it missed.' })
  daysMissed!: number;
}

@ObjectType({ description: 'A stretch of time in which one side had the turn, with a task.' })
export class CourtTurn {
  /** What the resolver reads; not part of the schema. */
  taskId!: string | null;

  @Field(() => CourtEnum as object, { description: "Whose; nobody's on hold, and while nothing is open." })
  court!: Court;

  @Field(() => DateTime, { description: 'From when.' })
  from!: Date;

  @Field(() => DateTime, { description: 'Until when; of the last one, now.' })
  to!: Date;

  @Field(() => Int, { description: "Minutes of it in which that side was at work; of nobody's, all." })
  minutes!: number;
}

@ObjectType({ description: "A stretch of time that was one side's, at work, or nobody's." })
export class CourtInterval {
  /** What the resolver reads; not part of the schema. */
  taskId!: string | null;

  @Field(() => CourtEnum as object, { description: "Whose; nobody's also while that side is not at work." })
  court!: Court;

  @Field(() => DateTime, { description: 'From when.' })
  from!: Date;

  @Field(() => DateTime, { description: 'Until when, exclusive: the next one begins here.' })
  to!: Date;

  static of({ court, taskId, from, to }: Turn): CourtInterval {
    return { court, taskId, from: instantOf(from), to: instantOf(to) };
  }
}

@ObjectType({
  description:
    'Whose turn it has been, told from the events: every minute since clients know of the project is of exactly one side.',
})
export class CourtLedger {
  /** What the resolvers read; not part of the schema. */
  told!: ProjectLedger;

  @Field(() => DateTime, { description: 'Where it begins: since when clients know of the project.' })
  since!: Date;

  @Field(() => DateTime, { description: 'Where it ends: now, or when the project did.' })
  until!: Date;

  @Extensions({ listSize: 4 })
  @Field(() => [CourtShare], { description: 'Client, company, third party, nobody; their minutes cover the time.' })
  shares!: CourtShare[];

  @Field(() => Int, { description: "Of nobody's minutes those in which the company was at work." })
  idleMinutes!: number;

  @Field(() => Int, { description: "How many minutes the company's working day has." })
  minutesPerDay!: number;
}

export function instantOf(minute: number): Date {
  return new Date(minute * 60_000);
}

export const { ConnectionType: CourtTurnConnection } = connectionTypes('CourtTurn', () => CourtTurn);
export const { ConnectionType: CourtIntervalConnection } = connectionTypes('CourtInterval', () => CourtInterval);
