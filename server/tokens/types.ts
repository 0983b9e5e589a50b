import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { type Scope, scopes } from '../access/scopes.ts';
import type { Role } from '../access/viewer.ts';
import { RoleEnum } from '../accounts/types.ts';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import type { TokenSeen } from './queries.ts';

/** `projects:read` is PROJECTS_READ in GraphQL, whose names know no colon. */
const scopeNames = Object.fromEntries(scopes.map((scope) => [scope.replace(':', '_').toUpperCase(), scope]));
export const TokenScopeEnum: Record<string, Scope> = scopeNames;

registerEnumType(TokenScopeEnum, {
  name: 'TokenScope',
  description: 'What a token may do: read a noun, or read and write it. Never more than its person may.',
  valuesConfig: Object.fromEntries(
    Object.entries(TokenScopeEnum).map(([name, scope]) => [name, { description: `The scope \`${scope}\`.` }]),
  ),
});

@ObjectType({ description: 'What the viewer may do with a token.' })
export class ApiTokenViewerCan {
  @Field(() => Boolean, { description: 'End it.' })
  revoke!: boolean;
}

@ObjectType({ description: 'A key to this API. Its secret is shown once, when it is made.', implements: Node })
export class ApiToken extends Node {
  personId!: string;

  createdBy!: string;

  accountIds!: string[] | null;

  projectIds!: string[] | null;

  @Field(() => String, { description: 'What it is for, in the words of whoever made it.' })
  name!: string;

  @Field(() => String, { description: 'The first characters of the secret, to know it by.' })
  prefix!: string;

  @Field(() => Boolean, { description: 'Whether it acts under a name of its own, and not as a person.' })
  isApp!: boolean;

  @Field(() => [TokenScopeEnum as object], { description: 'What it may do.' })
  scopes!: Scope[];

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it stops working; null when never by itself.' })
  expiresAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was last used, to the minute; null when never.' })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was ended; null while it was not.' })
  revokedAt!: Date | null;
}

export const { ConnectionType: ApiTokenConnection } = connectionTypes('ApiToken', () => ApiToken);

@InputType({ description: 'What tokenCreate needs.' })
export class TokenCreateInput {
  @Field(() => String, { description: 'What it is for, 1 to 80 characters. An app acts under this name.' })
  name!: string;

  @Field(() => [TokenScopeEnum as object], { description: 'What it may do; writing includes reading.' })
  scopes!: Scope[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Only what is of these accounts; null: not restricted by account.',
  })
  accountIds!: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Only what is of these projects; null: not restricted by project.',
  })
  projectIds!: string[] | null;

  @Field(() => DateTime, { nullable: true, description: 'When it stops working; null: when it is revoked.' })
  expiresAt!: Date | null;

  @Field(() => RoleEnum as object, {
    nullable: true,
    description:
      'Makes an app, which acts under its own name with at most the rights of this role; null: as the maker.',
  })
  appRole!: Role | null;

  @Field(() => String, { description: 'Made by the caller; a repeat of the same key makes nothing more.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The outcome of tokenCreate.' })
export class TokenCreatePayload extends Payload {
  @Field(() => ApiToken, { nullable: true, description: 'The token; null when it was not made.' })
  token!: TokenSeen | null;

  @Field(() => String, {
    nullable: true,
    description: 'What to send as `Authorization: Bearer`. Told this once; null when the call repeats an earlier one.',
  })
  secret!: string | null;
}

@ObjectType({ description: 'The outcome of tokenRevoke.' })
export class TokenRevokePayload extends Payload {
  @Field(() => ApiToken, { nullable: true, description: 'The token, which opens nothing any more.' })
  token!: TokenSeen | null;
}
