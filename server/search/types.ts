import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { searchKinds } from '../../drizzle/schema/index.ts';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import type { SearchHit as Hit } from './queries.ts';
import type { ExcerptPart as Part } from './terms.ts';

export const SearchKindEnum = enumOf(searchKinds);
registerEnumType(SearchKindEnum, {
  name: 'SearchKind',
  description: 'What can be found.',
  valuesConfig: {
    PROJECT: { description: 'An integration, by its name, account, platform and products.' },
    TASK: { description: 'A task, by its title, purpose and documentation.' },
    COMMENT: { description: 'A comment, by its text.' },
    NOTE: { description: 'A note, by what is written in it.' },
    FILE: { description: 'A delivered or attached file, by its name.' },
    PERSON: { description: 'Somebody, by their name.' },
  },
});

@ObjectType({ description: 'A stretch of an excerpt.' })
export class ExcerptPart implements Part {
  @Field(() => String, { description: 'The text, plain.' })
  text!: string;

  @Field(() => Boolean, { description: 'Whether it begins like a word that was asked for.' })
  isMatch!: boolean;
}

@ObjectType('SearchHit', { description: 'One thing that answers a search.' })
export class SearchHit implements Hit {
  subjectId!: string;
  projectId!: string | null;
  taskId!: string | null;
  body!: string;
  score!: number;
  terms!: string[];

  @Field(() => SearchKindEnum as object, { description: 'What it is.' })
  kind!: Hit['kind'];

  @Field(() => String, { description: 'Its own title; empty for a comment or a note, which stand on a task.' })
  title!: string;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  at!: Date;
}

export const { ConnectionType: SearchConnection } = connectionTypes('SearchHit', () => SearchHit);
