import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../platform/graphql/enums.ts';
import type { Signature } from './said.ts';

const SignatureEnum = enumOf(['NOBODY', 'UNSIGNED', 'OUTDATED', 'SIGNED'] as const satisfies readonly Signature[]);
registerEnumType(SignatureEnum, {
  name: 'JourneySignature',
  description: 'Whether a department agrees to a map.',
  valuesConfig: {
    NOBODY: { description: 'Nobody speaks for it.' },
    UNSIGNED: { description: 'Who speaks for it has not signed.' },
    OUTDATED: { description: 'It was signed, and was drawn on since.' },
    SIGNED: { description: 'It was signed as it is.' },
  },
});

@ObjectType({ description: 'What somebody said of a map, or of a part of it.' })
export class JourneyComment {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => Int, { description: 'Moves with every change of it.' })
  revision!: number;
}

@ObjectType({ description: 'Who speaks for a department on a map.' })
export class JourneyRepresentative {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}

@ObjectType({ description: 'Whether a team that takes part agrees to a map.' })
export class JourneyDepartmentSignature {
  @Field(() => ID, { description: 'The department.' })
  departmentId!: string;

  @Field(() => SignatureEnum as object, { description: 'Whether it agrees.' })
  signature!: Signature;
}

@ObjectType({ description: 'Whether the teams that take part agree to a map.' })
export class JourneyAgreement {
  @Field(() => Boolean, { description: 'Whether each of them has signed it as it is; false where no team takes part.' })
  isAgreed!: boolean;

  @Field(() => [JourneyDepartmentSignature], { description: 'The teams, in the order of their lanes.' })
  departments!: JourneyDepartmentSignature[];
}

@InputType({ description: 'What journeyComment needs.' })
export class JourneyCommentInput {
  @Field(() => ID, { nullable: true, description: 'The part that it is about; the whole map when left out.' })
  aboutId?: string | null;

  @Field(() => String, { description: 'Up to 2,000 characters.' })
  text!: string;

  @Field(() => String, { description: 'The same key comments once.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What journeyCommentUpdate changes; what is left out stays.' })
export class JourneyCommentUpdateInput {
  @Field(() => Int, { nullable: true, description: 'The revision that the person saw; needed with a text.' })
  revision?: number | null;

  @Field(() => String, { nullable: true, description: 'Other words, up to 2,000 characters. Its author alone.' })
  text?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is settled.' })
  isResolved?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is taken away. Its author alone.' })
  isRemoved?: boolean | null;
}

@InputType({ description: 'What journeyRepresent needs.' })
export class JourneyRepresentInput {
  @Field(() => ID, { description: 'The department.' })
  departmentId!: string;

  @Field(() => ID, { nullable: true, description: 'One of the staff who works; null: nobody speaks for it any more.' })
  personId?: string | null;
}
