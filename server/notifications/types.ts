import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { inboxReasons } from '../../drizzle/schema/index.ts';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import type { InboxReason } from './rules.ts';

export const InboxReasonEnum = enumOf(inboxReasons);
registerEnumType(InboxReasonEnum, {
  name: 'InboxReason',
  description: 'Why something concerns a person. The list grows: show what you do not know as news of its task.',
  valuesConfig: {
    MENTIONED: { description: 'A comment or the note names them.' },
    COMMENTED: { description: 'A comment on a task that they have or take part in.' },
    ASSIGNED: { description: 'The task is theirs now.' },
    REVIEW_WANTED: { description: 'What was handed in waits for their review.' },
    CHANGES_REQUESTED: { description: 'What they handed in needs changes.' },
    APPROVED: { description: 'What they handed in was approved.' },
    APPROVAL_WANTED: { description: 'Their approval is asked for.' },
    MEETING_PROPOSED: { description: 'Times for a meeting were proposed to them.' },
    STUCK: { description: 'A task that they care for is stuck.' },
    MILESTONE_REACHED: { description: 'A milestone is reached, and their word on it is asked for: on the project.' },
    GIVEN_BACK: { description: 'Whoever they had handed a task to by a link gave it back, and said why.' },
    DELEGATED: { description: 'They are to approve something in the place of a colleague.' },
    RETURNED: { description: 'Something that a colleague was to approve in their place is with them again.' },
    PROMISED: { description: 'Somebody said by which day a task that they care for will be done.' },
  },
});

@ObjectType({ implements: Node, description: 'Something that happened and concerns the viewer.' })
export class InboxItem extends Node {
  @Field(() => Int, { description: "Its number in the person's inbox, in which items and marks of reading count." })
  position!: number;

  @Field(() => InboxReasonEnum as object, { description: 'Why it concerns them.' })
  reason!: InboxReason;

  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When they read it, on any device; null while unread.' })
  readAt!: Date | null;
}

export const { ConnectionType: InboxItemConnection } = connectionTypes('InboxItem', () => InboxItem);

@InputType({ description: 'What inboxRead needs: exactly one of its fields.' })
export class InboxReadInput {
  @Field(() => [ID], { nullable: true, description: 'These items, 100 at most.' })
  ids!: string[] | null;

  @Field(() => ID, { nullable: true, description: 'All items of this task.' })
  taskId!: string | null;

  @Field(() => Int, { nullable: true, description: 'All items up to and including this position.' })
  throughPosition!: number | null;
}

@InputType({ description: 'What inboxUnread needs: exactly one of its fields.' })
export class InboxUnreadInput {
  @Field(() => [ID], { nullable: true, description: 'These items, 100 at most.' })
  ids!: string[] | null;

  @Field(() => Int, { nullable: true, description: 'All that one inboxRead has read, by the `mark` it answered.' })
  mark!: number | null;
}

@ObjectType({ description: 'What marking answers. `position` is that of the inbox.' })
export class InboxMarkPayload extends Payload {
  @Field(() => Int, {
    nullable: true,
    description: 'The position of the mark, by which it can be taken back; null when there was nothing to mark.',
  })
  mark!: number | null;

  @Field(() => Int, { description: 'How many items are unread now.' })
  unreadCount!: number;
}
