import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Audience } from '../access/viewer.ts';
import { Person } from '../accounts/types.ts';
import type { StoredEvent } from '../events.ts';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { CalendarDate, DateTime } from '../platform/graphql/scalars.ts';
import { CheckStandingEnum } from '../submissions/checks/types.ts';
import { SideEnum, TaskStateEnum, VisibilityEnum } from '../tasks/types.ts';

@ObjectType({ description: 'The closed facts of an event, where it has them.' })
export class ChangeFacts {
  /** What the resolver reads; not part of the schema, and null of a task that is hidden. */
  event!: StoredEvent | null;

  @Field(() => Boolean, { description: "Whether a task was given to whoever leads on the client's side." })
  isForLead!: boolean;

  @Field(() => SideEnum as object, { nullable: true, description: 'Who can unblock a task that got stuck.' })
  stuckSide!: keyof typeof SideEnum | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The due day after it was moved; null when taken away.' })
  dueOn!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day that was promised, or taken back.' })
  promisedOn!: string | null;

  @Field(() => TaskStateEnum as object, { nullable: true, description: 'The state before a move.' })
  from!: string | null;

  @Field(() => TaskStateEnum as object, { nullable: true, description: 'The state after a move.' })
  to!: string | null;

  @Field(() => CheckStandingEnum as object, {
    nullable: true,
    description: 'What the runs of a check come to, when that changed.',
  })
  standing!: keyof typeof CheckStandingEnum | null;

  @Field(() => Person, { nullable: true, description: 'Who has the task now, when it was assigned.' })
  assignee!: { id: string } | null;

  @Field(() => Int, { nullable: true, description: 'The number of the submission that was delivered.' })
  version!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many values were repaired to make what was delivered; null when it is as it was.',
  })
  repairs!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of the version that was repaired; null when it was repaired before it was sent.',
  })
  repairOf!: number | null;
}

@ObjectType({ description: 'Something that happened: an entry of the log, and the changed object as it is now.' })
export class Change {
  /** What the resolvers read; not part of the schema. */
  event!: StoredEvent;

  @Field(() => Int, {
    nullable: true,
    description:
      'The dense number of its project or inbox, as this reader counts: next = last + 1. Null when it has none.',
  })
  position!: number | null;

  @Field(() => String, { nullable: true, description: 'Where `overviewChanges` resumes; null elsewhere.' })
  cursor!: string | null;

  @Field(() => ID, { nullable: true, description: 'The project it happened in; null when in none.' })
  projectId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The task it happened on; null when on none.' })
  taskId!: string | null;

  @Field(() => ID, { description: 'The id of the changed object; `node` is null when that is gone or hidden.' })
  subjectId!: string;

  @Field(() => String, {
    description: 'What happened, e.g. `comment.added`. The list grows: skip what you do not know.',
  })
  kind!: string;

  @Field(() => DateTime, { description: 'When.' })
  at!: Date;
}

@ObjectType({ description: 'Everything up to here has been sent; what follows is live.' })
export class CaughtUp {
  @Field(() => Int, { nullable: true, description: 'The position of the project or inbox; null on `overviewChanges`.' })
  position!: number | null;

  @Field(() => String, { nullable: true, description: 'Where `overviewChanges` resumes; null elsewhere.' })
  cursor!: string | null;
}

@ObjectType({
  description:
    'The stream is alive, and this is how far its log has come: every 15 seconds, before a long replay, and to a reader that is too slow. What lies between comes; it is no place to resume from.',
})
export class Heartbeat {
  @Field(() => Int, { nullable: true, description: 'The position of the project or inbox; null on `overviewChanges`.' })
  position!: number | null;

  @Field(() => String, { nullable: true, description: 'Where `overviewChanges` resumes; null elsewhere.' })
  cursor!: string | null;
}

export const ReloadReasonEnum = enumOf(['TOO_FAR_BEHIND', 'LOG_RESTORED']);
registerEnumType(ReloadReasonEnum, {
  name: 'ReloadReason',
  description: 'Why changes cannot be replayed.',
  valuesConfig: {
    TOO_FAR_BEHIND: { description: 'The reader is more than 5,000 events behind.' },
    LOG_RESTORED: { description: 'The log ends before the reader: it was restored from a backup.' },
  },
});

@ObjectType({ description: 'Changes cannot be replayed: load everything anew, then go on from this position.' })
export class Reload {
  @Field(() => ReloadReasonEnum as object, { description: 'Why.' })
  reason!: keyof typeof ReloadReasonEnum;

  @Field(() => Int, { nullable: true, description: 'The position of the project or inbox; null on `overviewChanges`.' })
  position!: number | null;

  @Field(() => String, { nullable: true, description: 'Where `overviewChanges` resumes; null elsewhere.' })
  cursor!: string | null;
}

export const ChangeMessage = createUnionType({
  name: 'ChangeMessage',
  description: 'A message of a live stream.',
  types: () => [Change, CaughtUp, Heartbeat, Reload] as const,
});

export const { ConnectionType: ChangeConnection } = connectionTypes('Change', () => Change);

@ObjectType({ description: 'Who has a task open now.' })
export class Presence {
  /** What the resolvers read; not part of the schema. */
  personIds!: string[];
}

@ObjectType({ description: 'Somebody who is writing a comment.' })
export class TypingPerson {
  /** What the resolvers read; not part of the schema. */
  personId!: string;

  @Field(() => VisibilityEnum as object, { description: 'Who will read it.' })
  audience!: Audience;
}

@ObjectType({ description: 'What goes on in a conversation now.' })
export class Talk {
  @Field(() => [TypingPerson], { description: 'Who is writing, the viewer left out.' })
  typing!: { personId: string; audience: Audience }[];

  @Field(() => DateTime, {
    nullable: true,
    description: 'When somebody of the client last read on, since the viewer listens; null before, and for clients.',
  })
  readAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the viewer last read on, on any of their devices, since they listen; null before.',
  })
  readOnAt!: Date | null;
}
