import { Field, Int, ObjectType } from 'type-graphql';
import type { Audience } from '../access/viewer.ts';
import { Node } from '../platform/graphql/node.ts';
import { VisibilityEnum } from '../tasks/types.ts';

@ObjectType({ description: 'What the viewer may do with a note.' })
export class NoteViewerCan {
  @Field(() => Boolean, { description: 'Write in it; without, the socket drops what is written.' })
  edit!: boolean;
}

@ObjectType({ description: 'A co-edited document of a task.', implements: Node })
export class Note extends Node {
  @Field(() => Int, { description: "Moves when the note's history starts anew; rooms of an earlier epoch are closed." })
  epoch!: number;

  @Field(() => VisibilityEnum as object, { description: 'Who may know of it.' })
  audience!: Audience;
}
