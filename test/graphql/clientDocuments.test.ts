import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  NoUnusedFragmentsRule,
  type OperationDefinitionNode,
  parse,
  print,
  specifiedRules,
  typeFromAST,
  validate,
  visit,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { createDocuments, limits } from '../../server/platform/graphql/limits.ts';
import { createSchema } from '../../server/schema.ts';
import { sampleOf } from '../support/sampleValues.ts';
import { code } from '../support/source.ts';

const schema = createSchema();
/** The share of the limit on cost that each document leaves free. */
const room = 0.3;

type Found = { path: string; definition: OperationDefinitionNode | FragmentDefinitionNode };

/** Every document that the client's code writes: what stands in `graphql(...)`, as gql.tada takes it. */
const found: Found[] = code('client').flatMap(({ path, text }) =>
  [...text.matchAll(/\bgraphql\(\s*`([^`]*)`/g)].flatMap(([, document = '']) =>
    withoutTada(parse(document))
      .definitions.filter(isOurs)
      .map((definition) => ({ path, definition })),
  ),
);

/** `@_unmask` means something to gql.tada alone, which takes it out before a document is sent. */
function withoutTada(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: (node) => (node.name.value === '_unmask' ? null : undefined) });
}

function isOurs(definition: DefinitionNode): definition is Found['definition'] {
  return definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION;
}

const fragments = new Map<string, FragmentDefinitionNode>();
for (const { definition } of found) {
  if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
}
const operations = found.flatMap(({ path, definition }) =>
  definition.kind === Kind.OPERATION_DEFINITION ? [{ path, definition, name: definition.name?.value ?? '' }] : [],
);

/** An operation with the fragments that it spreads, and those that they spread: what is sent. */
function sent(operation: OperationDefinitionNode): DocumentNode {
  const taken = new Set<string>();
  const take = (definition: DefinitionNode) =>
    visit(definition, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || taken.has(name.value)) return;
        taken.add(name.value);
        take(fragment);
      },
    });
  take(operation);
  const spread = [...taken].flatMap((name) => fragments.get(name) ?? []);
  return { kind: Kind.DOCUMENT, definitions: [operation, ...spread] };
}

describe('what the client asks', () => {
  test('has a name each, and one meaning for each name', () => {
    expect(operations.length).toBeGreaterThan(20);
    const names = found.map(({ definition }) => definition.name?.value ?? '');
    const texts = new Map<string, string>();
    const doubled = found.filter(({ definition }) => {
      const name = definition.name?.value ?? '';
      const text = print(definition);
      const isOther = texts.has(name) && texts.get(name) !== text;
      texts.set(name, text);
      return isOther;
    });
    expect(names).not.toContain('');
    expect(doubled.map(({ path, definition }) => `${path}: ${definition.name?.value}`)).toEqual([]);
  });

  test.each(operations.map((one) => [one.name, one] as const))('%s is valid by the schema', (_, { definition }) => {
    const errors = validate(schema, sent(definition), specifiedRules);
    expect(errors.map((error) => error.message)).toEqual([]);
  });

  test('fragments that no operation spreads are valid as well', () => {
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [...fragments.values()] };
    const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);
    expect(validate(schema, document, rules).map((error) => error.message)).toEqual([]);
  });

  test.each(operations.map((one) => [one.name, one] as const))('%s is well within the limits', (_, { definition }) => {
    const variables = Object.fromEntries(
      (definition.variableDefinitions ?? []).map(({ variable, type }) => {
        const wanted = typeFromAST(schema, type as never);
        return [variable.name.value, wanted ? sampleOf(wanted as never) : null];
      }),
    );
    const prepared = createDocuments(schema).prepare(print(sent(definition)), variables);
    const problems = 'errors' in prepared ? prepared.errors.map((error) => error.message) : [];
    expect(problems).toEqual([]);
    // Room to grow: a field more on a task must not turn its screen away.
    if ('cost' in prepared) expect(prepared.cost).toBeLessThanOrEqual(limits.cost * (1 - room));
  });
});
