import { Arg, Ctx, Extensions, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { productKeys } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { dayReader } from '../plan/queries.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import { type ProjectSeen, projectLoader } from '../projects/queries.ts';
import { ProductEnum, Project } from '../projects/types.ts';
import { submissionLoader } from '../submissions/queries.ts';
import { Submission } from '../submissions/types.ts';
import { firstLookDefaultsSet, firstLookSuggest, type SettingsInput } from './commands.ts';
import {
  type DefaultsRow,
  defaultsLoader,
  type FirstLookRow,
  firstLookLoader,
  type MockSeen,
  mocksOf,
  passedOverLoader,
  type SuggestionRow,
} from './queries.ts';
import { settingsFrom } from './settings.ts';
import {
  FirstLook,
  type FirstLookBrand,
  FirstLookChoice,
  FirstLookDefaultsSetInput,
  FirstLookDefaultsSetPayload,
  FirstLookMock,
  FirstLookPassedOver,
  type FirstLookSettingsInput,
  FirstLookSuggestInput,
  FirstLookSuggestPayload,
  FirstLookViewerCan,
} from './types.ts';

@Resolver(() => Project)
export class ProjectFirstLookResolver {
  @FieldResolver(() => FirstLook, { description: "The client's own products in working mocks of what they bought." })
  async firstLook(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<FirstLook> {
    return lookOf(project, await firstLookLoader(signedIn(context)).load(project.id));
  }
}

@Resolver(() => FirstLook)
export class FirstLookResolver {
  @FieldResolver(() => Submission, {
    nullable: true,
    description: 'The feed that it is made of, with its report; null for one of a website, or not yours to see.',
  })
  submission(@Ctx() context: GraphqlContext, @Root() { row }: FirstLook) {
    return row?.submissionId ? submissionLoader(signedIn(context)).load(row.submissionId) : null;
  }

  @FieldResolver(() => FirstLookPassedOver, {
    nullable: true,
    description:
      'The newest feed, where what is shown is of an earlier one and stays so; null when that is the newest.',
  })
  async passedOver(
    @Ctx() context: GraphqlContext,
    @Root() { project }: FirstLook,
  ): Promise<FirstLookPassedOver | null> {
    const ctx = signedIn(context);
    const passed = await passedOverLoader(ctx).load(project.id);
    // Its counts are those of a delivery, which not everybody's token may read.
    return passed && (await submissionLoader(ctx).load(passed.submissionId)) ? passed : null;
  }

  @Extensions({ listSize: productKeys.length })
  @FieldResolver(() => [FirstLookMock], { description: 'One for each product that the project brings.' })
  async mocks(@Ctx() context: GraphqlContext, @Root() { project }: FirstLook): Promise<FirstLookMock[]> {
    return (await mocksOf(signedIn(context), project)).map(mockFrom);
  }

  @FieldResolver(() => FirstLookViewerCan, { description: 'What the viewer may do with it now.' })
  viewerCan(@Ctx() context: GraphqlContext, @Root() { project }: FirstLook): FirstLookViewerCan {
    const { viewer } = signedIn(context);
    return {
      suggest: can(viewer, 'firstLook.suggest', project),
      setDefaults: can(viewer, 'firstLook.setDefaults', null),
    };
  }
}

@Resolver(() => FirstLookPassedOver)
export class FirstLookPassedOverResolver {
  @FieldResolver(() => Submission, { nullable: true, description: 'The feed, with its report.' })
  submission(@Ctx() context: GraphqlContext, @Root() { submissionId }: FirstLookPassedOver) {
    return submissionLoader(signedIn(context)).load(submissionId);
  }
}

@Resolver(() => FirstLookChoice)
export class FirstLookChoiceResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who changed it last; null when not yours to know.' })
  by(@Ctx() context: GraphqlContext, @Root() { byId }: FirstLookChoice) {
    return peopleLoader(signedIn(context)).load(byId);
  }
}

@Resolver()
export class FirstLookActsResolver {
  @Mutation(() => FirstLookSuggestPayload, {
    description: 'Keeps how a client would have a mock look and rank, or takes that back; the mock shows it at once.',
  })
  async firstLookSuggest(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The project's id." }) id: string,
    @Arg('input', () => FirstLookSuggestInput, { description: 'For which product, and the settings.' })
    input: FirstLookSuggestInput,
  ): Promise<FirstLookSuggestPayload> {
    const ctx = signedIn(context);
    const given = { ...input, values: plainValues(input.values) };
    const { userErrors, position } = await outcome(ctx, () => firstLookSuggest(ctx, id, given));
    const project = await projectLoader(ctx).load(id);
    const mocks = project ? await mocksOf(ctx, project) : [];
    const mock = mocks.find(({ product }) => product === input.product);
    return { userErrors, position, mock: mock ? mockFrom(mock) : null };
  }

  @Mutation(() => FirstLookDefaultsSetPayload, {
    description: 'Sets what the mock of a product begins with, or takes that back.',
  })
  async firstLookDefaultsSet(
    @Ctx() context: GraphqlContext,
    @Arg('product', () => ProductEnum as object, { description: 'Of which product.' }) product: MockSeen['product'],
    @Arg('input', () => FirstLookDefaultsSetInput, { description: 'The revision seen, and the settings.' })
    input: FirstLookDefaultsSetInput,
  ): Promise<FirstLookDefaultsSetPayload> {
    const ctx = signedIn(context);
    const given: SettingsInput = { product, revision: input.revision, values: plainValues(input.values) };
    const { userErrors, position } = await outcome(ctx, () => firstLookDefaultsSet(ctx, given));
    const row = await defaultsLoader(ctx).load(product);
    return { userErrors, position, defaults: row && choiceFrom(row) };
  }
}

/** Without the prototypes of GraphQL's inputs; a colour left out is none. */
function plainValues(values: FirstLookSettingsInput | null | undefined) {
  if (!values) return values;
  const { layout, accent, results, synonyms, boosts } = values;
  const plain = boosts.map(({ field, value, factor }) => ({ field, value, factor }));
  return { layout, accent: accent ?? null, results, synonyms, boosts: plain };
}

function lookOf(project: ProjectSeen, row: FirstLookRow | null): FirstLook {
  const { source, total, usable, shown, currencies, hasOrders } = row ?? nothing;
  const { builtAt, firstLookAt, problem } = row ?? nothing;
  return {
    ...{ project, row, state: row?.state ?? 'EMPTY', source, total, usable, shown, currencies, hasOrders },
    isSampled: row?.indexKey !== null && shown < usable,
    isBuilding: row !== null && row.settledRun < row.run,
    run: row?.indexRun ?? 0,
    ...{ builtAt, firstLookAt, problem },
    daysToFirstLook: firstLookAt === null ? null : daysSince(project, firstLookAt),
    brand: brandOf(row),
  };
}

const nothing = {
  ...{ source: null, total: 0, usable: 0, shown: 0, currencies: [], hasOrders: false },
  ...{ builtAt: null, firstLookAt: null, problem: null },
};
const dayMs = 86_400_000;

/** In the project's own days; a look that came before the date on the proposal took none. */
function daysSince({ signedOn, timeZone }: ProjectSeen, at: Date): number {
  return Math.max(0, Math.round((Date.parse(dayReader()(timeZone, at)) - Date.parse(signedOn)) / dayMs));
}

function brandOf(row: FirstLookRow | null): FirstLookBrand | null {
  if (!row?.brand) return null;
  const { name, accent, ground, logo } = row.brand;
  return { name, accent, ground, hasLogo: logo !== null };
}

function mockFrom(seen: MockSeen): FirstLookMock {
  const { product, kind, settings, suggestion, defaults } = seen;
  return {
    ...{ seen, product, kind, settings },
    suggestion: suggestion && choiceFrom(suggestion),
    defaults: defaults && choiceFrom(defaults),
  };
}

function choiceFrom({ values, revision, by, at }: SuggestionRow | DefaultsRow): FirstLookChoice {
  return { values: settingsFrom(values), revision, at, byId: by };
}
