import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import { appRoles, type Role } from '../access/viewer.ts';
import { accountLoader, peopleLoader } from '../accounts/queries.ts';
import { Account, Person, RoleEnum, SignedInPerson } from '../accounts/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import { tokenCreate, tokenRevoke } from './commands.ts';
import { type TokenSeen, tokenLoader, tokensPage } from './queries.ts';
import {
  ApiToken,
  ApiTokenConnection,
  ApiTokenViewerCan,
  TokenCreateInput,
  TokenCreatePayload,
  TokenRevokePayload,
} from './types.ts';

@Resolver(() => ApiToken)
export class TokenResolver {
  @Query(() => ApiTokenConnection, {
    description: 'The tokens that the viewer may revoke, newest first: their own; those of everybody for an admin.',
  })
  tokens(
    @Ctx() context: GraphqlContext,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' })
    after: string | null,
  ) {
    return tokensPage(signedIn(context), pageSize(first), after ?? null);
  }

  @Mutation(() => TokenCreatePayload, { description: 'Makes a token. Takes a person who is signed in, no token.' })
  async tokenCreate(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => TokenCreateInput, { description: 'What it may do, where, and for how long.' })
    input: TokenCreateInput,
  ): Promise<TokenCreatePayload> {
    const ctx = signedIn(context);
    const {
      name,
      scopes,
      accountIds = null,
      projectIds = null,
      expiresAt = null,
      appRole = null,
      idempotencyKey,
    } = input;
    const asked = { name, scopes, accountIds, projectIds, expiresAt, appRole, idempotencyKey };
    const { done, ...rest } = await outcome(ctx, () => tokenCreate(ctx, asked));
    const token = done && (await tokenLoader(ctx).load(done.id));
    return { ...rest, token, secret: done?.secret ?? null };
  }

  @Mutation(() => TokenRevokePayload, {
    description: 'Ends a token for good, with every socket it has open. Takes a person who is signed in, no token.',
  })
  async tokenRevoke(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The token's id." }) id: string,
  ): Promise<TokenRevokePayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => tokenRevoke(ctx, id));
    return { ...rest, token: done && (await tokenLoader(ctx).load(done.id)) };
  }

  @FieldResolver(() => Person, { description: 'Who it acts as: its maker, or the app itself.' })
  person(@Ctx() context: GraphqlContext, @Root() token: TokenSeen) {
    return peopleLoader(signedIn(context)).load(token.personId);
  }

  @FieldResolver(() => Person, { description: 'Who made it.' })
  createdBy(@Ctx() context: GraphqlContext, @Root() token: TokenSeen) {
    return peopleLoader(signedIn(context)).load(token.createdBy);
  }

  @FieldResolver(() => [Account], {
    nullable: true,
    description: 'Only these accounts; null: not restricted by account.',
  })
  async accounts(@Ctx() context: GraphqlContext, @Root() { accountIds }: TokenSeen) {
    if (accountIds === null) return null;
    const found = await accountLoader(signedIn(context)).loadMany(accountIds);
    return found.filter((account) => account !== null && !(account instanceof Error));
  }

  @FieldResolver(() => Boolean, { description: 'Whether its end has come by itself.' })
  isExpired(@Ctx() context: GraphqlContext, @Root() { expiresAt }: TokenSeen): boolean {
    return expiresAt !== null && expiresAt <= context.clock.now();
  }

  @FieldResolver(() => ApiTokenViewerCan, { description: 'What the viewer may do with it now.' })
  viewerCan(@Ctx() context: GraphqlContext, @Root() token: TokenSeen): ApiTokenViewerCan {
    const { viewer } = signedIn(context);
    return { revoke: token.revokedAt === null && can(viewer, 'token.revoke', { ownerId: token.personId }) };
  }
}

/** What tokens add to whoever is signed in. */
@Resolver(() => SignedInPerson)
export class ViewerTokensResolver {
  @FieldResolver(() => [RoleEnum as object], {
    description: 'The roles that they may give an app; empty when they may make none.',
  })
  appRoles(@Ctx() context: GraphqlContext): readonly Role[] {
    return can(signedIn(context).viewer, 'token.createApp', null) ? appRoles : [];
  }
}
