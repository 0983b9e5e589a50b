import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { platforms, productKeys, projectStates } from '../../drizzle/schema/index.ts';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { CalendarDate, DateTime } from '../platform/graphql/scalars.ts';
import { type ProjectMove, projectMoves } from './moves.ts';
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

export const ProjectMoveEnum = enumOf(projectMoves);
registerEnumType(ProjectMoveEnum, {
  name: 'ProjectMove',
  description: 'A step in the life of a project.',
  valuesConfig: {
    ACTIVATE: { description: 'DRAFT to ACTIVE: from now on its clients know of it.' },
    HOLD: { description: 'ACTIVE to ON_HOLD, with a reason: clocks stand still.' },
    RESUME: { description: 'ON_HOLD to ACTIVE.' },
    GO_LIVE: { description: 'ACTIVE to LIVE, once every gate task is done or waived.' },
    CLOSE: { description: 'LIVE to CLOSED: handed over.' },
    CANCEL: { description: 'DRAFT, ACTIVE or ON_HOLD to CANCELLED, with a reason.' },
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
  @Field(() => Money, {
    nullable: true,
    description: 'Monthly recurring revenue that starts when the project is live; null for who may not know of money.',
  })
  revenue!: Money | null;

  @Field(() => DateTime, { nullable: true, description: 'When a client last did something here; null when never.' })
  lastClientActivityAt!: Date | null;

  static of(row: ProjectStaffRow, isMoneySeen: boolean): ProjectStaff {
    return {
      revenue: isMoneySeen ? { amountMinor: row.revenueMinor, currency: row.revenueCurrency } : null,
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

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when it stands there; null for one that began before this was kept.',
  })
  stateSince!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it is on hold or cancelled, as somebody of the company said.',
  })
  stateReason!: string | null;

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

@ObjectType({ description: 'What the viewer may do with a project now.' })
export class ProjectViewerCan {
  /** For the rights that later nouns add. */
  project!: ProjectSeen;

  @Field(() => Boolean, { description: 'Change its fields, its road and its account: `projectEdit` and its like.' })
  edit!: boolean;

  @Field(() => Boolean, { description: 'Change its revenue.' })
  editMoney!: boolean;

  @Field(() => Boolean, { description: 'Give it to another project manager.' })
  assignPm!: boolean;

  @Field(() => [ProjectMoveEnum as object], { description: 'Steps that its state and the viewer allow.' })
  moves!: ProjectMove[];
}

@InputType({ description: 'An amount of money.' })
export class MoneyInput {
  @Field(() => Float, { description: 'In minor units of the currency, e.g. cents; whole and not negative.' })
  amountMinor!: number;

  @Field(() => String, { description: 'ISO 4217.' })
  currency!: string;
}

@InputType({ description: 'What projectEdit needs: the revision seen, and only what changes.' })
export class ProjectEditInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => String, { nullable: true, description: 'At most 120 characters.' })
  name?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When the shop should be live.' })
  targetOn?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When the proposal was signed.' })
  signedOn?: string | null;

  @Field(() => ID, { nullable: true, description: 'Somebody of `Project.assignablePms`.' })
  pmId?: string | null;

  @Field(() => PlatformEnum as object, { nullable: true, description: 'The shop system.' })
  platform?: ProjectSeen['platform'] | null;

  @Field(() => [ProductEnum as object], { nullable: true, description: 'What is being integrated; at least one.' })
  products?: ProjectSeen['products'] | null;

  @Field(() => MoneyInput, { nullable: true, description: 'Revenue a month; does not move the revision.' })
  revenue?: MoneyInput | null;
}

@InputType({ description: 'What phaseAdd needs.' })
export class PhaseAddInput {
  @Field(() => String, { description: 'Repeats of one key answer with what the first made.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: "The project's id." })
  projectId!: string;

  @Field(() => Int, { description: "The project's revision that the person saw." })
  revision!: number;

  @Field(() => String, { description: 'What the stretch is called, at most 80 characters.' })
  name!: string;

  @Field(() => String, { description: 'What is true at its end, at most 200 characters.' })
  milestone!: string;
}

@InputType({ description: 'What phaseEdit needs: only what changes.' })
export class PhaseEditInput {
  @Field(() => Int, { description: "The project's revision that the person saw." })
  revision!: number;

  @Field(() => String, { nullable: true, description: 'What the stretch is called, at most 80 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What is true at its end, at most 200 characters.' })
  milestone?: string | null;
}

@InputType({ description: 'What phaseMove needs.' })
export class PhaseMoveInput {
  @Field(() => Int, { description: "The project's revision that the person saw." })
  revision!: number;

  @Field(() => Boolean, { description: 'True: one place towards the start; false: towards the end.' })
  isUp!: boolean;
}

@InputType({ description: 'What phaseRemove needs.' })
export class PhaseRemoveInput {
  @Field(() => Int, { description: "The project's revision that the person saw." })
  revision!: number;
}

@InputType({ description: 'What accountEdit needs: the revision seen, and only what changes.' })
export class AccountEditInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => String, { nullable: true, description: 'At most 120 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "The shop's address; https:// is added when it is left out." })
  website?: string | null;
}

@InputType({ description: 'What accountFactSet needs.' })
export class AccountFactSetInput {
  @Field(() => String, { description: 'A variable of documentation: `AccountFact.key`.' })
  key!: string;

  @Field(() => String, { description: 'What it stands for; empty forgets it.' })
  value!: string;
}

@ObjectType({ description: 'The outcome of projectEdit.' })
export class ProjectEditPayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The project as it is now.' })
  project!: ProjectSeen | null;
}

@ObjectType({ description: 'The outcome of an act on the road of a project.' })
export class PhasePayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The project as it is now, with its road.' })
  project!: ProjectSeen | null;
}

export const { ConnectionType: ProjectConnection } = connectionTypes('Project', () => Project);
