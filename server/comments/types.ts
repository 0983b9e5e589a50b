import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { reactions } from '../../drizzle/schema/index.ts';
import type { FileRow } from '../files/queries.ts';
import { StoredFile } from '../files/types.ts';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import { VisibilityEnum } from '../tasks/types.ts';
import type { CommentSeen } from './queries.ts';

export const ReactionEnum = enumOf(reactions);
registerEnumType(ReactionEnum, {
  name: 'Reaction',
  description: 'An answer to a comment without words.',
  valuesConfig: {
    AGREE: { description: 'I agree, or it is fine with me.' },
    THANKS: { description: 'Thank you.' },
    DONE: { description: 'That is done.' },
    LOOKING: { description: 'I am looking into it.' },
    UNCLEAR: { description: 'I do not understand this yet.' },
    CELEBRATE: { description: 'That is good news.' },
  },
});

@ObjectType({ description: 'What the viewer may do with a comment.' })
export class CommentViewerCan {
  @Field(() => Boolean, { description: 'Change its words.' })
  edit!: boolean;

  @Field(() => Boolean, { description: 'Take it back.' })
  delete!: boolean;

  @Field(() => Boolean, { description: 'Answer it, to the same readers.' })
  reply!: boolean;

  @Field(() => Boolean, { description: 'React to it.' })
  react!: boolean;

  @Field(() => Boolean, { description: 'Settle its thread, or open it again.' })
  resolve!: boolean;

  @Field(() => Boolean, { description: 'Share it, or make it internal, as long as nobody has replied.' })
  setAudience!: boolean;
}

@ObjectType({ description: 'Everybody who reacted to a comment in the same way.' })
export class CommentReactions {
  /** What the resolvers read; not part of the schema. */
  personIds!: string[];

  @Field(() => ReactionEnum as object, { description: 'In which way.' })
  reaction!: keyof typeof ReactionEnum;
}

@ObjectType({ description: 'Somebody of the client who has read a comment.' })
export class CommentSeenBy {
  /** What the resolvers read; not part of the schema. */
  personId!: string;

  @Field(() => DateTime, { description: 'When they read it.' })
  at!: Date;
}

@ObjectType({ description: 'Somebody who may be named in a comment.' })
export class MentionCandidate {
  /** What the resolvers read; not part of the schema. */
  personId!: string;

  @Field(() => Boolean, { description: 'Whether they have to do with the task or its project already.' })
  isOn!: boolean;
}

@ObjectType({ description: "A message in a task's conversation.", implements: Node })
export class Comment extends Node {
  @Field(() => VisibilityEnum as object, { description: 'Who reads it.' })
  audience!: CommentSeen['audience'];

  @Field(() => String, {
    description: 'Plain text; empty when deleted. `@[id]` stands for the person of that id in `mentions`.',
  })
  text!: string;

  @Field(() => DateTime, { nullable: true, description: 'When its words were last changed; null when never.' })
  editedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When its thread was settled; null while it is open.' })
  resolvedAt!: Date | null;
}

export const { ConnectionType: CommentConnection } = connectionTypes('Comment', () => Comment);

@InputType({ description: 'What commentAdd needs.' })
export class CommentAddInput {
  @Field(() => ID, { description: 'The task whose conversation it joins.' })
  taskId!: string;

  @Field(() => String, { description: 'Plain text, at most `Viewer.maxCommentCharacters` characters.' })
  text!: string;

  @Field(() => VisibilityEnum as object, { description: 'Who reads it; that of the comment it answers.' })
  audience!: CommentSeen['audience'];

  @Field(() => String, { description: 'Made by the caller; a repeat of the same key adds nothing more.' })
  idempotencyKey!: string;

  @Field(() => ID, { nullable: true, description: 'The comment that it answers: the first one of its thread.' })
  parentId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'The files that go with it, made by commentFileCreate and sent whole; at most `Viewer.maxCommentFiles`.',
  })
  fileIds?: string[] | null;
}

@InputType({ description: 'What commentEdit needs.' })
export class CommentEditInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => String, { description: 'The new words.' })
  text!: string;
}

@InputType({ description: 'What commentDelete needs.' })
export class CommentDeleteInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;
}

@ObjectType({ description: 'The outcome of commentAdd.' })
export class CommentAddPayload extends Payload {
  @Field(() => Comment, { nullable: true, description: 'The comment; null when it was not added.' })
  comment!: CommentSeen | null;
}

@ObjectType({ description: 'The outcome of commentEdit.' })
export class CommentEditPayload extends Payload {
  @Field(() => Comment, { nullable: true, description: 'The comment as it is now.' })
  comment!: CommentSeen | null;
}

@ObjectType({ description: 'The outcome of commentDelete.' })
export class CommentDeletePayload extends Payload {
  @Field(() => Comment, { nullable: true, description: 'The comment as it is now.' })
  comment!: CommentSeen | null;
}

@InputType({ description: 'What commentSetAudience needs.' })
export class CommentSetAudienceInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => VisibilityEnum as object, { description: 'Who shall read it.' })
  audience!: CommentSeen['audience'];
}

@ObjectType({ description: 'The outcome of commentSetAudience.' })
export class CommentSetAudiencePayload extends Payload {
  @Field(() => Comment, { nullable: true, description: 'The comment as it is now.' })
  comment!: CommentSeen | null;
}

@InputType({ description: 'What commentReact needs.' })
export class CommentReactInput {
  @Field(() => ReactionEnum as object, { description: 'In which way.' })
  reaction!: keyof typeof ReactionEnum;

  @Field(() => Boolean, { description: 'True gives it, false takes it away.' })
  isOn!: boolean;
}

@ObjectType({ description: 'The outcome of commentReact.' })
export class CommentReactPayload extends Payload {
  @Field(() => Comment, { nullable: true, description: 'The comment as it is now.' })
  comment!: CommentSeen | null;
}

@InputType({ description: 'What commentResolve needs.' })
export class CommentResolveInput {
  @Field(() => Boolean, { description: 'True settles the thread, false opens it again.' })
  isResolved!: boolean;
}

@ObjectType({ description: 'The outcome of commentResolve.' })
export class CommentResolvePayload extends Payload {
  @Field(() => Comment, { nullable: true, description: 'The first comment of the thread, as it is now.' })
  comment!: CommentSeen | null;
}

@InputType({ description: 'A file that will go with a comment.' })
export class CommentFileInput {
  @Field(() => String, { description: 'Its name, for showing. What could mislead a reader is replaced.' })
  name!: string;

  @Field(() => Float, { description: 'Its exact size in bytes, at most `Viewer.maxUploadBytes`.' })
  sizeBytes!: number;

  @Field(() => String, { nullable: true, description: 'Its media type, as the browser says.' })
  contentType?: string | null;
}

@InputType({ description: 'What commentFileCreate needs.' })
export class CommentFileCreateInput {
  @Field(() => ID, { description: 'The task whose conversation it is for.' })
  taskId!: string;

  @Field(() => CommentFileInput, { description: 'The file to come.' })
  file!: CommentFileInput;

  @Field(() => String, { description: 'Made by the caller; a repeat of the same key begins nothing more.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The outcome of commentFileCreate.' })
export class CommentFileCreatePayload extends Payload {
  @Field(() => StoredFile, { nullable: true, description: 'The file; null when it was not begun.' })
  file!: FileRow | null;

  @Field(() => String, { nullable: true, description: 'Where its bytes are sent (tus 1.0); null when not begun.' })
  uploadUrl!: string | null;
}

export type { TalkSignal } from './talk.ts';
