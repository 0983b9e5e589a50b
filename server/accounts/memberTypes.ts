import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import type { PersonSeen } from './queries.ts';
import { Person, RoleEnum, SignedInPerson } from './types.ts';

@InputType({ description: 'What personChangeRole needs.' })
export class PersonChangeRoleInput {
  @Field(() => RoleEnum as object, { description: 'The new role, out of `viewerCan.giveRoles`.' })
  role!: PersonSeen['role'];
}

@InputType({ description: 'What partnerAttach and partnerDetach need.' })
export class PartnerProjectInput {
  @Field(() => ID, { description: 'The project.' })
  projectId!: string;
}

@ObjectType({ description: 'The outcome of an act on a person.' })
export class PersonPayload extends Payload {
  @Field(() => Person, { nullable: true, description: 'The person as they are now.' })
  person!: PersonSeen | null;
}

@InputType({ description: 'What profileEdit needs.' })
export class ProfileEditInput {
  @Field(() => String, { description: 'The name that everybody sees.' })
  name!: string;

  @Field(() => String, { description: 'Where their clock stands, e.g. Europe/Prague.' })
  timeZone!: string;
}

@ObjectType('Session', { description: 'A place where the viewer is signed in.' })
export class SignInSession {
  @Field(() => ID, { description: 'To end it by.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The browser, such as Firefox; null when it does not say.' })
  browser!: string | null;

  @Field(() => String, { nullable: true, description: 'What it runs on, such as Windows; null when it does not say.' })
  system!: string | null;

  @Field(() => DateTime, { description: 'Since when.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last used, to the minute.' })
  lastSeenAt!: Date;

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  isCurrent!: boolean;
}

@ObjectType({ description: 'How the viewer signs in.' })
export class SignInMethods {
  @Field(() => DateTime, { nullable: true, description: 'When they set a password; null when they have none.' })
  passwordSetAt!: Date | null;

  @Field(() => Boolean, {
    description: 'Whether they signed in so lately that they may set a password without the old.',
  })
  isFresh!: boolean;
}

@ObjectType({ description: 'The outcome of ending sessions, and of looking through other eyes.' })
export class ViewerPayload extends Payload {
  @Field(() => SignedInPerson, { nullable: true, description: 'Who is signed in now; null when nobody is any more.' })
  viewer!: SignedInPerson | null;
}
