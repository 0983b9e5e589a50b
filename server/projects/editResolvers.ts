import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { type AccountRow, accountLoader } from '../accounts/queries.ts';
import { AccountPayload } from '../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { accountEdit, accountFactSet } from './accountEdits.ts';
import type { ProjectLocked } from './commands.ts';
import { phaseAdd, phaseEdit, phaseMove, phaseRemove } from './phases.ts';
import { projectEdit } from './projectEdit.ts';
import { phaseLoader, projectLoader } from './queries.ts';
import {
  AccountEditInput,
  AccountFactSetInput,
  PhaseAddInput,
  PhaseEditInput,
  PhaseMoveInput,
  PhasePayload,
  PhaseRemoveInput,
  ProjectEditInput,
  ProjectEditPayload,
} from './types.ts';

/** The fields that were given: null and left out are the same, since none of them can be taken away. */
type Given<T> = { [K in keyof T]: Exclude<T[K], null> };
function given<T extends object>(input: T): Given<T> {
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== null && value !== undefined),
  ) as Given<T>;
}

@Resolver()
export class ProjectEditResolver {
  @Mutation(() => ProjectEditPayload, { description: 'Changes fields of a project; only what is given changes.' })
  async projectEdit(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The project's id." }) id: string,
    @Arg('input', () => ProjectEditInput, { description: 'The revision seen, and what changes.' })
    input: ProjectEditInput,
  ): Promise<ProjectEditPayload> {
    const ctx = signedIn(context);
    return withProject(ctx, id, await outcome(ctx, () => projectEdit(ctx, id, given(input))));
  }

  @Mutation(() => AccountPayload, { description: 'Changes the name or the website of an account.' })
  async accountEdit(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The account's id." }) id: string,
    @Arg('input', () => AccountEditInput, { description: 'The revision seen, and what changes.' })
    input: AccountEditInput,
  ): Promise<AccountPayload> {
    const ctx = signedIn(context);
    return withAccount(ctx, id, await outcome(ctx, () => accountEdit(ctx, id, given(input))));
  }

  @Mutation(() => AccountPayload, {
    description: 'Writes down what is known of an account: fills the variables of its documentation.',
  })
  async accountFactSet(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The account's id." }) id: string,
    @Arg('input', () => AccountFactSetInput, { description: 'Which fact, and what it says.' })
    input: AccountFactSetInput,
  ): Promise<AccountPayload> {
    const ctx = signedIn(context);
    return withAccount(ctx, id, await outcome(ctx, () => accountFactSet(ctx, id, input)));
  }

  @Mutation(() => PhasePayload, { description: 'Adds a stretch at the end of the road.' })
  async phaseAdd(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => PhaseAddInput, { description: 'The project, and what the stretch is called.' })
    input: PhaseAddInput,
  ): Promise<PhasePayload> {
    const ctx = signedIn(context);
    return withProject(ctx, input.projectId, await outcome(ctx, () => phaseAdd(ctx, input)));
  }

  @Mutation(() => PhasePayload, { description: 'Renames a stretch, or says anew what is true at its end.' })
  async phaseEdit(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The phase's id." }) id: string,
    @Arg('input', () => PhaseEditInput, { description: 'The revision seen, and what changes.' }) input: PhaseEditInput,
  ): Promise<PhasePayload> {
    const ctx = signedIn(context);
    return ofPhase(ctx, id, await outcome(ctx, () => phaseEdit(ctx, id, given(input))));
  }

  @Mutation(() => PhasePayload, { description: 'Puts a stretch one place up or down; its tasks go along.' })
  async phaseMove(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The phase's id." }) id: string,
    @Arg('input', () => PhaseMoveInput, { description: 'The revision seen, and which way.' }) input: PhaseMoveInput,
  ): Promise<PhasePayload> {
    const ctx = signedIn(context);
    return ofPhase(ctx, id, await outcome(ctx, () => phaseMove(ctx, id, input)));
  }

  @Mutation(() => PhasePayload, { description: 'Takes an empty stretch off the road.' })
  async phaseRemove(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The phase's id." }) id: string,
    @Arg('input', () => PhaseRemoveInput, { description: 'The revision seen.' }) input: PhaseRemoveInput,
  ): Promise<PhasePayload> {
    const ctx = signedIn(context);
    return ofPhase(ctx, id, await outcome(ctx, () => phaseRemove(ctx, id, input)));
  }
}

type ProjectOutcome = Awaited<ReturnType<typeof outcome<ProjectLocked>>>;
type AccountOutcome = Awaited<ReturnType<typeof outcome<AccountRow>>>;

/** The payload of an act on a project: read anew, as the act left it or, when refused, as it is now. */
export async function withProject(ctx: Context, id: string, { userErrors, position }: ProjectOutcome) {
  return { userErrors, position, project: await projectLoader(ctx).load(id) };
}

async function ofPhase(ctx: Context, phaseId: string, found: ProjectOutcome) {
  const projectId = found.done?.id ?? (await phaseLoader(ctx).load(phaseId))?.projectId;
  return withProject(ctx, projectId ?? phaseId, found);
}

async function withAccount(ctx: Context, id: string, { userErrors, position }: AccountOutcome) {
  return { userErrors, position, account: await accountLoader(ctx).load(id) };
}
