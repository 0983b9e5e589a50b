import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Audience } from '../access/viewer.ts';
import type { FileRow } from '../files/queries.ts';
import { StoredFile } from '../files/types.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { VisibilityEnum } from '../tasks/types.ts';
import type { NoteSeen } from './queries.ts';

export const noteWriteModes = ['REPLACE', 'APPEND'] as const;
export type NoteWriteMode = (typeof noteWriteModes)[number];

export const NoteWriteModeEnum = enumOf(noteWriteModes);
registerEnumType(NoteWriteModeEnum, {
  name: 'NoteWriteMode',
  description: 'What becomes of what a note says already.',
  valuesConfig: {
    REPLACE: { description: 'The note says this instead. Only what differs changes, so what others write stays.' },
    APPEND: { description: 'This is put at the end.' },
  },
});

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

@InputType({ description: 'What is to stand in a note.' })
export class NoteWriteInput {
  @Field(() => String, {
    description:
      'CommonMark with tables, task lists and strikethrough, up to 100,000 characters. HTML in it is text; what is nested or tangled beyond reason is kept as text.',
  })
  markdown!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The Markdown that was read before it was changed: what others wrote since then stays. Null: what is not in `markdown` goes. Of use with REPLACE alone.',
  })
  basedOn?: string | null;

  @Field(() => NoteWriteModeEnum as object, { description: 'Whether it takes the place of what stands there.' })
  mode!: NoteWriteMode;

  @Field(() => String, { description: 'Chosen by the client; a repeat writes nothing and answers the same.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A file that is about to be sent for a note.' })
export class NoteFileInput {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => Float, { description: 'Its size in bytes; exactly so many are sent.' })
  sizeBytes!: number;

  @Field(() => String, { nullable: true, description: 'Its media type, as the browser says.' })
  contentType?: string | null;
}

@InputType({ description: 'What noteFileCreate needs.' })
export class NoteFileCreateInput {
  @Field(() => ID, { description: 'The note that it is for: whoever reads that may download it.' })
  noteId!: string;

  @Field(() => NoteFileInput, { description: 'The file to come.' })
  file!: NoteFileInput;

  @Field(() => String, { description: 'Made by the caller; a repeat of the same key begins nothing more.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The outcome of noteFileCreate.' })
export class NoteFileCreatePayload extends Payload {
  @Field(() => StoredFile, { nullable: true, description: 'The file; null when it was not begun.' })
  file!: FileRow | null;

  @Field(() => String, { nullable: true, description: 'Where its bytes are sent (tus 1.0); null when not begun.' })
  uploadUrl!: string | null;
}

@ObjectType({ description: 'The outcome of noteWrite.' })
export class NoteWritePayload extends Payload {
  @Field(() => Note, { nullable: true, description: 'The note; what it says now is durable.' })
  note!: NoteSeen | null;
}
