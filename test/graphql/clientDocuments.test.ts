import { type DocumentNode, Kind, NoUnusedFragmentsRule, print, specifiedRules, typeFromAST, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createDocuments, limits } from '../../server/platform/graphql/limits.ts';
import { createSchema } from '../../server/schema.ts';
import { found, fragments, operations, sent } from '../support/clientDocuments.ts';
import { sampleOf } from '../support/sampleValues.ts';

const schema = createSchema();
/** The share of the limit on cost that each document leaves free. */
const room = 0.3;

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
