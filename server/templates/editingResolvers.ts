import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Committed } from '../platform/database/transaction.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { words } from '../words/en.ts';
import type { Problem } from './checks.ts';
import * as act from './commands.ts';
import { phaseGiven, taskGiven } from './documentShapes.ts';
import { type TemplateRow, templateLoader } from './queries.ts';
import { problemShown } from './resolvers.ts';
import type { FileProblem } from './templateFile.ts';
import {
  TemplateCreateInput,
  TemplateDraftEditInput,
  TemplateDraftReplaceInput,
  TemplateDraftSeenInput,
  TemplateImportInput,
  TemplatePartInput,
  TemplatePayload,
  TemplatePhaseAddInput,
  TemplatePhaseEditInput,
  TemplatePhaseMoveInput,
  TemplateTaskAddInput,
  TemplateTaskEditInput,
  TemplateTaskMoveInput,
} from './types.ts';

const idArg = { description: "The template's id." };
const inputArg = { description: 'The revision seen, and what to change.' };

/** Every act on a template. Acts on a draft refuse a revision that is not its latest. */
@Resolver()
export class TemplateEditingResolver {
  @Mutation(() => TemplatePayload, { description: "Begins a template of the company's own, empty or as a copy." })
  async templateCreate(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => TemplateCreateInput, { description: 'What it is for.' }) input: TemplateCreateInput,
  ) {
    const copyOfId = input.copyOfId ?? null;
    const targetInBusinessDays = input.targetInBusinessDays ?? null;
    return done(signedIn(context), null, (ctx) =>
      act.templateCreate(ctx, { ...input, copyOfId, targetInBusinessDays }),
    );
  }

  @Mutation(() => TemplatePayload, {
    description: 'Takes a template in from its file, as a draft. A user error for each place that is not right.',
  })
  async templateImport(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => TemplateImportInput, { description: 'The file.' }) input: TemplateImportInput,
  ) {
    let problems: FileProblem[] = [];
    const payload = await done(signedIn(context), null, async (ctx) => {
      try {
        return await act.templateImport(ctx, { ...input });
      } catch (error) {
        if (error instanceof act.TemplateFileRefused) problems = error.problems;
        throw error;
      }
    });
    if (problems.length === 0) return payload;
    const userErrors = problems.map(({ place, message }) => ({
      code: 'TEMPLATE_FILE_INVALID' as const,
      field: place || 'file',
      message: place === '' ? message : words.templateFile.at({ place, message }),
    }));
    return { ...payload, userErrors };
  }

  @Mutation(() => TemplatePayload, { description: 'Begins the next version; with a draft under way, answers with it.' })
  async templateDraftStart(@Ctx() context: GraphqlContext, @Arg('id', () => ID, idArg) id: string) {
    return done(signedIn(context), id, (ctx) => act.templateDraftStart(ctx, id));
  }

  @Mutation(() => TemplatePayload, { description: 'Changes what the draft is called and meant for.' })
  async templateDraftEdit(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplateDraftEditInput, inputArg) input: TemplateDraftEditInput,
  ) {
    return done(signedIn(context), id, (ctx) => act.templateDraftEdit(ctx, id, { ...input }));
  }

  @Mutation(() => TemplatePayload, { description: "Puts a whole road in the place of the draft's." })
  async templateDraftReplace(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplateDraftReplaceInput, inputArg) input: TemplateDraftReplaceInput,
  ) {
    const phases = input.phases.map(phaseGiven);
    return done(signedIn(context), id, (ctx) => act.templateDraftReplace(ctx, id, { ...input, phases }));
  }

  @Mutation(() => TemplatePayload, { description: 'Throws the draft away; what is published stays.' })
  async templateDraftDiscard(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplateDraftSeenInput, inputArg) input: TemplateDraftSeenInput,
  ) {
    return done(signedIn(context), id, (ctx) => act.templateDraftDiscard(ctx, id, input));
  }

  @Mutation(() => TemplatePayload, {
    description: 'Offers the draft to new projects. A user error for each thing that is still wrong with it.',
  })
  async templatePublish(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplateDraftSeenInput, inputArg) input: TemplateDraftSeenInput,
  ) {
    let problems: Problem[] = [];
    const payload = await done(signedIn(context), id, async (ctx) => {
      try {
        return await act.templatePublish(ctx, id, input);
      } catch (error) {
        if (error instanceof act.TemplateRefused) problems = error.problems;
        throw error;
      }
    });
    if (problems.length === 0) return payload;
    const userErrors = problems.map((problem) => ({
      code: 'TEMPLATE_INCOMPLETE' as const,
      field: problem.task ?? problem.phase,
      message: problemShown(problem).message,
    }));
    return { ...payload, userErrors };
  }

  @Mutation(() => TemplatePayload, { description: 'Offers the template to no new project.' })
  async templateRetire(@Ctx() context: GraphqlContext, @Arg('id', () => ID, idArg) id: string) {
    return done(signedIn(context), id, (ctx) => act.templateRetire(ctx, id));
  }

  @Mutation(() => TemplatePayload, { description: 'Offers a retired template again.' })
  async templateRestore(@Ctx() context: GraphqlContext, @Arg('id', () => ID, idArg) id: string) {
    return done(signedIn(context), id, (ctx) => act.templateRestore(ctx, id));
  }

  @Mutation(() => TemplatePayload, { description: 'Adds a phase at the end of the draft.' })
  async templatePhaseAdd(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplatePhaseAddInput, inputArg) input: TemplatePhaseAddInput,
  ) {
    return done(signedIn(context), id, (ctx) => act.templatePhaseAdd(ctx, id, { ...input }));
  }

  @Mutation(() => TemplatePayload, { description: 'Changes the words of a phase.' })
  async templatePhaseEdit(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplatePhaseEditInput, inputArg) input: TemplatePhaseEditInput,
  ) {
    return done(signedIn(context), id, (ctx) => act.templatePhaseEdit(ctx, id, input));
  }

  @Mutation(() => TemplatePayload, { description: 'Puts a phase elsewhere on the road.' })
  async templatePhaseMove(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplatePhaseMoveInput, inputArg) input: TemplatePhaseMoveInput,
  ) {
    return done(signedIn(context), id, (ctx) => act.templatePhaseMove(ctx, id, input));
  }

  @Mutation(() => TemplatePayload, { description: 'Takes a phase out of the draft, with every task in it.' })
  async templatePhaseRemove(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplatePartInput, inputArg) input: TemplatePartInput,
  ) {
    return done(signedIn(context), id, (ctx) => act.templatePhaseRemove(ctx, id, input));
  }

  @Mutation(() => TemplatePayload, { description: 'Adds a task at the end of a phase.' })
  async templateTaskAdd(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplateTaskAddInput, inputArg) input: TemplateTaskAddInput,
  ) {
    return done(signedIn(context), id, (ctx) => act.templateTaskAdd(ctx, id, { ...input }));
  }

  @Mutation(() => TemplatePayload, { description: 'Puts a task, whole, in the place of the one with its key.' })
  async templateTaskEdit(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplateTaskEditInput, inputArg) { revision, task }: TemplateTaskEditInput,
  ) {
    return done(signedIn(context), id, (ctx) => act.templateTaskEdit(ctx, id, { revision, task: taskGiven(task) }));
  }

  @Mutation(() => TemplatePayload, { description: 'Puts a task elsewhere, in its phase or in another.' })
  async templateTaskMove(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplateTaskMoveInput, inputArg) input: TemplateTaskMoveInput,
  ) {
    return done(signedIn(context), id, (ctx) => act.templateTaskMove(ctx, id, input));
  }

  @Mutation(() => TemplatePayload, { description: 'Takes a task out of the draft.' })
  async templateTaskRemove(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => TemplatePartInput, inputArg) input: TemplatePartInput,
  ) {
    return done(signedIn(context), id, (ctx) => act.templateTaskRemove(ctx, id, input));
  }
}

/** The payload of an act: the template as the act left it, or, when refused, as it is now. */
async function done(
  ctx: Context,
  id: string | null,
  command: (ctx: Context) => Promise<Committed<TemplateRow>>,
): Promise<TemplatePayload> {
  const { done: row, ...rest } = await outcome(ctx, async () => {
    const { value, positions } = await command(ctx);
    return { value: { ...value, projectId: '' }, positions };
  });
  return { ...rest, template: row ?? (id === null ? null : await templateLoader(ctx).load(id)) };
}
