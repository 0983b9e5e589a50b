import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { AccountStaff } from '../../accounts/kept/types.ts';
import { fileLoader } from '../../files/queries.ts';
import { StoredFile } from '../../files/types.ts';
import { noteLoader } from '../../notes/queries.ts';
import { Note } from '../../notes/types.ts';
import { pageSize } from '../../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { taskLoader } from '../../tasks/queries.ts';
import { Task } from '../../tasks/types.ts';
import { changeOf } from '../changes.ts';
import { ChangeConnection } from '../types.ts';
import { accountEvents, accountFiles, accountNotes, type OfTask } from './queries.ts';
import { AccountFile, AccountFileConnection, AccountNote, AccountNoteConnection } from './types.ts';

/** What an account has over all its projects. */
@Resolver(() => AccountStaff)
export class AccountHistoryResolver {
  @FieldResolver(() => ChangeConnection, {
    description: 'What happened in its projects, to its people and to itself, newest first.',
  })
  async changes(
    @Ctx() context: GraphqlContext,
    @Root() { account }: AccountStaff,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' }) after:
      | string
      | null,
  ) {
    const ctx = signedIn(context);
    const page = await accountEvents(ctx, account.id, pageSize(first), after ?? null);
    const edges = page.edges.map(({ node, cursor }) => ({ node: changeOf(ctx, node, null), cursor }));
    return { ...page, edges, nodes: edges.map((edge) => edge.node) };
  }

  @FieldResolver(() => AccountFileConnection, { description: 'The files that came to its projects, newest first.' })
  files(
    @Ctx() context: GraphqlContext,
    @Root() { account }: AccountStaff,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' }) after:
      | string
      | null,
  ) {
    return accountFiles(signedIn(context), account.id, pageSize(first), after ?? null);
  }

  @FieldResolver(() => AccountNoteConnection, {
    description: 'The notes of its projects in which something was written, the one begun last first.',
  })
  notes(
    @Ctx() context: GraphqlContext,
    @Root() { account }: AccountStaff,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' }) after:
      | string
      | null,
  ) {
    return accountNotes(signedIn(context), account.id, pageSize(first), after ?? null);
  }
}

@Resolver(() => AccountFile)
export class AccountFileResolver {
  @FieldResolver(() => StoredFile, { nullable: true, description: 'The file; null where it is not yours to read.' })
  file(@Ctx() context: GraphqlContext, @Root() { id }: OfTask) {
    return fileLoader(signedIn(context)).load(id);
  }

  @FieldResolver(() => Task, { nullable: true, description: 'The task that it came to.' })
  task(@Ctx() context: GraphqlContext, @Root() { taskId }: OfTask) {
    return taskLoader(signedIn(context)).load(taskId);
  }

  @FieldResolver(() => DateTime, { description: 'When it came.' })
  createdAt(@Root() { createdAt }: OfTask): Date {
    return createdAt;
  }
}

@Resolver(() => AccountNote)
export class AccountNoteResolver {
  @FieldResolver(() => Note, { nullable: true, description: 'The note.' })
  note(@Ctx() context: GraphqlContext, @Root() { id }: OfTask) {
    return noteLoader(signedIn(context)).load(id);
  }

  @FieldResolver(() => Task, { nullable: true, description: 'The task whose note it is.' })
  task(@Ctx() context: GraphqlContext, @Root() { taskId }: OfTask) {
    return taskLoader(signedIn(context)).load(taskId);
  }

  @FieldResolver(() => DateTime, { description: 'When it was begun.' })
  createdAt(@Root() { createdAt }: OfTask): Date {
    return createdAt;
  }
}
