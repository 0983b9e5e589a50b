import { Extensions, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { approvalDecisions, inputKinds, meetingStates } from '../../../drizzle/schema/index.ts';
import type { FileCheck } from '../../inputs.ts';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Node } from '../../platform/graphql/node.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { SideEnum } from '../../tasks/types.ts';
import type { ApprovalRow } from '../approvals/queries.ts';
import type { InputRow } from '../deliver/queries.ts';
import type { MeetingRow } from '../meetings/queries.ts';

export const InputKindEnum = enumOf(inputKinds);
registerEnumType(InputKindEnum, {
  name: 'InputKind',
  description: 'What an input asks for.',
  valuesConfig: {
    FILE: { description: 'A file.' },
    URL: { description: 'A web address.' },
    FORM: { description: 'Answers to questions.' },
    CREDENTIALS: { description: 'Secrets, which nobody reads back but staff, one at a time and on record.' },
    APPROVAL: { description: 'A yes or no to something that was handed in.' },
    MEETING: { description: 'A time to meet.' },
    CHECK: { description: 'Something to be looked at: a domain, an address, pages.' },
  },
});

@ObjectType({ description: 'A field of credentials. What it holds is never told here.' })
export class CredentialsField {
  @Field(() => String, { description: 'What a value names it by.' })
  key!: string;

  @Field(() => String, { description: 'What a person reads.' })
  label!: string;

  @Field(() => Boolean, { description: 'Whether it is hidden while it is typed, as a password is.' })
  isSecret!: boolean;

  @Field(() => Boolean, { description: 'Whether it must be given.' })
  isRequired!: boolean;

  @Field(() => Boolean, { description: 'Whether it holds a value now.' })
  isSet!: boolean;
}

export const ApprovalDecisionEnum = enumOf(approvalDecisions);
registerEnumType(ApprovalDecisionEnum, {
  name: 'ApprovalDecision',
  description: 'What an approver decided.',
  valuesConfig: { APPROVED: { description: 'Yes.' }, REFUSED: { description: 'No; the reason says what to change.' } },
});

@ObjectType({ description: 'What an approver decided, and on exactly what.' })
export class Approval {
  /** What the resolvers read; not part of the schema. */
  ofSubmissionId!: string | null;
  givenForId!: string | null;

  @Field(() => ApprovalDecisionEnum as object, { description: 'Yes or no.' })
  decision!: ApprovalRow['decision'];

  @Field(() => String, { description: 'Why, or a remark; empty when nothing was said.' })
  reason!: string;

  @Field(() => Boolean, { description: 'Something newer was handed in since: it is asked anew.' })
  isOutdated!: boolean;
}

export const MeetingStateEnum = enumOf(meetingStates);
registerEnumType(MeetingStateEnum, {
  name: 'MeetingState',
  description: 'How far a meeting is agreed on.',
  valuesConfig: {
    PROPOSED: { description: 'One side has proposed times; the other picks one.' },
    CONFIRMED: { description: 'A time is agreed.' },
    CANCELLED: { description: 'Called off; times can be proposed anew.' },
  },
});

@ObjectType({ description: 'The meeting of an input.', implements: Node })
export class Meeting extends Node {
  @Field(() => Int, { description: 'Moves with every change; acts carry the revision that the person saw.' })
  revision!: number;

  @Field(() => MeetingStateEnum as object, { description: 'How far it is agreed on.' })
  state!: MeetingRow['state'];

  @Field(() => Int, { description: 'How long it takes.' })
  minutes!: number;

  @Field(() => SideEnum as object, { description: 'Which side proposed the times.' })
  proposedSide!: MeetingRow['proposedSide'];

  @Field(() => DateTime, { description: 'When.' })
  proposedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'The time agreed on last; null until one was.' })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was agreed; null until then.' })
  confirmedAt!: Date | null;

  @Field(() => Int, { description: 'Moves whenever calendars have to hear of it again.' })
  sequence!: number;
}

@ObjectType({ description: 'What the viewer may do with an input now.' })
export class TaskInputViewerCan {
  @Field(() => Boolean, { description: 'Hand something in for it.' })
  submit!: boolean;

  @Field(() => Boolean, { description: 'Say yes or no to what was handed in.' })
  approve!: boolean;

  @Field(() => Boolean, { description: 'Look at its secrets, one at a time and on record.' })
  reveal!: boolean;

  @Field(() => Boolean, { description: 'Take its secrets back.' })
  withdraw!: boolean;

  @Field(() => Boolean, { description: 'Propose times for its meeting, or call it off.' })
  arrange!: boolean;

  @Field(() => Boolean, { description: 'Pick one of the times that were proposed.' })
  confirm!: boolean;
}

@ObjectType({ description: 'What is known of a file beforehand.' })
export class InputCheckDeclared {
  @Field(() => String, { description: 'What it is about, such as `currency`.' })
  key!: string;

  @Field(() => String, { description: 'What is known.' })
  value!: string;
}

@ObjectType({ description: 'What a file is judged by once it is handed in.' })
export class InputCheck {
  @Field(() => String, { description: 'The set of rules, such as `product-feed`.' })
  rules!: string;

  @Field(() => String, { nullable: true, description: 'A stricter or other reading of them; null: the standard one.' })
  profile!: string | null;

  @Field(() => Float, { description: 'Share of valid rows from which the file is accepted, 0 to 1.' })
  threshold!: number;

  @Extensions({ listSize: 4 })
  @Field(() => [InputCheckDeclared], { description: 'What is known beforehand and need not be asked.' })
  declared!: InputCheckDeclared[];

  @Field(() => String, {
    nullable: true,
    description:
      'Of the rules `own-table`: the columns, as Table Schema (JSON). Null for rules that come with Slipway.',
  })
  table!: string | null;

  static of({ declared, table, ...check }: FileCheck): InputCheck {
    const known = Object.entries(declared).map(([key, value]) => ({ key, value }));
    return { ...check, declared: known, table: table ? JSON.stringify(table) : null };
  }
}

@ObjectType({
  description: 'One thing that a task asks for. The parts that its kind does not have are null.',
  implements: Node,
})
export class TaskInput extends Node {
  @Field(() => Int, { description: 'Its place in the task, from 0.' })
  index!: number;

  @Field(() => String, { description: 'Its name within the task, as templates write it.' })
  key!: string;

  @Field(() => InputKindEnum as object, { description: 'What it asks for.' })
  kind!: InputRow['kind'];

  @Field(() => String, { description: 'What a person reads.' })
  label!: string;

  @Field(() => Boolean, { description: 'Whether the task can go on without it.' })
  isRequired!: boolean;

  @Field(() => Boolean, { description: 'A reviewer asked for another version, and none has come yet.' })
  isRedoWanted!: boolean;
}

/** An input and its task, for what depends on both. */
export type InputOnTask = { input: InputRow; task: TaskSeen };

@ObjectType({ description: 'What an approval is about.' })
export class ApprovalSubject {
  /** What the resolvers read; not part of the schema. */
  on!: InputOnTask;

  @Field(() => String, { description: 'What is agreed to, in one sentence.' })
  statement!: string;

  @Field(() => Boolean, { description: 'True when it is the text of this task itself, and nothing that is handed in.' })
  isOwnText!: boolean;
}

@ObjectType({ description: 'A moment of a meeting that was proposed.' })
export class MeetingTime {
  @Field(() => DateTime, { description: 'When it would begin.' })
  startsAt!: Date;
}

@ObjectType({ description: 'A secret, told once. Hide it again at `revealedUntil`.' })
export class CredentialsSecret {
  @Field(() => ID, { description: 'The input it belongs to.' })
  inputId!: string;

  @Field(() => String, { description: 'The key of its field.' })
  field!: string;

  @Field(() => String, { description: 'What it holds.' })
  value!: string;

  @Field(() => DateTime, { description: 'When whoever shows it hides it again, 30 seconds from now.' })
  revealedUntil!: Date;
}
