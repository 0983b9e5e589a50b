import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';

/** A value that this type takes and that means nothing here: ids of what never was, empty lists where null is not. */
export function sampleOf(type: GraphQLInputType): unknown {
  if (!isNonNullType(type)) return null;
  const inner = type.ofType as GraphQLInputType;
  if (isListType(inner)) return [];
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  if (isInputObjectType(inner)) {
    return Object.fromEntries(Object.values(inner.getFields()).map((field) => [field.name, sampleOf(field.type)]));
  }
  return samples[inner.toString()] ?? 'text';
}

const samples: Readonly<Record<string, unknown>> = {
  ID: '01a1ff99-08b0-79b5-9a19-d6a2a325eb61',
  Int: 1,
  Float: 1,
  Boolean: false,
  Date: '2027-01-04',
  DateTime: '2027-01-04T09:00:00Z',
};
