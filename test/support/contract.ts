import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLField, type GraphQLSchema, getNamedType, isEnumType } from 'graphql';
import type { GqlAnswer } from './session.ts';
import { root } from './source.ts';

/** The API as schema.graphql has it. */
export function contract(): GraphQLSchema {
  return buildSchema(readFileSync(`${root}/schema.graphql`, 'utf8'));
}

export function fieldsOf(kind: 'query' | 'mutation' | 'subscription'): GraphQLField<unknown, unknown>[] {
  const schema = contract();
  const roots = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  return Object.values(roots[kind]?.getFields() ?? {});
}

/** A document that calls one root field with variables named as its arguments, and asks for what every answer has. */
export function callOf(kind: 'query' | 'mutation' | 'subscription', field: GraphQLField<unknown, unknown>): string {
  const variables = field.args.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(', ');
  const given = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const named = getNamedType(field.type);
  const isPlain = named.name === 'Boolean' || isEnumType(named);
  const selection = isPlain
    ? ''
    : kind === 'mutation'
      ? '{ userErrors { code field message } position }'
      : '{ __typename }';
  return `${kind} Call${variables === '' ? '' : `(${variables})`} { ${field.name}${given === '' ? '' : `(${given})`} ${selection} }`;
}

/** What of an answer a caller can compare: everything but the request's own number. */
export function shapeOf(answer: GqlAnswer<unknown>): unknown {
  const errors = answer.errors.map(({ message, path, extensions }) => ({ message, path, code: extensions?.code }));
  return { status: answer.status, data: answer.data, errors };
}
