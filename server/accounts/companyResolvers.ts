import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import { companyEdit, companySettings } from './companySettings.ts';
import { CompanyEditInput, CompanyEditPayload, CompanySettings } from './companyTypes.ts';

@Resolver(() => CompanySettings)
export class CompanySettingsResolver {
  @Query(() => CompanySettings, {
    nullable: true,
    description: "The company's settings; null for whoever may not edit them.",
  })
  companySettings(@Ctx() context: GraphqlContext) {
    return companySettings(signedIn(context));
  }

  @Mutation(() => CompanyEditPayload, { description: "Changes the company's settings." })
  async companyEdit(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => CompanyEditInput, { description: 'What to change.' }) input: CompanyEditInput,
  ) {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => companyEdit(ctx, input));
    // After a refusal too: whoever was too late sees at once what stands there now.
    return { ...rest, settings: done ?? (await companySettings(ctx)) };
  }
}
