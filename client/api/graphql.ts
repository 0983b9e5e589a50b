import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema.generated.d.ts';

/** Typed documents: `graphql(text, [fragments])`. The types come from schema.graphql and cost nothing at run time. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Date: string; DateTime: string };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
export { readFragment } from 'gql.tada';

type Types = introspection['types'];
/** The values of an enum of the schema, by its name. */
export type EnumOf<Name extends keyof Types> = Types[Name] extends { enumValues: infer Value } ? Value : never;
