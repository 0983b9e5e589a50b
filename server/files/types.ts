import { Field, Float, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node.ts';

@ObjectType('File', { description: 'A file that was delivered, or that came with a comment.', implements: Node })
export class StoredFile extends Node {
  @Field(() => String, { description: 'Its name, cleaned for showing; not a path anywhere.' })
  name!: string;

  @Field(() => Float, { description: 'Its size in bytes.' })
  sizeBytes!: number;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of its bytes in hex; null until they have all arrived.',
  })
  sha256!: string | null;
}
