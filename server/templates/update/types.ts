import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Payload } from '../../platform/graphql/payload.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { ProjectSeen } from '../../projects/queries.ts';
import { Project } from '../../projects/types.ts';
import type { TemplateRow } from '../queries.ts';
import { Template } from '../types.ts';
import {
  type KeptReason,
  keptReasons,
  type UpdateEdit,
  type UpdateField,
  type UpdateItem,
  type UpdatePart,
  updateFields,
  updateParts,
} from './offer.ts';

const PartEnum = enumOf(updateParts);
registerEnumType(PartEnum, {
  name: 'TemplateUpdatePart',
  description: 'What of a task a newer version changes.',
  valuesConfig: {
    ADDED: { description: 'The task is new.' },
    REMOVED: { description: 'The task is not asked for any more; taking it waives the task.' },
    WORDS: { description: 'Title, reason or documentation.' },
    INPUTS: { description: 'What is asked for.' },
    DEPENDENCIES: { description: 'What it waits for.' },
    CONDITIONS: { description: 'What must hold for it to apply.' },
    SETTINGS: { description: 'Minutes, side, gate, review, who looks at it, and due day.' },
  },
});

const KeptEnum = enumOf(keptReasons);
registerEnumType(KeptEnum, {
  name: 'TemplateUpdateKept',
  description: 'Why a change cannot be taken.',
  valuesConfig: {
    OVER: { description: 'The task is done, waived or cancelled.' },
    HANDED_IN: { description: 'Something was handed in, typed or arranged for it already.' },
    THERE_ALREADY: { description: 'The project has this task already.' },
  },
});

const FieldEnum = enumOf(updateFields);
registerEnumType(FieldEnum, {
  name: 'TemplateUpdateField',
  description: 'A part of a task that differs.',
  valuesConfig: {
    title: { description: 'What to do.' },
    purpose: { description: 'Why.' },
    documentation: { description: 'The documentation, Markdown.' },
    minutes: { description: 'Minutes of work.' },
    side: { description: 'Who owes it.' },
    isGate: { description: 'Whether it is a gate.' },
    isReviewWanted: { description: 'Whether what is handed in is looked at.' },
    reviewerRole: { description: 'Who looks at it, by role; empty: anybody of the company.' },
    dueOn: { description: 'The day it is due: as it stands here, and as it would.' },
    inputs: { description: 'What is asked for, a label a line.' },
    after: { description: 'What it waits for, a title a line.' },
    when: { description: 'What must hold for it to apply, a condition a line; empty: it always applies.' },
  },
});

@ObjectType({ description: 'One field of a change, before and after.' })
export class TemplateUpdateEdit {
  @Field(() => FieldEnum as object, { description: 'Which field.' })
  field!: UpdateField;

  @Field(() => String, { description: 'As the older version has it; may be empty.' })
  from!: UpdateEdit['from'];

  @Field(() => String, { description: 'As the newer version has it; may be empty.' })
  to!: UpdateEdit['to'];
}

@ObjectType({ description: 'One change that a newer version offers a project, to take or to leave.' })
export class TemplateUpdateItem {
  @Field(() => String, { description: 'What it is taken by: the task’s key and the part.' })
  key!: string;

  @Field(() => PartEnum as object, { description: 'What of the task changes.' })
  part!: UpdatePart;

  @Field(() => String, { description: 'What the task is called.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'The phase of a task that would be added; else null.' })
  phase!: string | null;

  @Field(() => [TemplateUpdateEdit], { description: 'What changes in it; empty for a task that is added or removed.' })
  edits!: UpdateItem['edits'];

  @Field(() => KeptEnum as object, { nullable: true, description: 'Why it cannot be taken; null: it can.' })
  keptBecause!: KeptReason | null;

  @Field(() => Boolean, { description: 'Somebody changed the same here; taking it puts the template’s in its place.' })
  isEditedHere!: boolean;
}

@ObjectType({ description: 'That one of a project’s templates has a newer version than the project is on.' })
export class TemplateUpdateHead {
  @Field(() => Template, { description: 'The template.' })
  template!: TemplateRow;

  @Field(() => Int, { description: 'The version that the project is on.' })
  fromVersion!: number;

  @Field(() => Int, { description: 'The version that is published now.' })
  toVersion!: number;
}

@ObjectType({ description: 'What a newer version of a template would change in a project.' })
export class TemplateUpdate extends TemplateUpdateHead {
  @Field(() => [TemplateUpdateItem], { description: 'Each change, in the order of the newer road.' })
  items!: TemplateUpdateItem[];
}

@InputType({ description: 'What projectTemplateUpdate needs.' })
export class ProjectTemplateUpdateInput {
  @Field(() => ID, { description: 'The template.' })
  templateId!: string;

  @Field(() => Int, { description: 'The version that the project was on when it was reviewed.' })
  fromVersion!: number;

  @Field(() => Int, { description: 'The version that was reviewed.' })
  toVersion!: number;

  @Field(() => [String], { description: 'Keys of the items to take; the others are left, and not offered again.' })
  accept!: string[];
}

@ObjectType({ description: 'The outcome of projectTemplateUpdate.' })
export class ProjectTemplateUpdatePayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The project as it is now.' })
  project!: ProjectSeen | null;
}

@ObjectType({
  description: 'The last newer version of a template that a project went over to, as long as it can be asked back.',
})
export class TemplateUpdateTaken extends TemplateUpdateHead {
  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  byId!: string;
}

@InputType({ description: 'What projectTemplateUpdateUndo needs.' })
export class ProjectTemplateUpdateUndoInput {
  @Field(() => ID, { description: 'The template.' })
  templateId!: string;

  @Field(() => Int, { description: 'The version that the project went over to.' })
  toVersion!: number;
}
