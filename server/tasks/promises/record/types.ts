import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionTypes } from '../../../platform/graphql/connection.ts';
import { enumOf } from '../../../platform/graphql/enums.ts';
import { CalendarDate, DateTime } from '../../../platform/graphql/scalars.ts';
import type { TaskSeen } from '../../queries.ts';
import { SideEnum } from '../../types.ts';

export const promiseResults = ['OPEN', 'KEPT', 'MISSED', 'CHANGED'] as const;
export type PromiseResult = (typeof promiseResults)[number];
export const PromiseResultEnum = enumOf(promiseResults);
registerEnumType(PromiseResultEnum, {
  name: 'PromiseResult',
  description: 'What became of a day that was promised.',
  valuesConfig: {
    OPEN: { description: 'It is not over, and the task is still theirs.' },
    KEPT: { description: 'The task was let go of by its end.' },
    MISSED: { description: 'It was over before the task was let go of, or before another day was named.' },
    CHANGED: { description: 'Moved, taken back or no more wanted before it was over: it counts for nothing.' },
  },
});

@ObjectType({ description: 'A day that a side named for a task, and what became of it.' })
export class ProjectPromise {
  /** What the resolver reads; not part of the schema. */
  taskId!: string;
  /** What the resolver reads; not part of the schema. */
  personId!: string;

  @Field(() => SideEnum as object, { description: 'Who promised.' })
  side!: TaskSeen['side'];

  @Field(() => CalendarDate, { description: 'By the end of this day.' })
  on!: string;

  @Field(() => DateTime, { description: 'When they said it.' })
  at!: Date;

  @Field(() => PromiseResultEnum as object, { description: 'What became of it.' })
  result!: PromiseResult;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day on which it ended, in the zone of whoever promised; null while it stands.',
  })
  endedOn!: string | null;

  @Field(() => Int, { description: 'How many days it was missed by, until it ended or until today; else 0.' })
  daysOver!: number;
}

export const { ConnectionType: ProjectPromiseConnection } = connectionTypes('ProjectPromise', () => ProjectPromise);
