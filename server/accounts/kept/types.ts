import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enums.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { AccountRow } from '../accountRows.ts';

export const factSources = ['PROPOSAL', 'SALES', 'COMPANY', 'STAFF', 'CLIENT', 'OTHER'] as const;
export type FactSource = (typeof factSources)[number];
export const FactSourceEnum = enumOf(factSources);
registerEnumType(FactSourceEnum, {
  name: 'AccountFactSource',
  description: 'Where something that is known of an account comes from.',
  valuesConfig: {
    PROPOSAL: { description: 'The signed proposal.' },
    SALES: { description: 'Sales, handed over with a new integration.' },
    COMPANY: { description: "The company's own systems." },
    STAFF: { description: 'Somebody of the company wrote it down.' },
    CLIENT: { description: 'The client said it, or confirmed it.' },
    OTHER: { description: 'Something else.' },
  },
});

@ObjectType({ description: 'Something that is known of an account, from where and since when.' })
export class AccountKnownFact {
  @Field(() => String, { description: 'What it is about, e.g. shop.domain.' })
  key!: string;

  @Field(() => String, { description: 'What it says.' })
  value!: string;

  @Field(() => DateTime, { description: 'When it was learnt.' })
  at!: Date;

  source!: string;
}

@ObjectType({ description: 'What only staff know of an account, over all its projects.' })
export class AccountStaff {
  account!: AccountRow;
}

@ObjectType({ description: 'What the viewer may do with an account.' })
export class AccountViewerCan {
  @Field(() => Boolean, { description: 'Change it, and what is known of it.' })
  edit!: boolean;

  @Field(() => Boolean, { description: 'Merge another one into it.' })
  merge!: boolean;
}
