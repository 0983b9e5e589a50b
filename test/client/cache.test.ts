import type { InMemoryCache } from '@apollo/client';
import {
  type DocumentNode,
  GraphQLID,
  GraphQLNonNull,
  type GraphQLOutputType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';
import { expect, test } from 'vitest';
import { createCache } from '../../client/api/apollo.ts';
import { fragments, operations, sent } from '../support/clientDocuments.ts';
import { contract } from '../support/contract.ts';
import { sampleOf } from '../support/sampleValues.ts';

const schema = contract();
type Data = Record<string, unknown>;

/** Some answer to this selection; one thing of each type, which every document therefore speaks of. */
function answerTo(selections: SelectionSetNode, typename: string): Data {
  const type = schema.getType(typename);
  if (!isObjectType(type)) throw new Error(`${typename} is no object`);
  const data: Data = { __typename: typename };
  for (const one of selections.selections) {
    if (one.kind === Kind.FIELD) {
      const field = type.getFields()[one.name.value];
      if (!field) continue;
      const name = one.alias?.value ?? one.name.value;
      const under = one.selectionSet && below(field.type, one.selectionSet);
      data[name] = merged(data[name], under ?? leafOf(field.type, `${typename}.${one.name.value}`));
    } else {
      const whole = one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one;
      const on = whole?.typeCondition?.name.value ?? typename;
      const of = schema.getType(on);
      const isMeant = on === typename || (isAbstractType(of) && schema.isSubType(of, type));
      if (whole && isMeant) Object.assign(data, merged(data, answerTo(whole.selectionSet, typename)));
    }
  }
  return data;
}

function below(output: GraphQLOutputType, selections: SelectionSetNode): unknown {
  const type = getNullableType(output);
  if (isListType(type)) {
    const of = getNullableType(type.ofType);
    return isAbstractType(of)
      ? schema.getPossibleTypes(of).map(({ name }) => answerTo(selections, name))
      : [below(type.ofType, selections)];
  }
  if (isAbstractType(type)) return answerTo(selections, schema.getPossibleTypes(type)[0]!.name);
  return answerTo(selections, type.toString());
}

function leafOf(output: GraphQLOutputType, place: string): unknown {
  const type = getNullableType(output);
  if (isListType(type)) return [leafOf(type.ofType, place)];
  if (isEnumType(type)) return type.getValues()[0]!.value;
  // As what is asked with an id has that id.
  return place.endsWith('.id') ? sampleOf(new GraphQLNonNull(GraphQLID)) : `of ${place}`;
}

function merged(before: unknown, after: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(after)) return after.map((one, index) => merged(before[index], one));
  if (!isData(before) || !isData(after)) return after;
  const both = { ...before };
  for (const [name, value] of Object.entries(after)) both[name] = merged(before[name], value);
  return both;
}

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

const rootOf = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' };
const writtenAt = { query: 'ROOT_QUERY', mutation: 'ROOT_MUTATION', subscription: 'ROOT_SUBSCRIPTION' };

type Asked = { name: string; kind: keyof typeof rootOf; query: DocumentNode; variables: Data; data: Data };

function askedBy(name: string, definition: OperationDefinitionNode): Asked {
  const variables = Object.fromEntries(
    (definition.variableDefinitions ?? []).map(({ variable, type }) => {
      const wanted = typeFromAST(schema, type as never);
      return [variable.name.value, wanted ? sampleOf(wanted as never) : null];
    }),
  );
  const data = answerTo(definition.selectionSet, rootOf[definition.operation]);
  return { name, kind: definition.operation, query: sent(definition), variables, data };
}

const asked = operations.map(({ name, definition }) => askedBy(name, definition));

function write(cache: InMemoryCache, { kind, query, variables, data }: Asked): void {
  cache.write({ dataId: writtenAt[kind], query, variables, result: data });
}

/** What a screen that shows this can read no more. */
function lost(cache: InMemoryCache, { query, variables }: Asked): string[] {
  const { complete, missing } = cache.diff({ query, variables, optimistic: false, returnPartialData: true });
  return complete ? [] : placesOf(missing?.missing);
}

/** Paths of what is missing; where each ends, the cache says so in a sentence. */
function placesOf(missing: unknown, path: string[] = []): string[] {
  if (!isData(missing)) return [path.join('.')];
  return Object.entries(missing).flatMap(([name, below]) => placesOf(below, [...path, name]));
}

test('what one document brings takes nothing away from what another one shows', () => {
  const queries = asked.filter(({ kind }) => kind === 'query');
  const taken: string[] = [];
  for (const shown of queries) {
    const cache = createCache();
    write(cache, shown);
    expect([shown.name, lost(cache, shown)]).toEqual([shown.name, []]);
    for (const other of asked) {
      write(cache, other);
      const gone = lost(cache, shown);
      if (gone.length === 0) continue;
      taken.push(`${other.name} takes from ${shown.name}: ${gone.join(', ')}`);
      write(cache, shown);
    }
  }
  expect(taken).toEqual([]);
});
