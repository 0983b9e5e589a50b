import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type LinkKind,
  linkKinds,
  type PinEdge,
  pinEdges,
  reviewerRoles,
  sides,
  taskStates,
  taskTypes,
  visibilities,
} from '../../drizzle/schema/index.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Node } from '../platform/graphql/node.ts';
import { CalendarDate, DateTime } from '../platform/graphql/scalars.ts';
import { courts } from './court.ts';
import type { TaskSeen } from './queries.ts';

export const CourtEnum = enumOf(courts);
registerEnumType(CourtEnum, {
  name: 'Court',
  description: 'Whose turn it is.',
  valuesConfig: {
    CLIENT: { description: "The client's." },
    COMPANY: { description: "The company's." },
    THIRD_PARTY: { description: "Somebody else's." },
    NOBODY: { description: 'Nothing is open, or the project is not active.' },
  },
});

export const SideEnum = enumOf(sides);
registerEnumType(SideEnum, {
  name: 'Side',
  description: 'Who owes a task.',
  valuesConfig: {
    CLIENT: { description: 'The client.' },
    COMPANY: { description: 'The company that runs Slipway.' },
    THIRD_PARTY: { description: 'Somebody else.' },
  },
});

export const VisibilityEnum = enumOf(visibilities);
registerEnumType(VisibilityEnum, {
  name: 'Visibility',
  description: 'Who may know of a thing.',
  valuesConfig: {
    SHARED: { description: 'The client and staff.' },
    INTERNAL: { description: 'Staff only; for clients it does not exist.' },
  },
});

export const ReviewerRoleEnum = enumOf(reviewerRoles);
registerEnumType(ReviewerRoleEnum, {
  name: 'ReviewerRole',
  description: 'Who looks at what is handed in; managers stand in for all of them.',
  valuesConfig: {
    PM: { description: 'Whoever manages the project at the time.' },
    CONTRIBUTOR: { description: 'Any contributor of the company.' },
    MANAGER: { description: 'Any manager of the company.' },
  },
});

export const TaskTypeEnum = enumOf(taskTypes);
registerEnumType(TaskTypeEnum, {
  name: 'TaskType',
  description: 'What a task asks for.',
  valuesConfig: {
    FILE: { description: 'A file.' },
    URL: { description: 'A web address.' },
    FORM: { description: 'Answers.' },
    DNS: { description: 'Records in the domain name system.' },
    CREDENTIALS: { description: 'Secrets.' },
    APPROVAL: { description: 'A yes or no.' },
    MEETING: { description: 'A time to meet.' },
    CHECK: { description: 'Something to look at.' },
    WORK: { description: 'Something to do.' },
  },
});

export const TaskStateEnum = enumOf(taskStates);
registerEnumType(TaskStateEnum, {
  name: 'TaskState',
  description: 'Where a task stands.',
  valuesConfig: {
    NOT_READY: { description: 'Waits for other tasks.' },
    READY: { description: 'Can be begun.' },
    IN_PROGRESS: { description: 'Somebody has begun.' },
    SUBMITTED: { description: 'Delivered; being received.' },
    IN_REVIEW: { description: 'Delivered; the company looks at it.' },
    CHANGES_REQUESTED: { description: 'Looked at; something has to change.' },
    DONE: { description: 'Finished.' },
    WAIVED: { description: 'Not needed here.' },
    CANCELLED: { description: 'Given up.' },
  },
});

export const LinkKindEnum = enumOf(linkKinds);
registerEnumType(LinkKindEnum, {
  name: 'LinkKind',
  description: 'How a task waits for another.',
  valuesConfig: {
    FINISH_TO_START: { description: 'It starts after the other is finished.' },
    START_TO_START: { description: 'It starts when the other starts, or later.' },
    FINISH_TO_FINISH: { description: 'It is finished when the other is, or later.' },
    START_TO_FINISH: { description: 'It is finished when the other starts, or later.' },
  },
});

export const PinEdgeEnum = enumOf(pinEdges);
registerEnumType(PinEdgeEnum, {
  name: 'PinEdge',
  description: 'What of a task a pin holds.',
  valuesConfig: {
    START: { description: 'The day on which it starts.' },
    FINISH: { description: 'The day on which it is finished.' },
  },
});

@ObjectType({ description: 'Where a planner holds a task in the plan.' })
export class TaskPin {
  @Field(() => PinEdgeEnum as object, { description: 'Its start, or its finish.' })
  edge!: PinEdge;

  @Field(() => CalendarDate, { description: 'The day.' })
  on!: string;
}

@InputType({ description: 'Where a planner holds a task in the plan.' })
export class TaskPinInput {
  @Field(() => PinEdgeEnum as object, { description: 'Its start, or its finish.' })
  edge!: PinEdge;

  @Field(() => CalendarDate, { description: 'The day; what comes before may still push it later.' })
  on!: string;
}

@ObjectType({ description: 'How a task waits for another.' })
export class TaskLink {
  predecessor!: TaskSeen;

  @Field(() => LinkKindEnum as object, { description: 'What of the one holds what of the other.' })
  kind!: LinkKind;

  @Field(() => Int, { description: 'Working days of the waiting side between them; negative: so many before.' })
  lagDays!: number;
}

@ObjectType({ description: 'What the viewer may do with a task now.' })
export class TaskViewerCan {
  /** For the rights that later nouns add. */
  task!: TaskSeen;

  @Field(() => Boolean, { description: 'Say that work has begun.' })
  start!: boolean;

  @Field(() => Boolean, { description: 'Hand in what it asks for, or decide on it.' })
  submit!: boolean;

  @Field(() => Boolean, { description: 'Assign it to somebody of `assignable`.' })
  assign!: boolean;

  @Field(() => Boolean, { description: 'Say that it is not needed here.' })
  waive!: boolean;

  @Field(() => Boolean, { description: 'Give it up.' })
  cancel!: boolean;

  @Field(() => Boolean, { description: 'Take it up again after it was waived, cancelled or done.' })
  reopen!: boolean;

  @Field(() => Boolean, { description: 'Say that it cannot go on, and who can unblock it.' })
  flagStuck!: boolean;

  @Field(() => Boolean, { description: 'Say that it can go on again.' })
  unstick!: boolean;

  @Field(() => Boolean, { description: 'Change its words, dates, side and phase, and what it waits for.' })
  edit!: boolean;

  @Field(() => Boolean, { description: 'Share it with the client, or make it internal.' })
  setVisibility!: boolean;

  @Field(() => Boolean, { description: 'Write a comment that the client and staff read.' })
  comment!: boolean;

  @Field(() => Boolean, { description: 'Write a comment that only staff read.' })
  commentInternally!: boolean;
}

@ObjectType({
  description: 'One thing to do on the road, with its documentation, input and conversation.',
  implements: Node,
})
export class Task extends Node {
  @Field(() => Int, { description: 'Moves with every change; acts carry the revision that the person saw.' })
  revision!: number;

  @Field(() => String, { description: 'What to do.' })
  title!: string;

  @Field(() => String, { description: 'Why, as a clause: "so that we can build your search index".' })
  purpose!: string;

  @Field(() => Int, { description: 'How many minutes of work it usually takes.' })
  minutes!: number;

  @Field(() => TaskTypeEnum as object, { description: 'What it asks for.' })
  type!: TaskSeen['type'];

  @Field(() => SideEnum as object, { description: 'Who owes it.' })
  side!: TaskSeen['side'];

  @Field(() => VisibilityEnum as object, { description: 'Who may know of it.' })
  visibility!: TaskSeen['visibility'];

  @Field(() => TaskStateEnum as object, { description: 'Where it stands.' })
  state!: TaskSeen['state'];

  @Field(() => DateTime, { description: 'Since when it stands there.' })
  stateSince!: Date;

  @Field(() => Boolean, { description: 'Whether a delivery is looked at before the task is done.' })
  isReviewWanted!: boolean;

  @Field(() => ReviewerRoleEnum as object, {
    nullable: true,
    description: 'Who looks at it, by role; null: anybody of the company, or nobody where no review is wanted.',
  })
  reviewerRole!: TaskSeen['reviewerRole'];

  @Field(() => [String], {
    description: 'File name endings that are accepted, with the dot; empty when no file is asked for.',
  })
  acceptedExtensions!: string[];

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'Due at the close of this day; null when it has no date, and when it was left open in a project that has ended.',
  })
  dueOn!: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Not ready before this day; null when it is as soon as what it waits for is done.',
  })
  startsOn!: string | null;

  @Field(() => Int, {
    description: 'Working days of its side from its start to its finish; 0: done on the day that what comes before is.',
  })
  durationDays!: number;

  @Field(() => Boolean, { description: 'Whether the project cannot go live before it is done or waived.' })
  isGate!: boolean;

  @Field(() => Boolean, {
    description: "Whether it is for whoever leads on the client's side; then `assignee` is null.",
  })
  isForLead!: boolean;
}

@ObjectType({ description: 'Why somebody moved a task, in their words.' })
export class TaskReason {
  /** What the resolver reads; not part of the schema. Null: a check that keeps running. */
  personId!: string | null;

  @Field(() => String, { description: 'The words.' })
  text!: string;

  @Field(() => DateTime, { description: 'When they were said.' })
  at!: Date;
}

@ObjectType({ description: 'That a task cannot go on.' })
export class TaskStuck {
  /** What the resolvers read; not part of the schema. */
  task!: TaskSeen;

  @Field(() => SideEnum as object, { description: 'Who can unblock it.' })
  side!: TaskSeen['side'];

  @Field(() => DateTime, { description: 'Since when.' })
  since!: Date;
}

@ObjectType({ description: 'How much is done.' })
export class Progress {
  @Field(() => Int, { description: 'Tasks that are done or waived.' })
  done!: number;

  @Field(() => Int, { description: 'All tasks but cancelled ones.' })
  total!: number;
}
