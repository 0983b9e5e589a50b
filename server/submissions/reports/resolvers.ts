import { Arg, Ctx, Extensions, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { can } from '../../access/policy.ts';
import { peopleLoader } from '../../accounts/queries.ts';
import { Person } from '../../accounts/types.ts';
import { maxPage, pageSize } from '../../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx as Context } from '../../platform/services.ts';
import { taskLoader } from '../../tasks/queries.ts';
import { checkLoader } from '../checks/queries.ts';
import { type SubmissionRow, submissionLoader } from '../queries.ts';
import { Submission } from '../types.ts';
import { rulesOfCheck } from '../validation/rules/registry.ts';
import type { Delta } from './order.ts';
import {
  canAccept,
  canRecheck,
  canRepair,
  findingsUrl,
  type ReportHead,
  repairedUrl,
  reportDocumentLoader,
  reportLoader,
} from './queries.ts';
import {
  FindingSample,
  Report,
  ReportColumn,
  ReportDeclared,
  ReportDelta,
  ReportFile,
  ReportFinding,
  ReportKnownColumn,
  SubmissionAcceptance,
  SubmissionViewerCan,
} from './types.ts';

/** What validation adds to a submission. */
@Resolver(() => Submission)
export class SubmissionReportResolver {
  @FieldResolver(() => Report, {
    nullable: true,
    description: 'What checking it came to; null for what is not checked.',
  })
  report(@Ctx() context: GraphqlContext, @Root() submission: SubmissionRow): Promise<ReportHead | null> {
    return reportLoader(signedIn(context)).load(submission.id);
  }

  @FieldResolver(() => Submission, { nullable: true, description: 'The version that it was made of by repairing it.' })
  repairOf(@Ctx() context: GraphqlContext, @Root() { repairOfId }: SubmissionRow) {
    return repairOfId === null ? null : submissionLoader(signedIn(context)).load(repairOfId);
  }

  @FieldResolver(() => SubmissionAcceptance, {
    nullable: true,
    description: 'Why it was accepted in spite of its findings; null when it was not.',
  })
  acceptance(@Root() { acceptedAt, acceptedBy, acceptReason }: SubmissionRow): SubmissionAcceptance | null {
    if (acceptedAt === null || acceptedBy === null) return null;
    return { at: acceptedAt, reason: acceptReason ?? '', personId: acceptedBy };
  }

  @FieldResolver(() => SubmissionViewerCan, { description: 'What the viewer may do with it now.' })
  async viewerCan(@Ctx() context: GraphqlContext, @Root() submission: SubmissionRow): Promise<SubmissionViewerCan> {
    return rightsOn(signedIn(context), submission);
  }
}

async function rightsOn(ctx: Context, submission: SubmissionRow): Promise<SubmissionViewerCan> {
  const [task, report, check] = await Promise.all([
    taskLoader(ctx).load(submission.taskId),
    reportLoader(ctx).load(submission.id),
    checkLoader(ctx).load(submission.id),
  ]);
  if (!task || (!report && !check)) return { accept: false, recheck: false, repair: false };
  const { submittedBy, isOnBehalf, finishedAt } = submission;
  const maySubmit = can(ctx.viewer, 'task.submit', task);
  const isTheirs = finishedAt !== null || submittedBy === ctx.viewer.personId;
  const mayAccept = can(ctx.viewer, 'task.review', { ...task, submittedBy, isOnBehalf });
  const accept = mayAccept && canAccept({ task, submission, report, check });
  if (!report) return { accept, recheck: false, repair: false };
  const of = { task, submission, report };
  return {
    accept,
    recheck: canRecheck(of) && maySubmit && isTheirs,
    repair: canRepair(of) && maySubmit,
  };
}

@Resolver(() => SubmissionAcceptance)
export class SubmissionAcceptanceResolver {
  @FieldResolver(() => Person, { description: 'Who accepted it.' })
  by(@Ctx() context: GraphqlContext, @Root() { personId }: SubmissionAcceptance) {
    return peopleLoader(signedIn(context)).load(personId);
  }
}

const first = (usual: number) => ({ defaultValue: usual, description: `How many, 1 to ${maxPage}.` });
const from = { defaultValue: 0, description: 'How many to skip.' };

@Resolver(() => Report)
export class ReportResolver {
  @Extensions({ listSize: 4 })
  @FieldResolver(() => [ReportDeclared], { description: 'What was declared for the file.' })
  declared(@Root() { declared }: ReportHead): ReportDeclared[] {
    return Object.entries(declared).map(([key, value]) => ({ key, value }));
  }

  @FieldResolver(() => [String], {
    description: 'What the file does not say and nobody has declared, e.g. `currency`.',
  })
  async asks(@Ctx() context: GraphqlContext, @Root() report: ReportHead): Promise<string[]> {
    return (await documentOf(context, report))?.asks ?? [];
  }

  @FieldResolver(() => ReportFile, { nullable: true, description: 'How the file is written; null until it is done.' })
  async file(@Ctx() context: GraphqlContext, @Root() report: ReportHead): Promise<ReportFile | null> {
    const document = await documentOf(context, report);
    return document && ReportFile.of(document.file);
  }

  @FieldResolver(() => Int, { description: 'How many columns the file has; 0 until it is done.' })
  async columnCount(@Ctx() context: GraphqlContext, @Root() report: ReportHead): Promise<number> {
    return (await documentOf(context, report))?.columns.length ?? 0;
  }

  @FieldResolver(() => [ReportColumn], { description: 'The columns of the file, in their order.' })
  async columns(
    @Ctx() context: GraphqlContext,
    @Root() report: ReportHead,
    @Arg('first', () => Int, first(100)) size: number,
    @Arg('from', () => Int, from) skip: number,
  ): Promise<ReportColumn[]> {
    return part((await documentOf(context, report))?.columns ?? [], size, skip);
  }

  @FieldResolver(() => String, { description: 'What a person calls the rules.' })
  rulesName(@Root() report: ReportHead): string {
    return rulesOfCheck(report)?.name ?? report.rules;
  }

  @Extensions({ listSize: 80 })
  @FieldResolver(() => [ReportKnownColumn], { description: 'The columns that the rules know.' })
  knownColumns(@Root() report: ReportHead): ReportKnownColumn[] {
    const columns = rulesOfCheck(report)?.columns ?? [];
    return columns.map(({ name, title = name, isRequired }) => ({ name, title, isRequired }));
  }

  @FieldResolver(() => Int, { description: 'How many findings there are; 0 until it is done.' })
  async findingCount(@Ctx() context: GraphqlContext, @Root() report: ReportHead): Promise<number> {
    return (await documentOf(context, report))?.findings.length ?? 0;
  }

  @FieldResolver(() => [ReportFinding], { description: 'What was found, the worst and the most frequent first.' })
  async findings(
    @Ctx() context: GraphqlContext,
    @Root() report: ReportHead,
    @Arg('first', () => Int, first(50)) size: number,
    @Arg('from', () => Int, from) skip: number,
  ): Promise<ReportFinding[]> {
    return part((await documentOf(context, report))?.findings ?? [], size, skip).map(ReportFinding.of);
  }

  @FieldResolver(() => Submission, {
    nullable: true,
    description: 'The earlier version with the very same bytes, whose report this is; null when it is its own.',
  })
  sameAs(@Ctx() context: GraphqlContext, @Root() { sameAsId }: ReportHead) {
    return sameAsId === null ? null : submissionLoader(signedIn(context)).load(sameAsId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where to download the rows with what is wrong with each; signed, lives 5 minutes. Null until done.',
  })
  findingsUrl(@Ctx() context: GraphqlContext, @Root() report: ReportHead): string | null {
    return findingsUrl(signedIn(context), report);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Of a feed that is fetched: where to download it with all its repairs; signed, lives 5 minutes. Null when there is nothing to repair.',
  })
  repairedUrl(@Ctx() context: GraphqlContext, @Root() report: ReportHead): Promise<string | null> {
    return repairedUrl(signedIn(context), report);
  }
}

@Resolver(() => ReportDelta)
export class DeltaResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'The version that it is compared with; null for the file that a feed gave before.',
  })
  version(@Root() { of }: Delta): number | null {
    return of?.version ?? null;
  }
}

@Resolver(() => ReportFinding)
export class FindingResolver {
  @FieldResolver(() => [FindingSample], { description: 'The first places where it is broken, at most 100.' })
  samples(
    @Root() { samplesFound }: ReportFinding,
    @Arg('first', () => Int, first(10)) size: number,
    @Arg('from', () => Int, from) skip: number,
  ): FindingSample[] {
    return part(samplesFound, size, skip);
  }
}

function part<T>(all: readonly T[], size: number, skip: number): T[] {
  if (skip < 0) throw new ApiError('BAD_USER_INPUT');
  return all.slice(skip, skip + pageSize(size));
}

function documentOf(context: GraphqlContext, { submissionId }: ReportHead) {
  return reportDocumentLoader(signedIn(context)).load(submissionId);
}
