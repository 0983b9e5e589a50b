import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import type { InvitationSeen } from './invitationQueries.ts';
import type { PersonSeen } from './queries.ts';
import { RoleEnum } from './types.ts';

@ObjectType('Invitation', { implements: Node, description: 'Somebody asked to join who has not yet.' })
export class Invitation extends Node {
  @Field(() => String, { description: 'The address that it is for, and for no other.' })
  email!: string;

  @Field(() => String, { description: 'The name that it was made out to.' })
  name!: string;

  @Field(() => RoleEnum as object, { description: 'What they may do once they joined.' })
  role!: PersonSeen['role'];

  @Field(() => DateTime, { description: 'When it was last sent.' })
  sentAt!: Date;

  @Field(() => DateTime, { description: 'Until when it can be accepted.' })
  expiresAt!: Date;

  @Field(() => Boolean, { description: 'Whether it is too old to be accepted; sending it again makes it good.' })
  isExpired!: boolean;
}

@InputType({ description: 'What personInvite needs.' })
export class PersonInviteInput {
  @Field(() => String, { description: 'The address; the invitation is bound to it.' })
  email!: string;

  @Field(() => String, { description: 'Their name.' })
  name!: string;

  @Field(() => RoleEnum as object, { description: 'What they may do, out of `invitableRoles`.' })
  role!: PersonSeen['role'];

  @Field(() => ID, { nullable: true, description: 'The account of a client; null for staff and partners.' })
  accountId!: string | null;

  @Field(() => [ID], { defaultValue: [], description: 'What a partner is attached to; empty for everybody else.' })
  projectIds!: string[];

  @Field(() => String, { nullable: true, description: "Theirs; null: the account's, or the company's." })
  timeZone!: string | null;

  @Field(() => String, { description: 'Made by the caller; a repeat of the same key invites nobody more.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The outcome of personInvite.' })
export class PersonInvitePayload extends Payload {
  @Field(() => Invitation, { nullable: true, description: 'The invitation; null when it was not made.' })
  invitation!: InvitationSeen | null;
}

@ObjectType({ description: 'The outcome of invitationResend.' })
export class InvitationResendPayload extends Payload {
  @Field(() => Invitation, { nullable: true, description: 'The invitation as it is now.' })
  invitation!: InvitationSeen | null;
}

@ObjectType({ description: 'The outcome of invitationRevoke.' })
export class InvitationRevokePayload extends Payload {
  @Field(() => Invitation, { nullable: true, description: 'The invitation that was taken back.' })
  invitation!: InvitationSeen | null;
}
