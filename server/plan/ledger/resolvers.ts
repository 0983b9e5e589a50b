import { Arg, Ctx, Extensions, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { isStaff } from '../../access/policy.ts';
import { type Connection, pageOf, pageSize, parseCursor } from '../../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import type { ProjectSeen } from '../../projects/queries.ts';
import { Project } from '../../projects/types.ts';
import { taskLoader } from '../../tasks/queries.ts';
import { Task } from '../../tasks/types.ts';
import { ledgerLoader, type ProjectLedger } from './queries.ts';
import {
  CourtInterval,
  CourtIntervalConnection,
  CourtLedger,
  type CourtShare,
  CourtTurn,
  CourtTurnConnection,
  instantOf,
} from './types.ts';

/** It reads a project's log from its first day: dear in a list of projects, and nothing for a page of a hundred. */
const wholeLog = { cost: 400 };
const howMany = { defaultValue: 50, description: 'How many, 1 to 100.' };
const goOn = { nullable: true, description: 'Go on after this cursor.' };

@Resolver(() => Project)
export class ProjectLedgerResolver {
  @Extensions(wholeLog)
  @FieldResolver(() => CourtLedger, {
    nullable: true,
    description: 'Whose turn it has been, the same for both sides: told from what is shared. Null of a draft.',
  })
  async courtLedger(
    @Ctx() context: GraphqlContext,
    @Root() project: ProjectSeen,
    @Arg('withInternal', () => Boolean, {
      defaultValue: false,
      description: 'Count what only staff know of, too; for whoever is not staff there is no such thing.',
    })
    withInternal: boolean,
  ): Promise<CourtLedger | null> {
    const ctx = signedIn(context);
    const audience = withInternal && isStaff(ctx.viewer) ? 'INTERNAL' : 'SHARED';
    const told = await ledgerLoader(ctx, audience).load(project.id);
    return told && ledgerSeen(told);
  }
}

function ledgerSeen(told: ProjectLedger): CourtLedger {
  return {
    told,
    since: instantOf(told.from),
    until: instantOf(told.to),
    shares: told.shares.map((share): CourtShare => {
      const { kept, missed } = share.court === 'NOBODY' ? { kept: 0, missed: 0 } : told.days[share.court];
      return { ...share, daysKept: kept, daysMissed: missed };
    }),
    idleMinutes: told.idleMinutes,
    minutesPerDay: minutesOf(told.calendar.closesAt) - minutesOf(told.calendar.opensAt),
  };
}

/** HH:MM as minutes of the day. */
function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

@Resolver(() => CourtLedger)
export class CourtLedgerResolver {
  @FieldResolver(() => CourtTurnConnection, { description: 'The turns, newest first.' })
  turns(
    @Root() { told }: CourtLedger,
    @Arg('first', () => Int, howMany) first: number,
    @Arg('after', () => String, goOn) after: string | null,
  ): Connection<CourtTurn> {
    return newestFirst(told.turns, first, after, (turn) => ({
      ...CourtInterval.of(turn),
      minutes: turn.minutes,
    }));
  }

  @FieldResolver(() => CourtIntervalConnection, {
    description:
      'The same by the clock, newest first: without overlap or hole, each cut where its side was not at work.',
  })
  intervals(
    @Root() { told }: CourtLedger,
    @Arg('first', () => Int, howMany) first: number,
    @Arg('after', () => String, goOn) after: string | null,
  ): Connection<CourtInterval> {
    return newestFirst(told.intervals, first, after, CourtInterval.of);
  }
}

/** A stretch is known by where it begins, which stays while the newest one grows. */
function newestFirst<S extends { from: number }, N extends { from: Date }>(
  stretches: readonly S[],
  first: number,
  after: string | null,
  seen: (stretch: S) => N,
): Connection<N> {
  const size = pageSize(first);
  const [before] = parseCursor(after, ['number']) ?? [Number.POSITIVE_INFINITY];
  const rows = stretches
    .filter((stretch) => stretch.from < before)
    .slice(-size - 1)
    .reverse();
  return pageOf(rows.map(seen), size, (node) => [node.from.getTime() / 60_000], 'forward', after !== null);
}

@Resolver(() => CourtTurn)
export class CourtTurnResolver {
  @FieldResolver(() => Task, {
    nullable: true,
    description: "With which task; null of nobody's, and of one that is hidden since.",
  })
  task(@Ctx() context: GraphqlContext, @Root() { taskId }: CourtTurn) {
    return taskId === null ? null : taskLoader(signedIn(context)).load(taskId);
  }
}

@Resolver(() => CourtInterval)
export class CourtIntervalResolver {
  @FieldResolver(() => Task, {
    nullable: true,
    description: "With which task; null of nobody's, and of one that is hidden since.",
  })
  task(@Ctx() context: GraphqlContext, @Root() { taskId }: CourtInterval) {
    return taskId === null ? null : taskLoader(signedIn(context)).load(taskId);
  }
}
