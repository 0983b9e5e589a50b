import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enums.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { AccountExternalId } from '../externalIds/types.ts';
import { AccountKnownFact } from '../kept/types.ts';
import { Account } from '../types.ts';
import type { AccountMerge, FactChoice } from './commands.ts';
import type { MergedAccount, MergePreview } from './queries.ts';

export const MergeSideEnum = enumOf(['INTO', 'FROM'] as const);
registerEnumType(MergeSideEnum, {
  name: 'AccountMergeSide',
  description: 'One of two accounts that become one.',
  valuesConfig: {
    INTO: { description: 'The account that stays.' },
    FROM: { description: 'The account that ends.' },
  },
});

@ObjectType({ description: 'An account that was merged into another.' })
export class AccountMerged implements Omit<MergedAccount, 'id'> {
  @Field(() => String, { description: 'What it was called.' })
  name!: string;

  @Field(() => String, { description: "Its shop's address." })
  website!: string;

  @Field(() => DateTime, { description: 'When that was.' })
  mergedAt!: Date;
}

@ObjectType({ description: 'Something that two accounts say differently.' })
export class AccountFactConflict {
  @Field(() => String, { description: 'What it is about, e.g. shop.domain.' })
  key!: string;

  @Field(() => AccountKnownFact, { description: 'What the account that stays says.' })
  into!: AccountKnownFact;

  @Field(() => AccountKnownFact, { description: 'What the account that ends says.' })
  from!: AccountKnownFact;
}

@ObjectType({ description: 'What merging one account into another would do.' })
export class AccountMergePreview {
  content!: MergePreview;

  @Field(() => String, { description: 'Stands for all of this: accountMerge does just what it stood for, or nothing.' })
  digest!: string;

  @Field(() => Account, { description: 'The account that stays.' })
  into!: Account;

  @Field(() => Account, { description: 'The account that ends.' })
  from!: Account;

  @Field(() => [AccountKnownFact], { description: 'What only the account that ends knows: it goes along.' })
  facts!: AccountKnownFact[];

  @Field(() => [AccountFactConflict], { description: 'What the two say differently: each needs a choice.' })
  conflicts!: AccountFactConflict[];

  @Field(() => [AccountExternalId], { description: 'What other systems call the account that ends: it goes along.' })
  externalIds!: AccountExternalId[];

  @Field(() => Int, { description: 'Invitations to the account that ends that are open: they go along.' })
  invitationCount!: number;

  @Field(() => Int, {
    description:
      "Tokens for the account that ends alone: the client's own are for the other one then, all others keep just the projects that they reached.",
  })
  tokenCount!: number;
}

@InputType({ description: 'Whose word stands for something that two accounts say differently.' })
export class AccountFactChoiceInput implements FactChoice {
  @Field(() => String, { description: '`AccountFactConflict.key`.' })
  key!: string;

  @Field(() => MergeSideEnum as object, { description: 'The account whose word stands.' })
  keep!: FactChoice['keep'];
}

@InputType({ description: 'What accountMerge needs.' })
export class AccountMergeInput implements AccountMerge {
  @Field(() => ID, { description: 'The account that ends.' })
  fromId!: string;

  @Field(() => String, {
    description: '`AccountMergePreview.digest` as it was seen; another one by now is a CONFLICT.',
  })
  digest!: string;

  @Field(() => [AccountFactChoiceInput], { description: 'One for each of `AccountMergePreview.conflicts`.' })
  facts!: AccountFactChoiceInput[];

  @Field(() => String, { description: 'Chosen by the client; a repeat merges nothing more and answers the same.' })
  idempotencyKey!: string;
}
