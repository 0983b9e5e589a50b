import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { PlatformEnum, ProductEnum } from '../projects/types.ts';
import { documentationVariables } from '../tasks/queries.ts';
import { words } from '../words/en.ts';
import { changesBetween } from './changes.ts';
import type { Problem } from './checks.ts';
import type { Playbook } from './document.ts';
import { phaseShown } from './documentShapes.ts';
import { PhaseTemplateType } from './documentTypes.ts';
import { exampleFacts } from './exampleFacts.ts';
import { problemsOf } from './lifecycle.ts';
import {
  documentLoader,
  projectCountLoader,
  type TemplateRow,
  templateLoader,
  templatesPage,
  templateVersionLoader,
  type VersionRow,
  versionsOfTemplateLoader,
} from './queries.ts';
import { writeTemplateFile } from './templateFile.ts';
import {
  Template,
  TemplateChange,
  TemplateConnection,
  TemplateProblem,
  TemplateTaskDuration,
  TemplateUsage,
  TemplateVariable,
  TemplateVersion,
  TemplateViewerCan,
} from './types.ts';
import { durationsLoader, usageLoader } from './usage/queries.ts';

@Resolver(() => Template)
export class TemplateResolver {
  @Query(() => TemplateConnection, { description: 'Templates by name; none for clients.' })
  templates(
    @Ctx() context: GraphqlContext,
    @Arg('includeRetired', () => Boolean, { defaultValue: false, description: 'Also those that are not offered.' })
    includeRetired: boolean,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' })
    after: string | null,
  ) {
    return templatesPage(signedIn(context), includeRetired, pageSize(first), after ?? null);
  }

  @Query(() => Template, { nullable: true, description: 'One template; null when it is missing or not yours to see.' })
  template(@Ctx() context: GraphqlContext, @Arg('id', () => ID, { description: "The template's id." }) id: string) {
    return templateLoader(signedIn(context)).load(id);
  }

  @Query(() => TemplateVersion, {
    nullable: true,
    description: 'One version of a template; null when it is missing or not yours to see.',
  })
  templateVersion(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The version's id." }) id: string,
  ): Promise<VersionRow | null> {
    return templateVersionLoader(signedIn(context)).load(id);
  }

  @Query(() => [TemplateVariable], {
    description: 'Everything that documentation may use as `{{name}}`; empty for clients.',
  })
  templateVariables(@Ctx() context: GraphqlContext): TemplateVariable[] {
    if (!can(signedIn(context).viewer, 'template.read', null)) return [];
    return documentationVariables.map((name) => ({ name, example: exampleFacts[name] ?? name }));
  }

  @FieldResolver(() => TemplateVersion, {
    nullable: true,
    description: 'The version that new projects start from; null while it was never published.',
  })
  published(@Ctx() context: GraphqlContext, @Root() template: TemplateRow) {
    return versionIn(signedIn(context), template, 'PUBLISHED');
  }

  @FieldResolver(() => TemplateVersion, { nullable: true, description: 'The version being edited; null when none is.' })
  draft(@Ctx() context: GraphqlContext, @Root() template: TemplateRow) {
    return versionIn(signedIn(context), template, 'DRAFT');
  }

  @FieldResolver(() => [TemplateVersion], { description: 'Every version, the newest first.' })
  versions(@Ctx() context: GraphqlContext, @Root() template: TemplateRow): Promise<VersionRow[]> {
    return versionsOfTemplateLoader(signedIn(context)).load(template.id);
  }

  @FieldResolver(() => Int, { description: 'How many projects were started from it.' })
  projectCount(@Ctx() context: GraphqlContext, @Root() template: TemplateRow): Promise<number> {
    return projectCountLoader(signedIn(context)).load(template.key);
  }

  @Extensions({ listSize: 4 })
  @FieldResolver(() => [TemplateUsage], { description: 'Projects by the version they are on, the newest first.' })
  usage(@Ctx() context: GraphqlContext, @Root() template: TemplateRow): Promise<TemplateUsage[]> {
    return usageLoader(signedIn(context)).load(template.key);
  }

  @Extensions({ cost: 20, listSize: 40 })
  @FieldResolver(() => [TemplateTaskDuration], {
    description: 'How long its tasks really took, those that were ever done.',
  })
  durations(@Ctx() context: GraphqlContext, @Root() template: TemplateRow): Promise<TemplateTaskDuration[]> {
    return durationsLoader(signedIn(context)).load(template.key);
  }

  @FieldResolver(() => TemplateViewerCan, { description: 'What the viewer may do with it.' })
  viewerCan(@Ctx() context: GraphqlContext): TemplateViewerCan {
    return { edit: can(signedIn(context).viewer, 'template.edit', null) };
  }
}

async function versionIn(ctx: Context, template: TemplateRow, state: VersionRow['state']) {
  const rows = await versionsOfTemplateLoader(ctx).load(template.id);
  return rows.find((version) => version.state === state) ?? null;
}

@Resolver(() => TemplateVersion)
export class TemplateVersionResolver {
  @FieldResolver(() => Template, { description: 'The template it is a version of.' })
  template(@Ctx() context: GraphqlContext, @Root() row: VersionRow) {
    return templateLoader(signedIn(context)).load(row.templateId);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it came with Slipway.' })
  isFromFile(@Root() row: VersionRow): boolean {
    return row.fileVersion !== null;
  }

  @FieldResolver(() => String, { description: 'What the template is called in this version.' })
  async name(@Ctx() context: GraphqlContext, @Root() row: VersionRow): Promise<string> {
    return (await documentOf(context, row)).name;
  }

  @FieldResolver(() => PlatformEnum as object, { description: 'The shop system that this version is for.' })
  async platform(@Ctx() context: GraphqlContext, @Root() row: VersionRow): Promise<Playbook['platform']> {
    return (await documentOf(context, row)).platform;
  }

  @FieldResolver(() => [ProductEnum as object], { description: 'What is integrated with this version.' })
  async products(@Ctx() context: GraphqlContext, @Root() row: VersionRow): Promise<Playbook['products']> {
    return (await documentOf(context, row)).products;
  }

  @FieldResolver(() => Int, { description: 'Working days from the signature to going live.' })
  async targetInBusinessDays(@Ctx() context: GraphqlContext, @Root() row: VersionRow): Promise<number> {
    return (await documentOf(context, row)).targetInBusinessDays;
  }

  @Extensions({ listSize: 6 })
  @FieldResolver(() => [PhaseTemplateType], { description: 'The road, in order.' })
  async phases(@Ctx() context: GraphqlContext, @Root() row: VersionRow): Promise<PhaseTemplateType[]> {
    return (await documentOf(context, row)).phases.map(phaseShown);
  }

  @FieldResolver(() => [TemplateProblem], {
    description: 'What keeps it from being published; empty when nothing does.',
  })
  async problems(@Ctx() context: GraphqlContext, @Root() row: VersionRow): Promise<TemplateProblem[]> {
    return problemsOf(await documentOf(context, row)).map(problemShown);
  }

  @FieldResolver(() => [TemplateChange], {
    description: 'What is different from the version that is published now; empty when none is, or it is this one.',
  })
  async changes(@Ctx() context: GraphqlContext, @Root() row: VersionRow): Promise<TemplateChange[]> {
    const ctx = signedIn(context);
    const versions = await versionsOfTemplateLoader(ctx).load(row.templateId);
    const published = versions.find((version) => version.state === 'PUBLISHED');
    if (!published || published.id === row.id) return [];
    const before = await documentLoader(ctx).load(published.id);
    return changesBetween(before, await documentOf(context, row));
  }

  @Extensions({ cost: 20 })
  @FieldResolver(() => String, {
    description: 'The whole version as one file (JSON, with the number of its format), for `templateImport`.',
  })
  async file(@Ctx() context: GraphqlContext, @Root() row: VersionRow): Promise<string> {
    return writeTemplateFile(await documentOf(context, row));
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who began it; null when it came with Slipway.' })
  createdBy(@Ctx() context: GraphqlContext, @Root() row: VersionRow) {
    return personOf(context, row.createdBy);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who edited it last; null when nobody did.' })
  updatedBy(@Ctx() context: GraphqlContext, @Root() row: VersionRow) {
    return personOf(context, row.updatedBy);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who published it; null when it came with Slipway.' })
  publishedBy(@Ctx() context: GraphqlContext, @Root() row: VersionRow) {
    return personOf(context, row.publishedBy);
  }
}

async function documentOf(context: GraphqlContext, row: VersionRow): Promise<Playbook> {
  const document = await documentLoader(signedIn(context)).load(row.id);
  // Discarded while it was being read.
  if (!document) throw new ApiError('NOT_FOUND');
  return document;
}

function personOf(context: GraphqlContext, id: string | null) {
  return id === null ? null : peopleLoader(signedIn(context)).load(id);
}

export function problemShown({ code, phase, task, params }: Problem): TemplateProblem {
  return { code, phaseKey: phase, taskKey: task, message: words.templateProblems[code](params) };
}
