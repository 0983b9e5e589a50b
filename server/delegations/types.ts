import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload.ts';
import { CalendarDate, DateTime } from '../platform/graphql/scalars.ts';
import type { DelegationRow } from './queries.ts';

@ObjectType({ description: 'That somebody decides in the place of another: one task, or all of theirs for some days.' })
export class Delegation {
  /** What the resolvers read; not part of the schema. */
  row!: DelegationRow;

  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => DateTime, { description: 'From when on.' })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; null: with its task.' })
  endsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was ended; null while it stands.' })
  endedAt!: Date | null;

  static of(row: DelegationRow): Delegation {
    const { id, startsAt, endsAt, endedAt } = row;
    return Object.assign(new Delegation(), { row, id, startsAt, endsAt, endedAt });
  }
}

@InputType({ description: 'What approvalDelegate needs.' })
export class ApprovalDelegateInput {
  @Field(() => ID, { description: 'Who decides meanwhile, out of `delegationCandidates`.' })
  toId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The one task; left out: all that is theirs to approve on some days.',
  })
  taskId?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day; left out: today. Of a task, left out.' })
  from?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day; needed without a task, at most a year ahead.',
  })
  until?: string | null;

  @Field(() => String, { description: 'Of your making: a repeat with the same key changes nothing.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The outcome of approvalDelegate.' })
export class ApprovalDelegatePayload extends Payload {
  @Field(() => Delegation, { nullable: true, description: 'Who decides meanwhile; null when refused.' })
  delegation!: Delegation | null;
}

@ObjectType({ description: 'The outcome of delegationEnd.' })
export class DelegationEndPayload extends Payload {
  @Field(() => Delegation, { nullable: true, description: 'As it ended.' })
  delegation!: Delegation | null;
}
