import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload.ts';
import type { ProjectMove } from '../projects/commands.ts';
import type { ProjectSeen } from '../projects/queries.ts';
import { Project, ProjectMoveEnum } from '../projects/types.ts';
import type { TaskSeen } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';

@InputType({ description: 'What projectMove needs.' })
export class ProjectMoveInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => ProjectMoveEnum as object, { description: 'The step.' })
  move!: ProjectMove;

  @Field(() => String, {
    nullable: true,
    description: 'Why, of HOLD and CANCEL, which both sides read; at most 500 characters.',
  })
  reason!: string | null;
}

@ObjectType({ description: 'The outcome of projectMove.' })
export class ProjectMovePayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The project as it is now.' })
  project!: ProjectSeen | null;

  @Field(() => [Task], { description: 'After GATES_OPEN: the gate tasks that are neither done nor waived.' })
  openGates!: TaskSeen[];
}

@ObjectType({ description: 'Something that documentation says of an account.' })
export class AccountFact {
  @Field(() => String, { description: 'The variable that stands for it, e.g. shop.domain.' })
  key!: string;

  @Field(() => String, { nullable: true, description: 'What it says; null while nobody knows.' })
  value!: string | null;
}
