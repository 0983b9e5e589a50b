import { Extensions, Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { firstLookProblems, firstLookSources, firstLookStates } from '../../drizzle/schema/index.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import type { ProjectSeen } from '../projects/queries.ts';
import { ProductEnum } from '../projects/types.ts';
import { mockKinds } from './mocks/registry.ts';
import { type FirstLookRow, type MockSeen, type PassedOver, passedOverReasons } from './queries.ts';
import { type Boost, type SettingsValues, settingsLimits } from './settings.ts';

const StateEnum = enumOf(firstLookStates);
registerEnumType(StateEnum, {
  name: 'FirstLookState',
  description: 'Whether there is something to look at.',
  valuesConfig: {
    EMPTY: { description: 'Nothing yet: no feed was judged good, or nothing in it can be shown.' },
    BUILDING: { description: 'It is being made for the first time.' },
    READY: { description: 'It can be looked at, also while the next is being made.' },
    FAILED: { description: 'It could not be made; `problem` says why.' },
  },
});
const SourceEnum = enumOf(firstLookSources);
registerEnumType(SourceEnum, {
  name: 'FirstLookSource',
  description: 'Where its products come from.',
  valuesConfig: {
    FEED: { description: 'The product feed.' },
    WEBSITE: { description: "The shop's own pages, until there is a feed." },
  },
});
const ProblemEnum = enumOf(firstLookProblems);
registerEnumType(ProblemEnum, {
  name: 'FirstLookProblem',
  description: 'Why there is none, or why the last one could not be made anew.',
  valuesConfig: {
    NO_WEBSITE: { description: 'There is no feed, and no address of a shop is known.' },
    FORBIDDEN: { description: 'The shop asks robots to stay away.' },
    UNREACHABLE: { description: 'The shop did not answer.' },
    NO_PRODUCTS: { description: 'No product was found that could be shown.' },
    BUILD_FAILED: { description: 'Our own machinery broke.' },
  },
});
const PassedOverEnum = enumOf(passedOverReasons);
registerEnumType(PassedOverEnum, {
  name: 'FirstLookPassedOverReason',
  description: 'Why the newest feed is not what is shown.',
  valuesConfig: {
    REFUSED: { description: 'Its check refused it, and there is an earlier one that is good.' },
    FEWER_USABLE: { description: 'Fewer products in it can be shown than are shown now.' },
    NOTHING_USABLE: { description: 'No product in it can be shown.' },
  },
});
const KindEnum = enumOf(mockKinds);
registerEnumType(KindEnum, {
  name: 'FirstLookMockKind',
  description: 'What a mock shows.',
  valuesConfig: {
    SEARCH: { description: 'Site search.' },
    RECOMMENDATIONS: { description: 'What goes with a product.' },
    EMAIL: { description: 'A newsletter.' },
    REVIEWS: { description: "A product's reviews." },
    CATALOGUE: { description: 'The plain catalogue, for a product without a mock of its own.' },
  },
});
const layouts = ['GRID', 'LIST'] as const;
const LayoutEnum = enumOf(layouts);
registerEnumType(LayoutEnum, {
  name: 'FirstLookLayout',
  description: 'How products are laid out.',
  valuesConfig: { GRID: { description: 'Beside each other.' }, LIST: { description: 'Below each other.' } },
});
const boostFields = ['BRAND', 'CATEGORY', 'ID'] as const;
const BoostFieldEnum = enumOf(boostFields);
registerEnumType(BoostFieldEnum, {
  name: 'FirstLookBoostField',
  description: 'What products are shown more, or less, by.',
  valuesConfig: {
    BRAND: { description: 'The brand.' },
    CATEGORY: { description: 'A category: its name, or its whole path joined by " > ".' },
    ID: { description: 'The id of one product.' },
  },
});

@ObjectType({ description: 'Products that are shown more, or less.' })
export class FirstLookBoost implements Boost {
  @Field(() => BoostFieldEnum as object, { description: 'By what.' })
  field!: Boost['field'];

  @Field(() => String, { description: 'Which brand, category or id; without regard to case and accents.' })
  value!: string;

  @Field(() => Float, { description: '0.1 to 10: above 1 is more, below 1 is less.' })
  factor!: number;
}

@ObjectType({ description: 'How a mock looks and ranks: what the real set-up would begin with.' })
export class FirstLookSettings implements SettingsValues {
  @Field(() => LayoutEnum as object, { description: 'How products are laid out.' })
  layout!: SettingsValues['layout'];

  @Field(() => String, { nullable: true, description: "A colour as #rrggbb; null: the brand's." })
  accent!: string | null;

  @Field(() => Int, { description: 'Products on a page, 4 to 48.' })
  results!: number;

  @Field(() => [[String]], { description: 'Groups of words and phrases that mean the same.' })
  synonyms!: string[][];

  @Extensions({ listSize: settingsLimits.boosts })
  @Field(() => [FirstLookBoost], { description: 'What is shown more, or less.' })
  boosts!: FirstLookBoost[];
}

@ObjectType({ description: 'What a client suggests for a mock, or what the company lets it begin with.' })
export class FirstLookChoice {
  /** What the resolver reads; not part of the schema. */
  byId!: string;

  @Field(() => FirstLookSettings, { description: 'The settings.' })
  values!: SettingsValues;

  @Field(() => Int, { description: 'Moves with every change; what the next change names.' })
  revision!: number;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  at!: Date;
}

@ObjectType({ description: 'The mock of one product that a project brings.' })
export class FirstLookMock {
  /** What the resolver reads; not part of the schema. */
  seen!: MockSeen;

  @Field(() => ProductEnum as object, { description: 'What was bought.' })
  product!: MockSeen['product'];

  @Field(() => KindEnum as object, { description: 'What is shown of it.' })
  kind!: MockSeen['kind'];

  @Field(() => FirstLookSettings, { description: 'What holds: as suggested, else as the company lets it begin.' })
  settings!: SettingsValues;

  @Field(() => FirstLookChoice, { nullable: true, description: 'What was suggested for this project.' })
  suggestion!: FirstLookChoice | null;

  @Field(() => FirstLookChoice, { nullable: true, description: 'What it begins with for everybody; null: plain.' })
  defaults!: FirstLookChoice | null;
}

@ObjectType({ description: "What the mocks are painted with, from the client's logo or their shop." })
export class FirstLookBrand {
  @Field(() => String, { description: 'What the shop is called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its main colour as #rrggbb.' })
  accent!: string | null;

  @Field(() => String, { nullable: true, description: 'The colour of its ground as #rrggbb.' })
  ground!: string | null;

  @Field(() => Boolean, { description: 'Whether `/first-look/<project>/logo` answers with a picture.' })
  hasLogo!: boolean;
}

@ObjectType({ description: 'The newest feed, where an earlier one stays what is shown.' })
export class FirstLookPassedOver {
  /** What the resolver reads; not part of the schema. */
  submissionId!: string;

  @Field(() => PassedOverEnum as object, { description: 'Why it is not shown.' })
  reason!: PassedOver['reason'];

  @Field(() => Int, { description: 'Rows in it.' })
  total!: number;

  @Field(() => Int, { description: 'Rows in it without an error.' })
  usable!: number;

  @Field(() => DateTime, { description: 'When it was handed in or, where it is fetched, when it was.' })
  at!: Date;
}

@ObjectType({ description: 'What the viewer may do with a first look now.' })
export class FirstLookViewerCan {
  @Field(() => Boolean, { description: 'Suggest other settings: `firstLookSuggest`.' })
  suggest!: boolean;

  @Field(() => Boolean, { description: 'Set what mocks begin with: `firstLookDefaultsSet`.' })
  setDefaults!: boolean;
}

@ObjectType({ description: "The client's own products in working mocks of what they bought." })
export class FirstLook {
  /** What the resolver reads; not part of the schema. */
  project!: ProjectSeen;
  row!: FirstLookRow | null;

  @Field(() => StateEnum as object, { description: 'Whether there is something to look at.' })
  state!: FirstLookRow['state'];

  @Field(() => SourceEnum as object, { nullable: true, description: 'Where its products come from.' })
  source!: FirstLookRow['source'];

  @Field(() => Int, { description: 'Rows of the feed, or pages that were looked at.' })
  total!: number;

  @Field(() => Int, { description: 'Products among them without an error.' })
  usable!: number;

  @Field(() => Int, { description: 'Products that are shown.' })
  shown!: number;

  @Field(() => Boolean, {
    description: 'Whether every n-th usable product stands for all: there are more than 50,000.',
  })
  isSampled!: boolean;

  @Field(() => [String], { description: 'Currencies of its prices, the commonest first.' })
  currencies!: string[];

  @Field(() => Boolean, { description: 'Whether an order history tells what is bought together.' })
  hasOrders!: boolean;

  @Field(() => Boolean, { description: 'Whether a newer one is being made.' })
  isBuilding!: boolean;

  @Field(() => Int, { description: 'Moves when other products are shown: part of the address of a picture.' })
  run!: number;

  @Field(() => DateTime, { nullable: true, description: 'When what is shown was made.' })
  builtAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When there was something to look at for the first time.' })
  firstLookAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Days from the signature to the first look; null while there was none.',
  })
  daysToFirstLook!: number | null;

  @Field(() => ProblemEnum as object, { nullable: true, description: 'Why there is none, or none that is newer.' })
  problem!: FirstLookRow['problem'];

  @Field(() => FirstLookBrand, { nullable: true, description: 'What it is painted with; null while nothing is known.' })
  brand!: FirstLookBrand | null;
}

@InputType({ description: 'Products that are to be shown more, or less.' })
export class FirstLookBoostInput implements Boost {
  @Field(() => BoostFieldEnum as object, { description: 'By what.' })
  field!: Boost['field'];

  @Field(() => String, { description: 'Which brand, category or id.' })
  value!: string;

  @Field(() => Float, { description: '0.1 to 10.' })
  factor!: number;
}

@InputType({ description: 'How a mock is to look and rank.' })
export class FirstLookSettingsInput {
  @Field(() => LayoutEnum as object, { description: 'How products are laid out.' })
  layout!: SettingsValues['layout'];

  @Field(() => String, { nullable: true, description: "A colour as #rrggbb; null: the brand's." })
  accent?: string | null;

  @Field(() => Int, { description: 'Products on a page, 4 to 48.' })
  results!: number;

  @Field(() => [[String]], { description: 'At most 100 groups of 2 to 10 words or phrases.' })
  synonyms!: string[][];

  @Field(() => [FirstLookBoostInput], { description: 'At most 50.' })
  boosts!: FirstLookBoostInput[];
}

@InputType({ description: 'What firstLookSuggest needs.' })
export class FirstLookSuggestInput {
  @Field(() => ProductEnum as object, { description: 'For the mock of which product.' })
  product!: MockSeen['product'];

  @Field(() => Int, { description: 'The revision of the suggestion that the person saw; 0 for none.' })
  revision!: number;

  @Field(() => FirstLookSettingsInput, {
    nullable: true,
    description: 'All settings; null takes the suggestion back, and the mock is as the company lets it begin.',
  })
  values?: FirstLookSettingsInput | null;
}

@InputType({ description: 'What firstLookDefaultsSet needs.' })
export class FirstLookDefaultsSetInput {
  @Field(() => Int, { description: 'The revision of the defaults that the person saw; 0 for none.' })
  revision!: number;

  @Field(() => FirstLookSettingsInput, {
    nullable: true,
    description: 'All settings; null takes them back, and the mock begins plain.',
  })
  values?: FirstLookSettingsInput | null;
}

@ObjectType({ description: 'What suggesting answers.' })
export class FirstLookSuggestPayload extends Payload {
  @Field(() => FirstLookMock, { nullable: true, description: 'The mock as it is now, also after a conflict.' })
  mock!: FirstLookMock | null;
}

@ObjectType({ description: 'What setting defaults answers.' })
export class FirstLookDefaultsSetPayload extends Payload {
  @Field(() => FirstLookChoice, { nullable: true, description: 'The defaults as they are now, also after a conflict.' })
  defaults!: FirstLookChoice | null;
}
