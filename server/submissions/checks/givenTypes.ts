import { Field, InputType, registerEnumType } from 'type-graphql';
import { checkPageTypes } from '../../inputs.ts';
import { enumOf } from '../../platform/graphql/enums.ts';
import type { PageGiven } from './subject.ts';

/* What a submission is begun with; apart from the other types of checks, which stand on those of submissions. */
export const CheckPageTypeEnum = enumOf(checkPageTypes);
registerEnumType(CheckPageTypeEnum, {
  name: 'CheckPageType',
  description: 'What kind of page of a shop it is.',
  valuesConfig: {
    HOME: { description: 'Its first page.' },
    CATEGORY: { description: 'A list of products.' },
    PRODUCT: { description: 'One product.' },
    CART: { description: 'The cart.' },
    CONFIRMATION: { description: 'What is shown after an order.' },
    OTHER: { description: 'Any other.' },
  },
});

@InputType({ description: 'A page to look at.' })
export class SubmissionPageInput {
  @Field(() => String, { description: 'Its address.' })
  url!: string;

  @Field(() => CheckPageTypeEnum as object, { description: 'What kind of page it is.' })
  type!: PageGiven['type'];
}

@InputType({ description: 'What is to be looked at. Give what the input wants: one of `domain`, `url` and `pages`.' })
export class SubmissionCheckInput {
  @Field(() => String, { nullable: true, description: 'Of DNS: the domain, such as `shop.example`.' })
  domain!: string | null;

  @Field(() => String, { nullable: true, description: 'Of URL, WEBHOOK, SITEMAP and IMAGE: the address.' })
  url!: string | null;

  @Field(() => [SubmissionPageInput], { nullable: true, description: 'Of TAG: the pages, at most 10.' })
  pages!: SubmissionPageInput[] | null;

  @Field(() => String, { nullable: true, description: 'Of a feed: the user that its server asks for. Sealed.' })
  user!: string | null;

  @Field(() => String, { nullable: true, description: 'Of a feed: the password that its server asks for. Sealed.' })
  password!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Of WEBHOOK: make another secret; otherwise that of the version before goes on.',
  })
  renewSecret!: boolean | null;
}
