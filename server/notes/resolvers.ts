import type { Node as ProseNode } from '@tiptap/pm/model';
import { Arg, Ctx, Extensions, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { maxNoteMarkdown } from '../access/limits.ts';
import { can } from '../access/policy.ts';
import { uploadPathOf } from '../files/queries.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { TaskSeen } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { words } from '../words/en.ts';
import { noteFileCreate, noteWrite } from './commands.ts';
import { writeHtml } from './document/html.ts';
import { writeMarkdown } from './document/writeMarkdown.ts';
import { type NoteSeen, noteContentLoader, noteOfTaskLoader } from './queries.ts';
import {
  Note,
  NoteFileCreateInput,
  NoteFileCreatePayload,
  NoteViewerCan,
  NoteWriteInput,
  NoteWritePayload,
} from './types.ts';

/** A whole note is read and written anew for each. */
const wholeNote = { cost: 100 };

@Resolver(() => Note)
export class NoteResolver {
  @FieldResolver(() => String, { description: 'Path of its y-websocket room: /notes/<id>.<epoch>' })
  room(@Root() note: NoteSeen): string {
    return `/notes/${note.id}.${note.epoch}`;
  }

  @FieldResolver(() => NoteViewerCan, { description: 'What the viewer may do with it.' })
  viewerCan(@Ctx() context: GraphqlContext, @Root() note: NoteSeen): NoteViewerCan {
    return { edit: can(signedIn(context).viewer, 'note.edit', note) };
  }

  @Extensions(wholeNote)
  @FieldResolver(() => String, {
    description:
      'What it says, as Markdown that noteWrite reads as the same: @[person id] names somebody, ![name](file:id) is a file. As it is durable now.',
  })
  markdown(@Ctx() context: GraphqlContext, @Root() note: NoteSeen): Promise<string> {
    return written(context, note, (content) => writeMarkdown(content.toJSON()));
  }

  @Extensions(wholeNote)
  @FieldResolver(() => String, {
    description: 'What it says, as HTML that does nothing: no scripts, no styles, and links to web and mail alone.',
  })
  html(@Ctx() context: GraphqlContext, @Root() note: NoteSeen): Promise<string> {
    return written(context, note, writeHtml);
  }

  @Extensions(wholeNote)
  @FieldResolver(() => String, { description: 'What it says, as the JSON of a ProseMirror document.' })
  json(@Ctx() context: GraphqlContext, @Root() note: NoteSeen): Promise<string> {
    return written(context, note, (content) => JSON.stringify(content.toJSON()));
  }

  @Extensions(wholeNote)
  @Mutation(() => NoteWritePayload, {
    description: 'Writes in a note from Markdown, as one more author: merged with what others write, never over it.',
  })
  async noteWrite(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The note's id." }) id: string,
    @Arg('input', () => NoteWriteInput, { description: 'What, and whether it replaces.' }) input: NoteWriteInput,
  ): Promise<NoteWritePayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, async () => noteWrite(ctx, id, { ...input }));
    return { ...rest, note: done };
  }
}

/** Files that come into a note. */
@Resolver()
export class NoteFileResolver {
  @Mutation(() => NoteFileCreatePayload, {
    description: 'Begins a file that will stand in a note; its bytes are then sent to `uploadUrl`.',
  })
  async noteFileCreate(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => NoteFileCreateInput, { description: 'For which note, and which file.' })
    input: NoteFileCreateInput,
  ): Promise<NoteFileCreatePayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, async () =>
      noteFileCreate(ctx, { ...input, file: { ...input.file } }),
    );
    return { ...rest, file: done, uploadUrl: done && uploadPathOf(done.id) };
  }
}

async function written(
  context: GraphqlContext,
  note: NoteSeen,
  write: (content: ProseNode) => string,
): Promise<string> {
  const content = await noteContentLoader(signedIn(context)).load(note.id);
  if (!content) throw new ApiError('NOT_FOUND');
  const text = write(content);
  if (text.length > maxNoteMarkdown.read) {
    throw new ApiError('TOO_COMPLEX', words.graphql.noteTooLong({ max: maxNoteMarkdown.read }));
  }
  return text;
}

@Resolver(() => Task)
export class TaskNoteResolver {
  @FieldResolver(() => Note, { nullable: true, description: 'The co-edited note; null when it is not yours to see.' })
  note(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<NoteSeen | null> {
    return noteOfTaskLoader(signedIn(context)).load(task.id);
  }
}
