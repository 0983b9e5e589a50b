import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.ts';
import type { ProjectSeen } from '../../projects/queries.ts';
import { Project } from '../../projects/types.ts';

@ObjectType({ description: 'What asking for another first look answers.' })
export class FirstLookRetryPayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The project; its first look is being made.' })
  project!: ProjectSeen | null;
}
