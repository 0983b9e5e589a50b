import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { Task } from '../../tasks/types.ts';
import type { SubmissionRow } from '../queries.ts';
import { Submission } from '../types.ts';

@InputType({ description: 'What submissionAccept needs.' })
export class SubmissionAcceptInput {
  @Field(() => Int, { description: "The task's revision that the person saw." })
  revision!: number;

  @Field(() => String, { description: 'Why it is good enough, at most 5,000 characters; the client reads it.' })
  reason!: string;
}

@InputType({ description: 'What a column of the file is.' })
export class ReportMappingInput {
  @Field(() => String, { description: 'The column, as the file spells it.' })
  source!: string;

  @Field(() => String, { nullable: true, description: 'The column of the rules that it is; null: it is not read.' })
  column!: string | null;
}

@InputType({ description: 'What a file does not say itself.' })
export class ReportDeclaredInput {
  @Field(() => String, { description: 'What it is about: one of `Report.asks`, such as `currency`.' })
  key!: string;

  @Field(() => String, { description: 'What is declared, such as `EUR`.' })
  value!: string;
}

@InputType({ description: 'What submissionRecheck needs. What is not named stays as it was.' })
export class SubmissionRecheckInput {
  @Field(() => [ReportMappingInput], { nullable: true, description: 'What columns of the file are, at most 500.' })
  mapping!: ReportMappingInput[] | null;

  @Field(() => [ReportDeclaredInput], { nullable: true, description: 'What the file does not say itself.' })
  declared!: ReportDeclaredInput[] | null;
}

@InputType({ description: 'A repair: the fix of a rule, wherever it applies in a column.' })
export class SubmissionFixInput {
  @Field(() => String, { description: 'The id of the rule.' })
  rule!: string;

  @Field(() => String, { nullable: true, description: 'The column, as the file spells it; null: wherever it applies.' })
  column!: string | null;
}

@InputType({ description: 'A value that a person wrote.' })
export class SubmissionEditInput {
  @Field(() => Float, { description: 'The row, from 1 below the header.' })
  row!: number;

  @Field(() => String, { description: 'The column, as the file spells it.' })
  column!: string;

  @Field(() => String, { description: 'What shall stand there, at most 10,000 characters.' })
  value!: string;
}

@InputType({ description: 'What submissionRepair needs.' })
export class SubmissionRepairInput {
  @Field(() => String, { description: 'Made by the caller; a repeat of the same key makes no second version.' })
  idempotencyKey!: string;

  @Field(() => Int, { description: "The task's revision that the person saw." })
  revision!: number;

  @Field(() => [SubmissionFixInput], { nullable: true, description: 'What is repaired by rule, at most 200.' })
  fixes!: SubmissionFixInput[] | null;

  @Field(() => [SubmissionEditInput], { nullable: true, description: 'Single values, at most 2,000.' })
  edits!: SubmissionEditInput[] | null;
}

@ObjectType()
abstract class OnSubmission extends Payload {
  @Field(() => Submission, { nullable: true, description: 'The submission as it is now.' })
  submission!: SubmissionRow | null;

  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}

@ObjectType({ description: 'The outcome of submissionAccept.' })
export class SubmissionAcceptPayload extends OnSubmission {}

@ObjectType({ description: 'The outcome of submissionRecheck.' })
export class SubmissionRecheckPayload extends OnSubmission {}

@ObjectType({ description: 'The outcome of submissionRepair; the submission is the new version.' })
export class SubmissionRepairPayload extends OnSubmission {}

@InputType({ description: 'Which repairs to look at.' })
export class RepairPreviewInput {
  @Field(() => ID, { description: 'The submission.' })
  submissionId!: string;

  @Field(() => [SubmissionFixInput], { description: 'What would be repaired by rule, at most 200.' })
  fixes!: SubmissionFixInput[];
}
