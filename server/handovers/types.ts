import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../platform/graphql/enums.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { CalendarDate, DateTime } from '../platform/graphql/scalars.ts';
import type { TaskSeen } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import type { HandoverRow } from './queries.ts';

export const TaskHandoverStateEnum = enumOf(['SENT', 'OPENED', 'GIVEN_BACK']);
registerEnumType(TaskHandoverStateEnum, {
  name: 'TaskHandoverState',
  description: 'What has become of a task that was handed to somebody by a link.',
  valuesConfig: {
    SENT: { description: 'The mail went out; nobody has opened it yet.' },
    OPENED: { description: 'They have opened it.' },
    GIVEN_BACK: { description: 'They gave it back, and said why.' },
  },
});

@ObjectType({ description: 'That one task is with somebody from outside, who sees this task and nothing else.' })
export class TaskHandover {
  /** What the resolvers read; not part of the schema. */
  row!: HandoverRow;

  @Field(() => TaskHandoverStateEnum as object, { description: 'What has become of it.' })
  state!: keyof typeof TaskHandoverStateEnum;

  @Field(() => String, { description: 'The address that the link is for.' })
  email!: string;

  @Field(() => DateTime, { description: 'Since when they have it.' })
  since!: Date;

  @Field(() => DateTime, { description: 'When it ends by itself; a day after the task is done it ends too.' })
  expiresAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When they opened it first; null: not yet.' })
  openedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why they gave it back, in their words; null while they have it.',
  })
  answer!: string | null;

  static of(row: HandoverRow): TaskHandover {
    const state = row.endedAt !== null ? 'GIVEN_BACK' : row.openedAt === null ? 'SENT' : 'OPENED';
    const { email, createdAt: since, expiresAt, openedAt, answer } = row;
    return Object.assign(new TaskHandover(), { row, state, email, since, expiresAt, openedAt, answer });
  }
}

@InputType({ description: 'What taskHandOver needs.' })
export class TaskHandOverInput {
  @Field(() => String, { description: 'The address that the link is for, and goes to.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'A word to them; it stands in the mail and above the task.' })
  message?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day on which it opens the task, at most 90 days ahead; left out: in 14 days.',
  })
  until?: string | null;

  @Field(() => String, { description: 'Of your making: a repeat with the same key changes nothing.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The outcome of taskHandOver.' })
export class TaskHandOverPayload extends Payload {
  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}

@ObjectType({ description: 'The outcome of taskTakeBack.' })
export class TaskTakeBackPayload extends Payload {
  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}
