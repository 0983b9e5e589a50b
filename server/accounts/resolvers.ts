import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { maxCommentCharacters } from '../access/limits.ts';
import { isStaff } from '../access/policy.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { accountLoader, companyOf, landingOf, peopleLoader } from './queries.ts';
import { Account, Company, Person, SignedInPerson } from './types.ts';

@Resolver(() => SignedInPerson)
export class ViewerResolver {
  @Query(() => SignedInPerson, { nullable: true, description: 'Who is signed in; null when nobody is.' })
  viewer(@Ctx() context: GraphqlContext): SignedInPerson | null {
    if (context.viewer === null) return null;
    const { maxUploadBytes } = context.config;
    return { isStaff: isStaff(context.viewer), maxUploadBytes, maxCommentCharacters };
  }

  @FieldResolver(() => Person, { description: 'Themselves.' })
  person(@Ctx() context: GraphqlContext) {
    const ctx = signedIn(context);
    return peopleLoader(ctx).load(ctx.viewer.personId);
  }

  @FieldResolver(() => Account, { nullable: true, description: 'Their account; null for staff.' })
  account(@Ctx() context: GraphqlContext) {
    const ctx = signedIn(context);
    return ctx.viewer.accountId === null ? null : accountLoader(ctx).load(ctx.viewer.accountId);
  }

  @FieldResolver(() => String, {
    description: 'Where this person lands: /overview, /projects/<id>, or /projects while they have none.',
  })
  landsOn(@Ctx() context: GraphqlContext): Promise<string> {
    const ctx = signedIn(context);
    return landingOf(ctx, ctx.viewer);
  }

  @FieldResolver(() => Company, { description: 'The company that runs this installation.' })
  company(@Ctx() context: GraphqlContext): Promise<Company> {
    return companyOf(context);
  }
}

@Resolver(() => Company)
export class CompanyResolver {
  @Query(() => Company, { description: "What the sign-in page may know: the company's name." })
  company(@Ctx() context: GraphqlContext): Promise<Company> {
    return companyOf(context);
  }
}
