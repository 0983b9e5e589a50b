import {
  Arg,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from 'type-graphql';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import { projectLoader } from '../projects/queries.ts';
import { Project } from '../projects/types.ts';
import {
  type AuditFilter,
  type AuditNoun,
  auditActorIds,
  auditNouns,
  auditPage,
  type FieldEdit as Edit,
  editsLoader,
} from './audit.ts';
import { changeOf } from './changes.ts';
import { Change, ChangeConnection } from './types.ts';

const AuditNounEnum = enumOf(Object.keys(auditNouns) as AuditNoun[]);
registerEnumType(AuditNounEnum, {
  name: 'AuditNoun',
  description: 'What entries of the audit list are about.',
  valuesConfig: {
    COMPANY: { description: "The company's settings." },
    PEOPLE: { description: 'People, invitations, roles and partners.' },
    TOKENS: { description: 'API tokens.' },
    ACCOUNTS: { description: 'Client companies and what is known of them.' },
    PROJECTS: { description: 'Projects and their phases.' },
    TASKS: { description: 'Tasks.' },
    DELIVERIES: { description: 'Submissions, approvals and meetings.' },
    CREDENTIALS: { description: 'Who looked at a secret.' },
    CONVERSATION: { description: 'Comments and notes.' },
    TEMPLATES: { description: 'Templates.' },
    JOURNEYS: { description: 'Journeys and their maps.' },
    VIEWS: { description: 'Saved views of the overview.' },
  },
});

@InputType('AuditFilter', { description: 'What to narrow the audit list to; all of it when left out.' })
export class AuditFilterInput implements AuditFilter {
  @Field(() => [AuditNounEnum as object], { nullable: true, description: 'Only entries about these.' })
  nouns?: AuditNoun[] | null;

  @Field(() => ID, { nullable: true, description: 'Only what this person did.' })
  actorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what happened in this project.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what happened to this account, its people and its projects.' })
  accountId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'From this instant on.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Before this instant.' })
  before?: Date | null;
}

@ObjectType({ description: 'What one field was and is, as text.' })
export class FieldEdit implements Edit {
  @Field(() => String, { description: 'The field.' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'What it was; null when it was not there.' })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'What it is; null when it was taken away.' })
  after!: string | null;
}

@Resolver()
export class AuditResolver {
  @Query(() => ChangeConnection, { description: 'What happened in the whole company, newest first.' })
  async audit(
    @Ctx() context: GraphqlContext,
    @Arg('filter', () => AuditFilterInput, { nullable: true, description: 'What to narrow it to.' })
    filter: AuditFilterInput | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' })
    after: string | null,
  ) {
    const ctx = signedIn(context);
    const page = await auditPage(ctx, filter ?? {}, pageSize(first), after ?? null);
    const edges = page.edges.map(({ node, cursor }) => ({ node: changeOf(ctx, node, null), cursor }));
    return { ...page, edges, nodes: edges.map((edge) => edge.node) };
  }

  @Extensions({ listSize: 100 })
  @Query(() => [Person], { description: 'Everybody who did something in the audit list, by name.' })
  async auditActors(@Ctx() context: GraphqlContext) {
    const ctx = signedIn(context);
    const people = await peopleLoader(ctx).loadMany(await auditActorIds(ctx));
    return people
      .flatMap((person) => (person && !(person instanceof Error) ? [person] : []))
      .sort((a, b) => a.name.localeCompare(b.name));
  }
}

/** What only whoever reads the audit list is told of a change. */
@Resolver(() => Change)
export class ChangeEditsResolver {
  @FieldResolver(() => [FieldEdit], { description: 'What was changed, field by field; empty without audit rights.' })
  edits(@Ctx() context: GraphqlContext, @Root() change: Change): Promise<Edit[]> {
    return editsLoader(signedIn(context)).load(change.event.id);
  }

  @FieldResolver(() => Project, { nullable: true, description: 'The project it happened in; null when in none.' })
  project(@Ctx() context: GraphqlContext, @Root() change: Change) {
    return change.projectId === null ? null : projectLoader(signedIn(context)).load(change.projectId);
  }

  @FieldResolver(() => Boolean, { description: 'Whether only staff read of it.' })
  isInternal(@Root() change: Change): boolean {
    return change.event.audience === 'INTERNAL';
  }
}
