import { Arg, Ctx, Extensions, Mutation, Query, Resolver } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import { journeyImport } from '../commands.ts';
import { journeyLoader } from '../queries.ts';
import { fileReport } from './import.ts';
import { JourneyFileInput, JourneyFileReport, JourneyImportInput, JourneyImportPayload } from './types.ts';

@Resolver()
export class JourneyFileResolver {
  @Query(() => JourneyFileReport, {
    description:
      'What journeyImport would make of a file, and what is wrong in it. Nothing is made. Counts as 500 fields.',
  })
  @Extensions({ cost: 500 })
  journeyFileReport(
    @Ctx() context: GraphqlContext,
    @Arg('file', () => JourneyFileInput, { description: 'The file.' }) file: JourneyFileInput,
  ) {
    return fileReport(signedIn(context), file);
  }

  @Mutation(() => JourneyImportPayload, {
    description:
      'Begins a journey with what a file says. What is wrong in it is left out and told; departments, items and systems of a name that the company has are its own.',
  })
  @Extensions({ cost: 500 })
  async journeyImport(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => JourneyImportInput, { description: 'Its name, and the file.' }) input: JourneyImportInput,
  ) {
    const ctx = signedIn(context);
    const { name, file, idempotencyKey } = input;
    let report: JourneyFileReport | null = null;
    const { done, ...rest } = await outcome(ctx, async () => {
      // Before: afterwards the company has all of it.
      report = await fileReport(ctx, file);
      return journeyImport(ctx, { name, ...file, idempotencyKey });
    });
    return { journey: done ? await journeyLoader(ctx).load(done.id) : null, report: done ? report : null, ...rest };
  }
}
