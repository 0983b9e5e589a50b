import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import type { ReportHead } from '../reports/queries.ts';
import { Report, ReportFinding } from '../reports/types.ts';
import { type LooksRow, looksLoader } from './queries.ts';
import { ReportLooks } from './types.ts';

@Resolver(() => Report)
export class ReportLooksResolver {
  @FieldResolver(() => ReportLooks, {
    nullable: true,
    description: 'What samples of its links and pictures turned out to be; null where none are looked at.',
  })
  looks(@Ctx() context: GraphqlContext, @Root() { submissionId }: ReportHead): Promise<LooksRow | null> {
    return looksLoader(signedIn(context)).load(submissionId);
  }
}

@Resolver(() => ReportLooks)
export class LooksFindingsResolver {
  @Extensions({ listSize: 8 })
  @FieldResolver(() => [ReportFinding], { description: 'What was found, with the rows; warnings and hints alone.' })
  findings(@Root() { found }: ReportLooks): ReportFinding[] {
    return found.map(ReportFinding.of);
  }
}
