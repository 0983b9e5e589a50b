import { Arg, Ctx, Extensions, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { maxCommentCharacters } from '../access/limits.ts';
import { can, isStaff } from '../access/policy.ts';
import { type Role, roles, type Viewer } from '../access/viewer.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { type InvitationSeen, invitableRoles, invitationsOfAccountLoader, invitationsTo } from './invitationQueries.ts';
import { Invitation } from './invitationTypes.ts';
import {
  type AccountRow,
  accountLoader,
  accountsPage,
  companyOf,
  landingOf,
  type PersonSeen,
  partnerPeople,
  peopleLoader,
  peopleOfAccountLoader,
  personContactLoader,
  staffPeople,
} from './queries.ts';
import {
  Account,
  AccountConnection,
  Company,
  Person,
  PersonViewerCan,
  RoleEnum,
  SignedInPerson,
  ViewerCan,
} from './types.ts';

@Resolver(() => SignedInPerson)
export class ViewerResolver {
  @Query(() => SignedInPerson, { nullable: true, description: 'Who is signed in; null when nobody is.' })
  viewer(@Ctx() context: GraphqlContext): SignedInPerson | null {
    return context.viewer && signedInPerson(context, context.viewer);
  }

  @FieldResolver(() => Person, { description: 'Themselves.' })
  person(@Ctx() context: GraphqlContext) {
    const ctx = signedIn(context);
    return peopleLoader(ctx).load(ctx.viewer.personId);
  }

  @FieldResolver(() => Account, { nullable: true, description: 'Their account; null for staff.' })
  account(@Ctx() context: GraphqlContext) {
    const ctx = signedIn(context);
    return ctx.viewer.accountId === null ? null : accountLoader(ctx).load(ctx.viewer.accountId);
  }

  @FieldResolver(() => String, {
    description: 'Where this person lands: /overview, /my-day, /projects/<id>, or /projects while they have none.',
  })
  landsOn(@Ctx() context: GraphqlContext): Promise<string> {
    const ctx = signedIn(context);
    return landingOf(ctx, ctx.viewer);
  }

  @FieldResolver(() => Company, { description: 'The company that runs this installation.' })
  company(@Ctx() context: GraphqlContext): Promise<Company> {
    return companyOf(context);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'The staff person who looks through their eyes, and may change nothing; null otherwise.',
  })
  viewedBy(@Ctx() context: GraphqlContext) {
    const { viewer } = signedIn(context);
    return viewer.viewedBy === null ? null : peopleLoader(signedIn(context)).load(viewer.viewedBy);
  }

  @FieldResolver(() => ViewerCan, { description: 'What they may do at all.' })
  viewerCan(@Ctx() context: GraphqlContext): ViewerCan {
    return rightsOf(signedIn(context));
  }
}

export function signedInPerson({ config }: Pick<Context, 'config'>, viewer: Viewer): SignedInPerson {
  return { isStaff: isStaff(viewer), maxUploadBytes: config.maxUploadBytes, maxCommentCharacters };
}

function rightsOf(ctx: Context): ViewerCan {
  const { viewer } = ctx;
  const own = viewer.accountId === null ? [] : [{ accountId: viewer.accountId }];
  const places = ['company', 'partners', ...own] as const;
  const invitePeople = places.some((place) => invitableRoles(ctx, place).length > 0);
  return {
    seePeople: isStaff(viewer) || invitePeople,
    invitePeople,
    editCompany: can(viewer, 'company.edit', null),
    readAudit: can(viewer, 'audit.read', null),
    createProjects: can(viewer, 'project.create', null),
    readTemplates: can(viewer, 'template.read', null),
    readJourneys: can(viewer, 'journey.read', null),
    editJourneys: can(viewer, 'journey.edit', null),
    editTemplates: can(viewer, 'template.edit', null),
    readOverview: can(viewer, 'overview.read', null),
    exportOverview: can(viewer, 'overview.export', null),
    createTokens: can(viewer, 'token.create', null),
    createAppTokens: can(viewer, 'token.createApp', null),
  };
}

/** Lists of people grow with the company, not with use; pages of them would only hide colleagues. */
const household = { listSize: 40 };

const mostSearchCharacters = 200;

@Resolver(() => Account)
export class AccountResolver {
  @Query(() => AccountConnection, { description: 'Accounts by name. A client has only their own.' })
  accounts(
    @Ctx() context: GraphqlContext,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' })
    after: string | null,
    @Arg('text', () => String, {
      nullable: true,
      description:
        'Only those with this in their name or address; for staff also in ids of other systems and former names.',
    })
    text: string | null,
  ) {
    if ((text?.length ?? 0) > mostSearchCharacters) {
      throw new ApiError(
        'BAD_USER_INPUT',
        words.graphql.filterTooLong({ values: 1, characters: mostSearchCharacters }),
      );
    }
    return accountsPage(signedIn(context), pageSize(first), after ?? null, text ?? null);
  }

  @FieldResolver(() => [Person], { description: 'Its people, by name.' })
  people(@Ctx() context: GraphqlContext, @Root() account: AccountRow) {
    return peopleOfAccountLoader(signedIn(context)).load(account.id);
  }

  @FieldResolver(() => [Invitation], {
    description: 'Who was invited and has not joined; empty for those who may not invite.',
  })
  invitations(@Ctx() context: GraphqlContext, @Root() account: AccountRow) {
    return invitationsOfAccountLoader(signedIn(context)).load(account.id);
  }

  @FieldResolver(() => [RoleEnum as object], {
    description: 'The roles that the viewer may invite somebody to here, the usual one first.',
  })
  invitableRoles(@Ctx() context: GraphqlContext, @Root() account: AccountRow): Role[] {
    return invitableRoles(signedIn(context), { accountId: account.id });
  }
}

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Their address; null for those who neither are of the company nor look after them.',
  })
  async email(@Ctx() context: GraphqlContext, @Root() person: PersonSeen): Promise<string | null> {
    return (await personContactLoader(signedIn(context)).load(person.id))?.email ?? null;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When they were last here; null as for `email`.' })
  async lastSeenAt(@Ctx() context: GraphqlContext, @Root() person: PersonSeen): Promise<Date | null> {
    return (await personContactLoader(signedIn(context)).load(person.id))?.lastSeenAt ?? null;
  }

  @FieldResolver(() => PersonViewerCan, { description: 'What the viewer may do with them.' })
  viewerCan(@Ctx() context: GraphqlContext, @Root() person: PersonSeen): PersonViewerCan {
    const { viewer } = signedIn(context);
    const isOther = person.id !== viewer.personId;
    return {
      giveRoles: roles.filter(
        (toRole) =>
          toRole !== person.role && can(viewer, 'person.changeRole', { ...person, personId: person.id, toRole }),
      ),
      remove: isOther && can(viewer, 'person.remove', person),
      viewAs: isOther && can(viewer, 'person.viewAs', person),
    };
  }
}

@Resolver(() => Company)
export class CompanyResolver {
  @Extensions(household)
  @FieldResolver(() => [Person], { description: 'The people of the company, by name.' })
  people(@Ctx() context: GraphqlContext): Promise<PersonSeen[]> {
    return staffPeople(signedIn(context));
  }

  @Extensions(household)
  @FieldResolver(() => [Person], { description: 'The partners of all projects, by name; for clients their own.' })
  partners(@Ctx() context: GraphqlContext): Promise<PersonSeen[]> {
    return partnerPeople(signedIn(context));
  }

  @FieldResolver(() => [Invitation], { description: 'Staff who were invited and have not joined; for staff.' })
  invitations(@Ctx() context: GraphqlContext): Promise<InvitationSeen[]> {
    return invitationsTo(signedIn(context), 'company');
  }

  @FieldResolver(() => [Invitation], { description: 'Partners who were invited and have not joined; for staff.' })
  partnerInvitations(@Ctx() context: GraphqlContext): Promise<InvitationSeen[]> {
    return invitationsTo(signedIn(context), 'partners');
  }

  @FieldResolver(() => [RoleEnum as object], {
    description: 'The roles of the company that the viewer may invite somebody to, the usual one first.',
  })
  invitableRoles(@Ctx() context: GraphqlContext): Role[] {
    return invitableRoles(signedIn(context), 'company');
  }

  @FieldResolver(() => [RoleEnum as object], {
    description: 'The roles of a partner that the viewer may invite somebody to; empty when they may not.',
  })
  invitablePartnerRoles(@Ctx() context: GraphqlContext): Role[] {
    return invitableRoles(signedIn(context), 'partners');
  }

  @Query(() => Company, { description: "What the sign-in page may know: the company's name." })
  company(@Ctx() context: GraphqlContext): Promise<Company> {
    return companyOf(context);
  }
}
