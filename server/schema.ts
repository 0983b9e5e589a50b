import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { InvitationResolver } from './accounts/invitationResolvers.ts';
import { AccountResolver, CompanyResolver, PersonResolver, ViewerResolver } from './accounts/resolvers.ts';
import { CommentResolver, TaskCommentsResolver } from './comments/resolvers.ts';
import { FileResolver } from './files/resolvers.ts';
import {
  ChangeResolver,
  LiveResolver,
  PresenceResolver,
  ProjectChangesResolver,
  TaskChangesResolver,
} from './live/resolvers.ts';
import { NoteResolver, TaskNoteResolver } from './notes/resolvers.ts';
import {
  HealthOverrideResolver,
  HealthReasonResolver,
  ProjectHealthResolver,
  ProjectHealthRightsResolver,
} from './plan/resolvers.ts';
import { withTokenScopes } from './platform/graphql/tokenScopes.ts';
import { ProjectConnectionResolver, ProjectResolver } from './projects/resolvers.ts';
import { TokenProjectsResolver } from './projects/tokenResolvers.ts';
import { StatisticsResolver } from './statistics/resolvers.ts';
import { ReviewResolver, SubmissionResolver } from './submissions/resolvers.ts';
import { TaskReviewResolver, TaskSubmissionsResolver } from './submissions/taskResolvers.ts';
import { PhaseTasksResolver, ProjectTasksResolver } from './tasks/projectResolvers.ts';
import { TaskResolver } from './tasks/resolvers.ts';
import { TokenResolver, ViewerTokensResolver } from './tokens/resolvers.ts';

/** The whole API, from the types in the nouns' folders. */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      ViewerResolver,
      CompanyResolver,
      AccountResolver,
      PersonResolver,
      InvitationResolver,
      ProjectResolver,
      ProjectConnectionResolver,
      ProjectHealthResolver,
      ProjectHealthRightsResolver,
      HealthReasonResolver,
      HealthOverrideResolver,
      ProjectTasksResolver,
      PhaseTasksResolver,
      TaskResolver,
      TaskSubmissionsResolver,
      TaskReviewResolver,
      TaskCommentsResolver,
      TaskNoteResolver,
      TaskChangesResolver,
      ProjectChangesResolver,
      SubmissionResolver,
      ReviewResolver,
      FileResolver,
      CommentResolver,
      NoteResolver,
      StatisticsResolver,
      LiveResolver,
      ChangeResolver,
      PresenceResolver,
      TokenResolver,
      TokenProjectsResolver,
      ViewerTokensResolver,
    ],
    orphanedTypes: [],
    validate: false,
    // Subscriptions read the log themselves; type-graphql only insists on having something here.
    pubSub: { publish: () => {}, subscribe: () => neverEnding() },
  });
  return withTokenScopes(schema);
}

/** `schema.graphql`, as the code has it. */
export function emitSchema(): string {
  return `${printSchema(lexicographicSortSchema(createSchema()))}\n`;
}

async function* neverEnding(): AsyncGenerator<never> {
  await new Promise<never>(() => {});
}
