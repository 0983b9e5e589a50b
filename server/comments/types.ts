import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import { VisibilityEnum } from '../tasks/types.ts';
import type { CommentSeen } from './queries.ts';

@ObjectType({ description: 'What the viewer may do with a comment.' })
export class CommentViewerCan {
  @Field(() => Boolean, { description: 'Change its words.' })
  edit!: boolean;

  @Field(() => Boolean, { description: 'Take it back.' })
  delete!: boolean;
}

@ObjectType({ description: "A message in a task's conversation.", implements: Node })
export class Comment extends Node {
  @Field(() => Int, { description: 'Moves with every change; acts carry the revision that the person saw.' })
  revision!: number;

  @Field(() => VisibilityEnum as object, { description: 'Who reads it.' })
  audience!: CommentSeen['audience'];

  @Field(() => String, { description: 'Plain text; empty when deleted.' })
  text!: string;

  @Field(() => DateTime, { description: 'When it was written.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When its words were last changed; null when never.' })
  editedAt!: Date | null;
}

export const { ConnectionType: CommentConnection } = connectionTypes('Comment', () => Comment);

@InputType({ description: 'What commentAdd needs.' })
export class CommentAddInput {
  @Field(() => ID, { description: 'The task whose conversation it joins.' })
  taskId!: string;

  @Field(() => String, { description: 'Plain text, at most `Viewer.maxCommentCharacters` characters.' })
  text!: string;

  @Field(() => VisibilityEnum as object, { description: 'Who reads it.' })
  audience!: CommentSeen['audience'];

  @Field(() => String, { description: 'Made by the caller; a repeat of the same key adds nothing more.' })
  idempotencyKey!: string;
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
