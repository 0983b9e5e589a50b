import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { deviceOf } from './device.ts';
import { SignInMethods, SignInSession, ViewerPayload } from './memberTypes.ts';
import { viewerBySession } from './queries.ts';
import { signedInPerson } from './resolvers.ts';
import { isOneself, ownSessions, ownSignIn } from './sessionQueries.ts';
import { sessionEnd, sessionsEndOthers } from './sessions.ts';
import { SignedInPerson } from './types.ts';
import { viewAsEnd, viewAsStart } from './views.ts';

/** What is one's own alone: where one is signed in, and through whose eyes one looks. */
@Resolver(() => SignedInPerson)
export class SessionResolver {
  @FieldResolver(() => [SignInSession], {
    description: 'Where they are signed in, this place first. Empty for a token, and through other eyes.',
  })
  async sessions(@Ctx() context: GraphqlContext): Promise<SignInSession[]> {
    const rows = await ownSessions(signedIn(context));
    return rows.map(({ userAgent, ...row }) => ({ ...row, ...deviceOf(userAgent) }));
  }

  @FieldResolver(() => SignInMethods, {
    nullable: true,
    description: 'How they sign in; null for a token, and through other eyes.',
  })
  signIn(@Ctx() context: GraphqlContext): Promise<SignInMethods | null> {
    return ownSignIn(signedIn(context));
  }

  @Mutation(() => ViewerPayload, { description: "Ends one of the viewer's own sessions, with its sockets." })
  async sessionEnd(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The session's id." }) id: string,
  ): Promise<ViewerPayload> {
    const ctx = oneself(context);
    if (!isUuid(id) || !(await sessionEnd(ctx, ctx.viewer.personId, id))) throw new ApiError('NOT_FOUND');
    return viewerNow(ctx);
  }

  @Mutation(() => ViewerPayload, { description: "Ends all of the viewer's own sessions but the one that asks." })
  async sessionsEndOthers(@Ctx() context: GraphqlContext): Promise<ViewerPayload> {
    const ctx = oneself(context);
    await sessionsEndOthers(ctx, ctx.viewer.personId, ctx.viewer.sessionId);
    return viewerNow(ctx);
  }

  @Mutation(() => ViewerPayload, {
    description:
      'Shows this session what a client sees, for an hour at most. Nothing can be changed meanwhile; that it happened is on record.',
  })
  async viewAsStart(
    @Ctx() context: GraphqlContext,
    @Arg('personId', () => ID, { description: 'The client.' }) personId: string,
  ): Promise<ViewerPayload> {
    const ctx = signedIn(context);
    await viewAsStart(ctx, personId);
    return viewerNow(ctx);
  }

  @Mutation(() => ViewerPayload, { description: 'Gives this session its own eyes back.' })
  async viewAsEnd(@Ctx() context: GraphqlContext): Promise<ViewerPayload> {
    const ctx = signedIn(context);
    if (ctx.viewer.token !== null) throw new ApiError('FORBIDDEN');
    await viewAsEnd(ctx, ctx.viewer.sessionId);
    return viewerNow(ctx);
  }
}

/** The context of somebody who acts for themselves, or FORBIDDEN. */
function oneself(context: GraphqlContext): Context {
  const ctx = signedIn(context);
  if (!isOneself(ctx)) throw new ApiError('FORBIDDEN');
  return ctx;
}

/** Who the session is after the act: the rest of the request goes on with the rights of now. */
async function viewerNow(ctx: Context): Promise<ViewerPayload> {
  const now = await viewerBySession(ctx, ctx.viewer.sessionId);
  Object.assign(ctx, { viewer: now });
  ctx.loaders.clear();
  return { userErrors: [], position: null, viewer: now && signedInPerson(ctx, now) };
}
