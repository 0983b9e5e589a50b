import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import type { TaskSeen } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { type NoteSeen, noteOfTaskLoader } from './queries.ts';
import { Note, NoteViewerCan } from './types.ts';

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
}

@Resolver(() => Task)
export class TaskNoteResolver {
  @FieldResolver(() => Note, { nullable: true, description: 'The co-edited note; null when it is not yours to see.' })
  note(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<NoteSeen | null> {
    return noteOfTaskLoader(signedIn(context)).load(task.id);
  }
}
