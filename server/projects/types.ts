import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { platforms, productKeys, projectStates } from '../../drizzle/schema/index.ts';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Node } from '../platform/graphql/node.ts';
import { CalendarDate, DateTime } from '../platform/graphql/scalars.ts';
import type { PhaseRow, ProjectSeen, ProjectStaffRow } from './queries.ts';

export const PlatformEnum = enumOf(platforms);
registerEnumType(PlatformEnum, {
  name: 'Platform',
  description: 'The shop system of an account.',
  valuesConfig: {
    MAGENTO: { description: 'Magento or Adobe Commerce.' },
    SHOPIFY: { description: 'Shopify.' },
    WOOCOMMERCE: { description: 'WooCommerce.' },
    PRESTASHOP: { description: 'PrestaShop.' },
    BIGCOMMERCE: { description: 'BigCommerce.' },
    SALESFORCE_COMMERCE_CLOUD: { description: 'Salesforce Commerce Cloud.' },
    VTEX: { description: 'VTEX.' },
    CUSTOM: { description: 'A shop system of their own.' },
  },
});

export const ProductEnum = enumOf(productKeys);
registerEnumType(ProductEnum, {
  name: 'Product',
  description: 'What is being integrated.',
  valuesConfig: {
    SEARCH: { description: 'Site search.' },
    RECOMMENDATIONS: { description: 'Product recommendations.' },
    EMAIL: { description: 'E-mail.' },
    REVIEWS: { description: 'Reviews.' },
  },
});

export const ProjectStateEnum = enumOf(projectStates);
registerEnumType(ProjectStateEnum, {
  name: 'ProjectState',
  description: 'Where a project stands in its life.',
  valuesConfig: {
    DRAFT: { description: 'Being prepared by staff; does not exist for clients.' },
    ACTIVE: { description: 'Under way.' },
    ON_HOLD: { description: 'Paused: clocks and nudges stand still.' },
    LIVE: { description: 'The shop is live on the products.' },
    CLOSED: { description: 'Live and handed over.' },
    CANCELLED: { description: 'Given up.' },
  },
});

@ObjectType({ description: 'An amount of money.' })
export class Money {
  @Field(() => Float, { description: 'In minor units of the currency, e.g. cents.' })
  amountMinor!: number;

  @Field(() => String, { description: 'ISO 4217.' })
  currency!: string;
}

@ObjectType({ description: 'What only staff may know of a project.' })
export class ProjectStaff {
  @Field(() => Money, { description: 'Monthly recurring revenue that starts when the project is live.' })
  revenue!: Money;

  @Field(() => DateTime, { nullable: true, description: 'When a client last did something here; null when never.' })
  lastClientActivityAt!: Date | null;

  static of(row: ProjectStaffRow): ProjectStaff {
    return {
      revenue: { amountMinor: row.revenueMinor, currency: row.revenueCurrency },
      lastClientActivityAt: row.lastClientActivityAt,
    };
  }
}

@ObjectType({ description: 'A stretch of the road; ends in a milestone.', implements: Node })
export class Phase extends Node implements PhaseRow {
  projectId!: string;

  @Field(() => Int, { description: 'Place on the road, from 0.' })
  index!: number;

  @Field(() => String, { description: 'What this stretch is called.' })
  name!: string;

  @Field(() => String, { description: 'What is true at its end.' })
  milestone!: string;
}

@ObjectType({ description: 'One integration of one account.', implements: Node })
export class Project extends Node {
  @Field(() => Int, { description: 'Moves with every change that a client may see.' })
  revision!: number;

  @Field(() => String, { description: 'What the project is called.' })
  name!: string;

  @Field(() => PlatformEnum as object, { description: 'The shop system.' })
  platform!: ProjectSeen['platform'];

  @Field(() => [ProductEnum as object], { description: 'What is being integrated.' })
  products!: ProjectSeen['products'];

  @Field(() => ProjectStateEnum as object, { description: 'Where the project stands in its life.' })
  state!: ProjectSeen['state'];

  @Field(() => CalendarDate, { description: 'When the proposal was signed.' })
  signedOn!: string;

  @Field(() => CalendarDate, { description: 'When the shop should be live.' })
  targetOn!: string;

  @Field(() => String, { description: "IANA name of the zone that the project's days are counted in." })
  timeZone!: string;

  @Field(() => Int, {
    description: 'The number to resume `changes` from: this answer already holds what came before.',
  })
  position!: number;
}

export const { ConnectionType: ProjectConnection } = connectionTypes('Project', () => Project);
