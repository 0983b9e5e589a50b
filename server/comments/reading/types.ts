import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { Task, VisibilityEnum } from '../../tasks/types.ts';
import type { CommentSeen } from '../queries.ts';

@InputType({ description: 'What conversationRead needs.' })
export class ConversationReadInput {
  @Field(() => ID, { description: 'The task whose conversation was read.' })
  taskId!: string;

  @Field(() => ID, { description: 'The last comment that was read.' })
  throughId!: string;
}

@ObjectType({ description: 'The outcome of conversationRead.' })
export class ConversationReadPayload extends Payload {
  @Field(() => Task, { nullable: true, description: 'The task, with what is left to read.' })
  task!: TaskSeen | null;
}

@InputType({ description: 'What commentTyping needs.' })
export class CommentTypingInput {
  @Field(() => ID, { description: 'The task whose conversation is written to.' })
  taskId!: string;

  @Field(() => VisibilityEnum as object, { description: 'Who will read what is being written.' })
  audience!: CommentSeen['audience'];

  @Field(() => Boolean, { description: 'False when the person left off.' })
  isTyping!: boolean;
}

@ObjectType({ description: 'The outcome of commentTyping.' })
export class CommentTypingPayload extends Payload {}
