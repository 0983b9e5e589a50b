import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../platform/graphql/enums.ts';
import { CalendarDate, DateTime } from '../platform/graphql/scalars.ts';
import type { DayItem, Urgency, WhyKind } from './whys.ts';
import { urgencies, whyKinds } from './whys.ts';

const UrgencyEnum = enumOf(urgencies);
registerEnumType(UrgencyEnum, {
  name: 'MyDayUrgency',
  description: 'How urgent something is, the most urgent first.',
  valuesConfig: {
    LATE: { description: 'Its day has passed.' },
    TODAY: { description: 'Its day is today.' },
    WAITING: { description: 'Somebody waits for the viewer.' },
    HELD_UP: { description: 'It does not move: stuck, or the client is silent.' },
    SOON: { description: 'Due within seven days.' },
  },
});

const WhyEnum = enumOf(whyKinds);
registerEnumType(WhyEnum, {
  name: 'MyDayReason',
  description: 'Why something needs the viewer. The list grows: show what you do not know by its task.',
  valuesConfig: {
    TASK_OVERDUE: { description: 'A task of theirs is overdue.' },
    PROMISE_BROKEN: { description: 'A side named a day for it, which has passed.' },
    TASK_DUE_TODAY: { description: 'A task of theirs is due today.' },
    PROMISE_DUE: { description: 'A side said that it will be done today.' },
    REVIEW_WAITS: { description: 'Something was handed in that they may review.' },
    APPROVAL_WAITS: { description: 'Their approval is asked for.' },
    MENTIONED: { description: 'They were named, and have not read it.' },
    STUCK: { description: 'A task of theirs, or of a project they manage, is stuck.' },
    CLIENT_SILENT: { description: 'A client who owes something did nothing for seven working days.' },
    TASK_DUE_SOON: { description: 'A task of theirs is due within seven days.' },
  },
});

@ObjectType({ description: 'One reason why something needs the viewer.' })
export class MyDayWhy {
  actorId!: string | null;
  commentId!: string | null;
  inPlaceOfId!: string | null;

  @Field(() => WhyEnum as object, { description: 'Which.' })
  kind!: WhyKind;

  @Field(() => CalendarDate, { nullable: true, description: 'The day it is due, or was promised for; else null.' })
  on!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when; null for what is due.' })
  since!: Date | null;

  @Field(() => Boolean, { description: 'Whether it is in the note that they were named.' })
  isOfNote!: boolean;

  @Field(() => Boolean, { description: 'Nobody has the task, so it is for whoever manages the project.' })
  isNobodys!: boolean;

  @Field(() => Int, { nullable: true, description: 'Working days of silence; null for every other reason.' })
  days!: number | null;
}

@ObjectType({ description: 'Something that needs the viewer: a task, or a whole project, with all its reasons.' })
export class MyDayItem {
  projectId!: string;
  taskId!: string | null;

  @Field(() => String, { description: 'Tells it from the other items of the day.' })
  key!: string;

  @Field(() => [MyDayWhy], { description: 'The reasons, the most urgent first.' })
  whys!: MyDayWhy[];
}

@ObjectType({ description: 'What is equally urgent.' })
export class MyDayGroup {
  items!: DayItem[];

  @Field(() => UrgencyEnum as object, { description: 'How urgent.' })
  urgency!: Urgency;
}

@ObjectType({ description: 'What needs the viewer today, and why. Staff only.' })
export class MyDay {
  @Field(() => [MyDayGroup], { description: 'By urgency; what is empty is left out.' })
  groups!: MyDayGroup[];

  @Field(() => String, {
    description: 'Where to resume `overviewChanges`: this answer already holds what came before.',
  })
  cursor!: string;
}
