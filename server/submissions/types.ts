import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { reviewOutcomes, submissionKinds, submissionStates } from '../../drizzle/schema/index.ts';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import type { TaskSeen } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { SubmissionCheckInput } from './checks/givenTypes.ts';
import type { SubmissionRow } from './queries.ts';
import { ReportDeclaredInput, ReportMappingInput } from './reports/payloads.ts';

export const SubmissionKindEnum = enumOf(submissionKinds);
registerEnumType(SubmissionKindEnum, {
  name: 'SubmissionKind',
  description: 'What was delivered.',
  valuesConfig: {
    FILE: { description: 'A file.' },
    URL: { description: 'A web address.' },
    FORM: { description: 'Answers to questions.' },
    CREDENTIALS: { description: 'Secrets, which are not part of it.' },
    APPROVAL: { description: 'A yes or no.' },
    CHECK: { description: 'Something to be looked at: a domain, an address, pages.' },
  },
});

export const SubmissionStateEnum = enumOf(submissionStates);
registerEnumType(SubmissionStateEnum, {
  name: 'SubmissionState',
  description: 'Where a submission stands.',
  valuesConfig: {
    RECEIVED: { description: 'The one that counts; nothing but a person looks at it.' },
    VALIDATING: { description: 'The one that counts; it is being checked.' },
    ACCEPTED: { description: 'The one that counts; nothing was found in it.' },
    ACCEPTED_WITH_WARNINGS: { description: 'The one that counts; good enough, or accepted by a person with a reason.' },
    REJECTED: { description: 'The one that counts; another version is wanted.' },
    SUPERSEDED: { description: 'A later version took its place.' },
  },
});

export const ReviewOutcomeEnum = enumOf(reviewOutcomes);
registerEnumType(ReviewOutcomeEnum, {
  name: 'ReviewOutcome',
  description: 'What a review came to.',
  valuesConfig: {
    APPROVED: { description: 'It is right.' },
    CHANGES_REQUESTED: { description: 'Something has to change; the reason says what.' },
  },
});

@ObjectType({ description: 'What a reviewer said of a submission.' })
export class Review {
  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  @Field(() => ReviewOutcomeEnum as object, { description: 'What it came to.' })
  outcome!: NonNullable<SubmissionRow['reviewOutcome']>;

  @Field(() => String, { nullable: true, description: 'What should change; null when approved.' })
  reason!: string | null;

  reviewerId!: string;
  reviewedForId!: string | null;

  /** Null while nobody has reviewed it. */
  static of(row: SubmissionRow): Review | null {
    if (row.reviewedBy === null || row.reviewedAt === null || row.reviewOutcome === null) return null;
    return {
      at: row.reviewedAt,
      outcome: row.reviewOutcome,
      reason: row.reviewReason,
      reviewerId: row.reviewedBy,
      reviewedForId: row.reviewedForId,
    };
  }
}

@ObjectType({ description: 'What was delivered for a task.', implements: Node })
export class Submission extends Node {
  @Field(() => Int, { nullable: true, description: 'Its number within its input, from 1; null until finished.' })
  version!: number | null;

  @Field(() => SubmissionKindEnum as object, { description: 'What was delivered.' })
  kind!: SubmissionRow['kind'];

  @Field(() => SubmissionStateEnum as object, { description: 'Where it stands.' })
  state!: SubmissionRow['state'];

  @Field(() => String, { nullable: true, description: 'The address that was delivered; null for a file.' })
  url!: string | null;

  @Field(() => Boolean, { description: "True when staff delivered it in the client's place." })
  isOnBehalf!: boolean;

  @Field(() => DateTime, { description: 'When it was begun.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was delivered; null until finished.' })
  finishedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When its secrets were taken back; null while they stand.' })
  withdrawnAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many values were repaired to make it: of the version `repairOf`, or before it was sent. Null when it is as it was.',
  })
  repairs!: number | null;
}

export const { ConnectionType: SubmissionConnection } = connectionTypes('Submission', () => Submission);

@InputType({ description: 'A file that is about to be uploaded.' })
export class SubmissionFileInput {
  @Field(() => String, { description: 'Its name, for showing. What could mislead a reader is replaced.' })
  name!: string;

  @Field(() => Float, { description: 'Its exact size in bytes, at most `Viewer.maxUploadBytes`.' })
  sizeBytes!: number;

  @Field(() => String, { nullable: true, description: 'Its media type, as the browser says.' })
  contentType!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many of its values were repaired before it was sent; left out when it is as it was.',
  })
  repairs!: number | null;

  @Field(() => [ReportMappingInput], {
    nullable: true,
    description: 'What its columns are, where names do not tell; at most 500.',
  })
  mapping!: ReportMappingInput[] | null;

  @Field(() => [ReportDeclaredInput], { nullable: true, description: 'What it does not say itself.' })
  declared!: ReportDeclaredInput[] | null;
}

@InputType({
  description:
    'What submissionCreate needs. Give one of `url`, `file` and `check`; the address of a feed may be in either.',
})
export class SubmissionCreateInput {
  @Field(() => ID, { description: 'The task it is for.' })
  taskId!: string;

  @Field(() => ID, { nullable: true, description: 'Which of its inputs; may be left out where the kind tells.' })
  inputId!: string | null;

  @Field(() => String, { description: 'Made by the caller; a repeat of the same key begins nothing more.' })
  idempotencyKey!: string;

  @Field(() => String, { nullable: true, description: 'An absolute http or https address, for URL tasks.' })
  url!: string | null;

  @Field(() => SubmissionFileInput, { nullable: true, description: 'The file to come, for FILE tasks.' })
  file!: SubmissionFileInput | null;

  @Field(() => SubmissionCheckInput, {
    nullable: true,
    description: 'What is to be looked at, for CHECK inputs; beside `url`, how to get at a feed.',
  })
  check!: SubmissionCheckInput | null;
}

@InputType({ description: 'What submissionFinish needs.' })
export class SubmissionFinishInput {
  @Field(() => Int, { description: "The task's revision that the person saw." })
  revision!: number;
}

@InputType({ description: 'What taskApprove needs.' })
export class TaskApproveInput {
  @Field(() => Int, { description: "The task's revision that the person saw." })
  revision!: number;
}

@InputType({ description: 'What taskRequestChanges needs.' })
export class TaskRequestChangesInput {
  @Field(() => Int, { description: "The task's revision that the person saw." })
  revision!: number;

  @Field(() => String, { description: 'What should change, at most 5,000 characters; the client reads it.' })
  reason!: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'The inputs that another version is wanted of; left out: all that were handed in.',
  })
  inputIds!: string[] | null;
}

@ObjectType({ description: 'The outcome of submissionCreate.' })
export class SubmissionCreatePayload extends Payload {
  @Field(() => Submission, { nullable: true, description: 'The submission begun; null when it was refused.' })
  submission!: SubmissionRow | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What test events of a webhook are signed with, when it was made now. Shown here once; null otherwise.',
  })
  secret!: string | null;
}

@ObjectType({ description: 'The outcome of submissionFinish.' })
export class SubmissionFinishPayload extends Payload {
  @Field(() => Submission, { nullable: true, description: 'The submission as it is now.' })
  submission!: SubmissionRow | null;

  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}

@ObjectType({ description: 'The outcome of taskApprove.' })
export class TaskApprovePayload extends Payload {
  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}

@ObjectType({ description: 'The outcome of taskRequestChanges.' })
export class TaskRequestChangesPayload extends Payload {
  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}
