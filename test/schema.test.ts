import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { expect, test } from 'vitest';
import { emitSchema } from '../server/schema.ts';
import { root } from './support/source.ts';

test('schema.graphql is what the code emits (npm run schema writes it)', () => {
  expect(readFileSync(`${root}/schema.graphql`, 'utf8')).toBe(emitSchema());
});

test('every type, field, argument, input field and enum value says in a line what it is', () => {
  expect(undescribed(buildSchema(emitSchema()))).toEqual([]);
});

test('the check sees each of the places where a description can be missing', () => {
  const bare = buildSchema('type Query { a(b: In): E } input In { c: Int } enum E { D }');
  expect(undescribed(bare)).toEqual(['Query.a', 'Query.a(b:)', 'In', 'In.c', 'E', 'E.D']);
  const silent = buildSchema('type Query { "A." a: A } "  " type A { "B." b: Int }');
  expect(undescribed(silent)).toEqual(['A']);
});

const roots = new Set(['Query', 'Mutation', 'Subscription']);

/** Every place of a schema without a description. */
function undescribed(schema: GraphQLSchema): string[] {
  const places: [string, string | null | undefined][] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    // The three roots have GraphQL's own names and need no words.
    if (!roots.has(type.name)) places.push([type.name, type.description]);
    if (isEnumType(type)) {
      for (const value of type.getValues()) places.push([`${type.name}.${value.name}`, value.description]);
    }
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        const place = `${type.name}.${field.name}`;
        places.push([place, field.description]);
        if ('args' in field) for (const arg of field.args) places.push([`${place}(${arg.name}:)`, arg.description]);
      }
    }
  }
  return places.filter(([, description]) => !description?.trim()).map(([place]) => place);
}
