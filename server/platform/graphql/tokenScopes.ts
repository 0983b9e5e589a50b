import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql';
import { holdsScope, type Scope, scopeOfField, scopeOfMutation, scopeOfType } from '../../access/scopes.ts';
import { words } from '../../words/en.ts';
import type { GraphqlContext } from './context.ts';
import { ApiError } from './errors.ts';

/**
 * Holds every field of the schema against the scopes of a token, before its resolver runs: the second lock beside the
 * policy, and the one that no resolver can forget. A type or a mutation of a noun that nobody gave a scope is closed to
 * tokens. Sessions pass.
 */
export function withTokenScopes(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const scope = scopeNeeded(schema, type.name, field);
      if (scope === undefined) continue;
      if (type === schema.getSubscriptionType()) guardSubscribe(field, scope);
      else guardResolve(field, scope);
    }
  }
  return schema;
}

type Field = GraphQLField<unknown, GraphqlContext>;

/** The scope that reading or calling a field takes; null: no token may; undefined: none. */
export function scopeNeeded(schema: GraphQLSchema, typeName: string, field: Pick<Field, 'name' | 'type'>) {
  if (typeName === schema.getMutationType()?.name) return scopeOfMutation(field.name);
  const own = scopeOfField[`${typeName}.${field.name}`];
  if (own) return own;
  const named = getNamedType(field.type);
  return isCompositeType(named) ? scopeOfType(named.name, isMany(field.type)) : undefined;
}

function isMany(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}

function guardResolve(field: Field, scope: Scope | null): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    checkScope(context, scope);
    return resolve(source, args, context, info);
  };
}

function guardSubscribe(field: Field, scope: Scope | null): void {
  const { subscribe } = field;
  field.subscribe = (source, args, context, info) => {
    checkScope(context, scope);
    return subscribe?.(source, args, context, info);
  };
}

function checkScope({ viewer }: GraphqlContext, scope: Scope | null): void {
  if (!viewer?.token) return;
  if (scope === null) throw new ApiError('FORBIDDEN', words.graphql.neverByToken());
  if (holdsScope(viewer.token.scopes, scope)) return;
  throw new ApiError('FORBIDDEN', words.graphql.scopeMissing({ scope }), { scope });
}
