import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { templateOrigins, versionStates } from '../../drizzle/schema/index.ts';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import { PlatformEnum, ProductEnum } from '../projects/types.ts';
import { type TemplateChange as Change, changedThings, changeKinds } from './changes.ts';
import { PhaseTemplateType, TaskTemplateType } from './documentTypes.ts';
import type { TemplateRow, VersionRow } from './queries.ts';

const OriginEnum = enumOf(templateOrigins);
registerEnumType(OriginEnum, {
  name: 'TemplateOrigin',
  description: 'Where a template comes from.',
  valuesConfig: {
    FILE: { description: 'It came with Slipway.' },
    APP: { description: 'Somebody of the company made it.' },
  },
});

const VersionStateEnum = enumOf(versionStates);
registerEnumType(VersionStateEnum, {
  name: 'TemplateVersionState',
  description: 'Where a version stands in its life.',
  valuesConfig: {
    DRAFT: { description: 'Being edited; no project starts from it.' },
    PUBLISHED: { description: 'New projects start from it.' },
    RETIRED: { description: 'A newer one has taken its place, or it was never offered.' },
  },
});

const ChangeKindEnum = enumOf(changeKinds);
registerEnumType(ChangeKindEnum, {
  name: 'TemplateChangeKind',
  description: 'What became of a part of a template.',
  valuesConfig: {
    ADDED: { description: 'It is new.' },
    REMOVED: { description: 'It is gone.' },
    CHANGED: { description: 'It holds something else.' },
    MOVED: { description: 'It stands elsewhere, or what is in it does.' },
  },
});

const ChangedThingEnum = enumOf(changedThings);
registerEnumType(ChangedThingEnum, {
  name: 'TemplatePart',
  description: 'A part of a template.',
  valuesConfig: {
    TEMPLATE: { description: 'The template itself.' },
    PHASE: { description: 'A phase.' },
    TASK: { description: 'A task.' },
  },
});

@ObjectType({ description: 'What the viewer may do with a template.' })
export class TemplateViewerCan {
  @Field(() => Boolean, { description: 'Edit, publish and retire it.' })
  edit!: boolean;
}

@ObjectType({ description: 'A playbook for products on a platform, that projects start from.', implements: Node })
export class Template extends Node {
  @Field(() => Int, { description: 'Moves with every change of the template or its draft.' })
  revision!: number;

  @Field(() => String, { description: 'Its name for programs; never changes.' })
  key!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => PlatformEnum as object, { description: 'The shop system it is for.' })
  platform!: TemplateRow['platform'];

  @Field(() => [ProductEnum as object], { description: 'What is integrated with it.' })
  products!: TemplateRow['products'];

  @Field(() => OriginEnum as object, { description: 'Where it comes from.' })
  origin!: TemplateRow['origin'];

  @Field(() => DateTime, { nullable: true, description: 'Since when no project can start from it; null: one can.' })
  retiredAt!: Date | null;
}

@ObjectType({ description: 'How many projects are on one version of a template.' })
export class TemplateUsage {
  @Field(() => Int, { description: 'The number of the version.' })
  version!: number;

  @Field(() => Int, { description: 'Projects on it that are not live yet, drafts included.' })
  runningCount!: number;

  @Field(() => Int, { description: 'Projects that went live with it.' })
  finishedCount!: number;
}

@ObjectType({ description: 'How long a task of a template really took.' })
export class TemplateTaskDuration {
  @Field(() => String, { description: 'The key of the task.' })
  taskKey!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Median of working days from ready to done, over the newest 200 projects; null under five cases.',
  })
  medianDays!: number | null;

  @Field(() => Int, { description: 'How many times it was done.' })
  caseCount!: number;
}

@ObjectType({ description: 'What is not as it should be in a draft.' })
export class TemplateProblem {
  @Field(() => String, { description: 'What is wrong, for programs.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'Key of the phase; null when it is not about one.' })
  phaseKey!: string | null;

  @Field(() => String, { nullable: true, description: 'Key of the task; null when it is not about one.' })
  taskKey!: string | null;

  @Field(() => String, { description: 'What is wrong and what to do, in English.' })
  message!: string;
}

@ObjectType({ description: 'One difference from the published version.' })
export class TemplateChange {
  @Field(() => ChangeKindEnum as object, { description: 'What became of it.' })
  kind!: Change['kind'];

  @Field(() => ChangedThingEnum as object, { description: 'What part of the template it is.' })
  thing!: Change['thing'];

  @Field(() => String, { description: 'The key of that part.' })
  key!: string;

  @Field(() => String, { description: 'What that part is called.' })
  title!: string;

  @Field(() => [String], { description: 'What of it changed, as the fields are named here.' })
  fields!: string[];
}

@ObjectType({ description: 'One version of a template, with the whole road.', implements: Node })
export class TemplateVersion extends Node {
  @Field(() => Int, { description: 'From 1; the draft has the next one.' })
  number!: number;

  @Field(() => VersionStateEnum as object, { description: 'Where it stands in its life.' })
  state!: VersionRow['state'];

  @Field(() => Int, { description: 'Moves with every edit of a draft; edits carry the revision that the person saw.' })
  revision!: number;

  @Field(() => DateTime, { description: 'When it was begun.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last edited.' })
  updatedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was published; null when never.' })
  publishedAt!: Date | null;
}

export const { ConnectionType: TemplateConnection } = connectionTypes('Template', () => Template);

@ObjectType({ description: 'Something that documentation may use as `{{name}}`.' })
export class TemplateVariable {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'What it could stand for, to preview a text with.' })
  example!: string;
}

@ObjectType({ description: 'The outcome of every act on a template.' })
export class TemplatePayload extends Payload {
  @Field(() => Template, { nullable: true, description: 'The template as it is now.' })
  template!: TemplateRow | null;
}

@InputType({ description: 'What templateCreate needs.' })
export class TemplateCreateInput {
  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => PlatformEnum as object, { description: 'The shop system it is for.' })
  platform!: TemplateRow['platform'];

  @Field(() => [ProductEnum as object], { description: 'What is integrated with it.' })
  products!: TemplateRow['products'];

  @Field(() => Int, {
    nullable: true,
    description: 'Working days from the signature to going live; null: as the copied template plans, else 40.',
  })
  targetInBusinessDays!: number | null;

  @Field(() => ID, { nullable: true, description: 'A template to copy; null: begin empty.' })
  copyOfId!: string | null;

  @Field(() => String, { description: 'Made by the caller; a repeat of the same key makes nothing more.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What templateImport needs.' })
export class TemplateImportInput {
  @Field(() => String, { description: 'The text of the file, as `TemplateVersion.file` writes it.' })
  file!: string;

  @Field(() => String, { description: 'Made by the caller; a repeat of the same key makes nothing more.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A draft as the person saw it.' })
abstract class OfDraft {
  @Field(() => Int, { description: "The draft's revision that the person saw." })
  revision!: number;
}

@InputType({ description: 'The draft that the person saw.' })
export class TemplateDraftSeenInput extends OfDraft {}

@InputType({ description: 'What templateDraftEdit needs.' })
export class TemplateDraftEditInput extends OfDraft {
  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => PlatformEnum as object, { description: 'The shop system it is for.' })
  platform!: TemplateRow['platform'];

  @Field(() => [ProductEnum as object], { description: 'What is integrated with it.' })
  products!: TemplateRow['products'];

  @Field(() => Int, { description: 'Working days from the signature to going live.' })
  targetInBusinessDays!: number;
}

@InputType({ description: 'What templateDraftReplace needs.' })
export class TemplateDraftReplaceInput extends TemplateDraftEditInput {
  @Field(() => [PhaseTemplateType], { description: 'The whole road, in order.' })
  phases!: PhaseTemplateType[];
}

@InputType({ description: 'What templatePhaseAdd needs.' })
export class TemplatePhaseAddInput extends OfDraft {
  @Field(() => String, { description: 'What this stretch is called.' })
  name!: string;

  @Field(() => String, { description: 'What is true at its end.' })
  milestone!: string;

  @Field(() => String, { description: 'Made by the caller; a repeat of the same key adds nothing more.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What templatePhaseEdit needs.' })
export class TemplatePhaseEditInput extends OfDraft {
  @Field(() => String, { description: "The phase's key." })
  key!: string;

  @Field(() => String, { description: 'What this stretch is called.' })
  name!: string;

  @Field(() => String, { description: 'What is true at its end.' })
  milestone!: string;
}

@InputType({ description: 'What templatePhaseMove needs.' })
export class TemplatePhaseMoveInput extends OfDraft {
  @Field(() => String, { description: "The phase's key." })
  key!: string;

  @Field(() => Int, { description: 'Its new place on the road, from 0.' })
  index!: number;
}

@InputType({ description: 'A part of the draft that the person saw.' })
export class TemplatePartInput extends OfDraft {
  @Field(() => String, { description: 'The key of that part.' })
  key!: string;
}

@InputType({ description: 'What templateTaskAdd needs.' })
export class TemplateTaskAddInput extends OfDraft {
  @Field(() => String, { description: 'The phase whose last task it becomes.' })
  phaseKey!: string;

  @Field(() => String, { description: 'What to do.' })
  title!: string;

  @Field(() => String, { description: 'Made by the caller; a repeat of the same key adds nothing more.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What templateTaskEdit needs.' })
export class TemplateTaskEditInput extends OfDraft {
  @Field(() => TaskTemplateType, { description: 'The whole task; its key says which one.' })
  task!: TaskTemplateType;
}

@InputType({ description: 'What templateTaskMove needs.' })
export class TemplateTaskMoveInput extends OfDraft {
  @Field(() => String, { description: "The task's key." })
  key!: string;

  @Field(() => String, { description: 'The phase it goes to, or stays in.' })
  phaseKey!: string;

  @Field(() => Int, { description: 'Its new place in that phase, from 0.' })
  index!: number;
}
