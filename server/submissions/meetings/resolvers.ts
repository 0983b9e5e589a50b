import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { peopleLoader } from '../../accounts/queries.ts';
import { Person } from '../../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { taskLoader } from '../../tasks/queries.ts';
import { Task } from '../../tasks/types.ts';
import { Meeting, MeetingTime } from '../inputs/types.ts';
import { calendarUrl, type MeetingRow, zonesLoader } from './queries.ts';

@Resolver(() => Meeting)
export class MeetingResolver {
  @FieldResolver(() => Task, { nullable: true, description: 'The task that asks for it.' })
  task(@Ctx() context: GraphqlContext, @Root() meeting: MeetingRow) {
    return taskLoader(signedIn(context)).load(meeting.taskId);
  }

  @FieldResolver(() => [MeetingTime], { description: 'The times that were proposed last, earliest first.' })
  proposedTimes(@Root() meeting: MeetingRow): MeetingTime[] {
    return meeting.proposedTimes.map((startsAt) => ({ startsAt: new Date(startsAt) }));
  }

  @FieldResolver(() => Person, { description: 'Who proposed them.' })
  proposedBy(@Ctx() context: GraphqlContext, @Root() meeting: MeetingRow) {
    return peopleLoader(signedIn(context)).load(meeting.proposedBy);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who picked the time; null until somebody has.' })
  confirmedBy(@Ctx() context: GraphqlContext, @Root() meeting: MeetingRow) {
    return meeting.confirmedBy === null ? null : peopleLoader(signedIn(context)).load(meeting.confirmedBy);
  }

  @FieldResolver(() => String, { description: "The client's time zone, such as Europe/Prague." })
  async clientTimeZone(@Ctx() context: GraphqlContext, @Root() meeting: MeetingRow): Promise<string> {
    return (await zonesLoader(signedIn(context)).load(meeting.projectId))?.client ?? 'UTC';
  }

  @FieldResolver(() => String, { description: "The time zone of the company's project manager." })
  async companyTimeZone(@Ctx() context: GraphqlContext, @Root() meeting: MeetingRow): Promise<string> {
    return (await zonesLoader(signedIn(context)).load(meeting.projectId))?.company ?? 'UTC';
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where to get its calendar entry; signed for the viewer, lives 5 minutes. Null until a time is agreed.',
  })
  calendarUrl(@Ctx() context: GraphqlContext, @Root() meeting: MeetingRow): string | null {
    return calendarUrl(signedIn(context), meeting);
  }
}
