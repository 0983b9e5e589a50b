import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { ExternalId } from './naming.ts';
import type { ExternalIdSeen } from './queries.ts';

@ObjectType({ description: "What another system calls an account. An id of a system is one account's alone." })
export class AccountExternalId implements ExternalIdSeen {
  @Field(() => String, { description: 'The other system by its short name, in small letters, e.g. salesforce.' })
  system!: string;

  @Field(() => String, { description: 'The id there, as it was given.' })
  externalId!: string;

  @Field(() => DateTime, { description: 'When it was written down here.' })
  setAt!: Date;
}

@InputType({ description: 'What accountExternalIdSet needs.' })
export class AccountExternalIdSetInput implements ExternalId {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => String, {
    description: 'The other system: up to 40 letters, digits, dots and dashes; capitals count as small letters.',
  })
  system!: string;

  @Field(() => String, { description: 'The id there, at most 200 characters.' })
  externalId!: string;

  @Field(() => String, { nullable: true, description: 'The id of the same system that this one stands instead of.' })
  replaces?: string | null;
}

@InputType({ description: 'What accountExternalIdRemove needs.' })
export class AccountExternalIdRemoveInput implements ExternalId {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => String, { description: 'The other system.' })
  system!: string;

  @Field(() => String, { description: 'The id there.' })
  externalId!: string;
}
