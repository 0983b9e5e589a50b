import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { createSchema } from '../../server/schema.ts';

const schema = createSchema();

/**
 * Lists without pages, and why each cannot grow out of hand. A field that says itself how long it may be
 * (`extensions.listSize`) is priced by that and needs no line here; everything else that grows is a connection.
 */
const bounded: Readonly<Record<string, readonly string[]>> = {
  'the people of one account or company, and who is asked to join: shown whole': [
    'Account.people',
    'Account.invitations',
    'AccountMergePreview.people',
    'AccountMergePreview.intoPeople',
    'Company.invitations',
    'Company.partnerInvitations',
    'Project.people',
    'Project.partners',
    'Project.assignablePms',
    'Person.attachedTo',
    'Task.assignable',
    'Query.possiblePms',
    'IntegrationOptions.pms',
  ],
  'twenty at most: a command counts them': ['Account.externalIds', 'AccountMergePreview.externalIds'],
  'what is known of one account, by the names that documentation and forms have': [
    'AccountStaff.facts',
    'AccountMergePreview.facts',
    'AccountMergePreview.conflicts',
  ],
  'the days of one account: seven, and 400 at most, which a command counts': [
    'AccountCalendar.workingDays',
    'AccountCalendar.holidays',
  ],
  'the accounts that were merged into one, each by hand': ['AccountStaff.merged'],
  'as many as were sent, which a query counts, and the templates of one row': [
    'ProjectList.columns',
    'ProjectList.rows',
    'ProjectListRow.templates',
  ],
  'who is here at this moment': ['Presence.people', 'Talk.typing'],
  'the road of one project': [
    'Project.phases',
    'Phase.tasks',
    'Project.accountFacts',
    'Task.predecessors',
    'Task.successors',
    'Task.links',
    'ProjectPlanConflict.path',
    'ProjectMovePayload.openGates',
    'ProjectPlan.handOver',
    'ProjectPlan.offered',
    'ProjectPlan.phases',
  ],
  'what one form or meeting asks and was told': [
    'Submission.answers',
    'FormDraft.answers',
    'FormQuestion.options',
    'TaskInput.questions',
    'TaskInput.fields',
    'Meeting.proposedTimes',
  ],
  'one playbook, written by hand': [
    'Template.versions',
    'Template.usage',
    'Template.durations',
    'TemplateVersion.phases',
    'TemplateVersion.problems',
    'TemplateVersion.changes',
    'TemplateUpdate.items',
    'TemplateUpdateItem.edits',
    'Project.templateUpdates',
    'Query.templateVariables',
  ],
  'at most as many as the input that made it': ['ApiToken.projects', 'ApiToken.accounts'],
  'the first few of a search': ['Query.accountsFound', 'SearchHit.excerpt'],
  'the fields of one change': ['Change.edits'],
  'parts of one report or look, asked for piece by piece (`first`, `from`) and priced by that': [
    'Report.columns',
    'Report.findings',
    'Finding.samples',
    'CheckFinding.marks',
  ],
  'what three of the newest fifty projects have in common': ['JourneyMeasures.rework', 'JourneyMeasures.waits'],
  'the teams that take part in one journey': ['JourneyAgreement.departments'],
  'kinds of parts, and the first 200 problems of one file': ['JourneyFileReport.counts', 'JourneyFileReport.problems'],
  'the devices of one person': ['Viewer.sessions'],
};

const known = new Set(Object.values(bounded).flat());

type Place = { name: string; field: GraphQLField<unknown, unknown>; type: GraphQLObjectType };

function objectFields(of: GraphQLSchema): Place[] {
  return Object.values(of.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field, type })),
    );
}

const places = objectFields(schema);
const isConnection = (type: { name: string }) => /(Connection|Edge)$/.test(type.name);
const isList = ({ field }: Place) => isListType(getNullableType(field.type));

describe('what grows is a connection', () => {
  test('a list of things says how long it may be, or stands here with the reason', () => {
    const unbounded = places.filter(
      (place) =>
        isList(place) &&
        isCompositeType(getNamedType(place.field.type)) &&
        !isConnection(place.type) &&
        getNamedType(place.field.type).name !== 'UserError' &&
        typeof place.field.extensions.listSize !== 'number' &&
        !known.has(place.name),
    );
    expect(unbounded.map(({ name }) => name)).toEqual([]);
  });

  test('no line here is of a list that is gone', () => {
    const names = new Set(places.filter(isList).map(({ name }) => name));
    expect([...known].filter((name) => !names.has(name))).toEqual([]);
  });

  test('a connection is one as Relay has it, and takes a page size with a default', () => {
    const connections = places.filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'));
    expect(connections.length).toBeGreaterThan(5);
    for (const { name, field } of connections) {
      const type = getNamedType(field.type) as GraphQLObjectType;
      const shape = Object.keys(type.getFields());
      expect([name, ['edges', 'nodes', 'pageInfo'].every((part) => shape.includes(part))]).toEqual([name, true]);
      const size = field.args.find((arg) => arg.name === 'first' || arg.name === 'last');
      expect([name, size !== undefined && Number(size.defaultValue) > 0]).toEqual([name, true]);
      const cursor = field.args.some((arg) => arg.name === (size?.name === 'last' ? 'before' : 'after'));
      expect([name, cursor]).toEqual([name, true]);
    }
  });
});
