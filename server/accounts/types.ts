import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { roles } from '../access/viewer.ts';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { Accent } from './companyTypes.ts';
import type { AccountRow, PersonSeen } from './queries.ts';

export const RoleEnum = enumOf(roles);
registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What a person may do.',
  valuesConfig: {
    CLIENT_VIEWER: { description: 'Somebody of an account who reads.' },
    CLIENT_SPONSOR: { description: 'Somebody of an account who reads, comments and approves milestones.' },
    CLIENT_MEMBER: { description: 'Somebody of an account: reads, submits, comments and edits notes in its projects.' },
    CLIENT_LEAD: { description: 'A member who also invites, assigns within the account and approves.' },
    PARTNER: { description: "Somebody of the shop's agency: as a member, in the projects that they are attached to." },
    CONTRIBUTOR: { description: 'Somebody of the company who works on integrations.' },
    PM: { description: 'Somebody of the company who runs integrations.' },
    MANAGER: { description: 'Somebody of the company who looks after those who run integrations.' },
    DIRECTOR: { description: 'Somebody of the company who reads all of it.' },
    ADMIN: { description: 'Somebody of the company who sets Slipway up.' },
  },
});

@ObjectType('Company', { description: 'The company that runs this installation.' })
export class Company {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Path of its logo on this origin; null while it has none.' })
  logoUrl!: string | null;

  @Field(() => Accent, { nullable: true, description: "Its colour; null: Slipway's own." })
  accent!: Accent | null;
}

@ObjectType('Account', { implements: Node, description: 'A client company.' })
export class Account extends Node {
  @Field(() => Int, { description: 'Moves with every change; acts carry the revision that the person saw.' })
  revision!: number;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: "The shop's address." })
  website!: string;

  @Field(() => String, { description: "Where the shop's clock stands, e.g. Europe/Oslo." })
  timeZone!: string;
}

@ObjectType('Person', { implements: Node, description: 'Somebody of an account, or of the company.' })
export class Person extends Node implements PersonSeen {
  accountId!: string | null;

  projectIds!: readonly string[];

  projectAccountIds!: readonly string[];

  workedOn!: readonly string[];

  workedFor!: readonly string[];

  @Field(() => String, { description: 'Their name.' })
  name!: string;

  @Field(() => RoleEnum as object, { description: 'What they may do.' })
  role!: PersonSeen['role'];

  @Field(() => String, { nullable: true, description: "Their account's name; null for staff." })
  accountName!: string | null;

  @Field(() => String, {
    description: 'Where their clock stands, e.g. Europe/Prague; UTC where only their name may be known.',
  })
  timeZone!: string;

  @Field(() => Boolean, { description: 'Whether they are of the company that runs Slipway.' })
  isStaff!: boolean;
}

@ObjectType({ description: 'The outcome of an act on an account.' })
export class AccountPayload extends Payload {
  @Field(() => Account, { nullable: true, description: 'The account as it is now.' })
  account!: AccountRow | null;
}

export const { ConnectionType: AccountConnection } = connectionTypes('Account', () => Account);

@ObjectType({ description: 'What the viewer may do with a person.' })
export class PersonViewerCan {
  @Field(() => [RoleEnum as object], { description: 'The other roles that the viewer may give them; empty for none.' })
  giveRoles!: PersonSeen['role'][];

  @Field(() => Boolean, { description: 'Take their access away.' })
  remove!: boolean;

  @Field(() => Boolean, { description: 'Look at Slipway through their eyes.' })
  viewAs!: boolean;
}

@ObjectType({ description: 'What the viewer may do at all: which doors the page shows.' })
export class ViewerCan {
  @Field(() => Boolean, { description: 'See who is here, in settings.' })
  seePeople!: boolean;

  @Field(() => Boolean, { description: 'Invite somebody, somewhere.' })
  invitePeople!: boolean;

  @Field(() => Boolean, { description: "Edit the company's settings." })
  editCompany!: boolean;

  @Field(() => Boolean, { description: 'Read the list of what happened in the company.' })
  readAudit!: boolean;

  @Field(() => Boolean, { description: 'Open projects.' })
  createProjects!: boolean;

  @Field(() => Boolean, { description: 'Read templates.' })
  readTemplates!: boolean;

  @Field(() => Boolean, { description: 'Look at journey maps.' })
  readJourneys!: boolean;

  @Field(() => Boolean, { description: 'Begin journeys and draw on their maps.' })
  editJourneys!: boolean;

  @Field(() => Boolean, { description: 'Edit templates.' })
  editTemplates!: boolean;

  @Field(() => Boolean, { description: 'Read the overview.' })
  readOverview!: boolean;

  @Field(() => Boolean, { description: 'Take the overview along as a file.' })
  exportOverview!: boolean;

  @Field(() => Boolean, { description: 'Make tokens of their own.' })
  createTokens!: boolean;

  @Field(() => Boolean, { description: 'Make tokens for programs.' })
  createAppTokens!: boolean;
}

@ObjectType('Viewer', { description: 'Who is signed in, and what they meet.' })
export class SignedInPerson {
  @Field(() => Boolean, { description: 'Whether they are of the company that runs Slipway.' })
  isStaff!: boolean;

  @Field(() => Float, { description: 'The largest file that may be uploaded, in bytes.' })
  maxUploadBytes!: number;

  @Field(() => Int, { description: 'The longest comment, in characters.' })
  maxCommentCharacters!: number;
}
