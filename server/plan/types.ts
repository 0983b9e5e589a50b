import { Extensions, Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Health, healths } from '../../drizzle/schema/index.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { CalendarDate, DateTime } from '../platform/graphql/scalars.ts';
import type { ProjectSeen } from '../projects/queries.ts';
import { Project } from '../projects/types.ts';
import { type HealthReasonCode, healthReasonCodes } from './health.ts';
import type { Override, HealthReason as Reason } from './queries.ts';

export const HealthEnum = enumOf(healths);
registerEnumType(HealthEnum, {
  name: 'Health',
  description: 'How a project under way is doing.',
  valuesConfig: {
    ON_TRACK: { description: 'Nothing speaks against the target date.' },
    AT_RISK: {
      description: 'Something is stuck, overdue or silent, or the target is less likely met than 8 times in 10.',
    },
    OFF_TRACK: { description: 'The target date has passed, or is more likely missed than met.' },
  },
});

export const HealthReasonCodeEnum = enumOf(healthReasonCodes);
registerEnumType(HealthReasonCodeEnum, {
  name: 'HealthReasonCode',
  description: 'Why a project is not on track.',
  valuesConfig: {
    TARGET_PASSED: { description: 'The target (`on`) has passed.' },
    FORECAST_AFTER_TARGET: {
      description: 'Half of all simulated runs are live only after the target, by `on`: `days` later, or more.',
    },
    FORECAST_NEAR_TARGET: {
      description:
        'More than 2 in 10 simulated runs are live only after the target: 8 in 10 are by `on`, `days` later.',
    },
    DUE_AFTER_TARGET: {
      description: 'Tasks are due after the target.',
      deprecationReason: 'Not given any more: FORECAST_AFTER_TARGET tells it.',
    },
    GATE_LATE: {
      description: 'A late gate moves the end of the plan.',
      deprecationReason: 'Not given any more: FORECAST_AFTER_TARGET tells it.',
    },
    STUCK: { description: '`count` tasks are stuck for over three working days, longest `task`: `days`, since `on`.' },
    CHECK_BROKEN: { description: 'Checks of `count` tasks broke after they had passed, longest `task`: since `on`.' },
    OVERDUE: { description: '`count` tasks are overdue, longest `task`: by `days`, since `on`.' },
    CLIENT_SILENT: { description: 'The client owes `count` tasks and was silent for `days`, since `on`.' },
  },
});

@ObjectType({ description: 'One reason why a project is not on track. What its code does not need is null.' })
export class HealthReason implements Omit<Reason, 'taskId'> {
  taskId!: string | null;

  @Field(() => HealthReasonCodeEnum as object, { description: 'What is wrong.' })
  code!: HealthReasonCode;

  @Field(() => Int, { nullable: true, description: 'How many tasks.' })
  count!: number | null;

  @Field(() => Int, { nullable: true, description: 'Working days.' })
  days!: number | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day that it is about.' })
  on!: string | null;
}

@ObjectType({ description: "What somebody said a project's health is; it holds to the end of a day." })
export class HealthOverride {
  byId!: string;

  @Field(() => HealthEnum as object, { description: 'The health that holds.' })
  health!: Health;

  @Field(() => String, { description: 'Why, in their words.' })
  reason!: string;

  @Field(() => CalendarDate, { description: "The last day on which it holds, in the project's zone." })
  expiresOn!: string;

  @Field(() => DateTime, { description: 'When they said it.' })
  at!: Date;
}

@ObjectType({ description: 'How a project under way is doing, and why. Staff only.' })
export class ProjectHealth {
  projectId!: string;

  @Field(() => HealthEnum as object, { description: 'What holds: the override, else what is computed.' })
  state!: Health;

  @Field(() => HealthEnum as object, { description: 'By dates, and by what is stuck.' })
  computed!: Health;

  @Extensions({ listSize: 6 })
  @Field(() => [HealthReason], { description: 'Of what is computed, the gravest first; empty when on track.' })
  reasons!: HealthReason[];

  @Field(() => HealthOverride, { nullable: true, description: 'Null when nobody overrode it, or it has run out.' })
  override!: Override | null;

  @Field(() => Int, { description: 'Moves with every override; 0 before the first. Acts carry the one seen.' })
  revision!: number;
}

@InputType({ description: 'What projectHealthOverride needs.' })
export class ProjectHealthOverrideInput {
  @Field(() => Int, { description: '`ProjectHealth.revision` that the person saw.' })
  revision!: number;

  @Field(() => HealthEnum as object, { description: 'The health that holds from now on.' })
  health!: Health;

  @Field(() => String, { description: 'Why, for colleagues: up to 500 characters.' })
  reason!: string;

  @Field(() => CalendarDate, { description: 'The last day on which it holds.' })
  expiresOn!: string;
}

@InputType({ description: 'What projectHealthOverrideClear needs.' })
export class ProjectHealthOverrideClearInput {
  @Field(() => Int, { description: '`ProjectHealth.revision` that the person saw.' })
  revision!: number;
}

@ObjectType({ description: 'The outcome of projectHealthOverride.' })
export class ProjectHealthOverridePayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The project as it is now.' })
  project!: ProjectSeen | null;
}

@ObjectType({ description: 'The outcome of projectHealthOverrideClear.' })
export class ProjectHealthOverrideClearPayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The project as it is now.' })
  project!: ProjectSeen | null;
}
