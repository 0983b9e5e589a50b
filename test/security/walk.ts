import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { contract } from '../support/contract.ts';

const schema: GraphQLSchema = contract();

/** How many things a walk asks of each page. Small, so that a walk of many pages stays within what one request may cost. */
const pageSize = 4;

/**
 * Everything that can be asked of a type, so many objects deep: all plain fields, and the objects behind them. Fields
 * that cannot be asked without an argument are left out (`notWalked` names them), and those named `without`. A type is not walked
 * into again below itself.
 */
export function everythingOf(
  type: GraphQLNamedType,
  depth: number,
  without: readonly string[] = [],
  above: readonly string[] = [],
): string {
  if (isAbstractType(type)) {
    const parts = schema
      .getPossibleTypes(type)
      .map((one) => `... on ${one.name} ${everythingOf(one, depth, without, above)}`);
    return `{ __typename ${parts.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  // Fields of one name and different types may not stand side by side in fragments: each has its type's name before it.
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const isPage = /(Connection|Edge)$/.test(type.name);
    const isConnection = named.name.endsWith('Connection');
    if ((isPage && field.name === 'edges') || without.includes(`${type.name}.${field.name}`)) return [];
    let inner = '';
    if (!isLeafType(named)) {
      if (above.includes(named.name) || (depth <= 0 && !isPage)) return [];
      inner = everythingOf(named, depth - (isConnection || isPage ? 0 : 1), without, [...above, type.name]);
    }
    return callsOf(field).map((call) => `${type.name}_${call} ${inner}`);
  });
  return `{ __typename ${parts.join(' ')} }`;
}

/** A day that is still to come: what was by then is all that there is. */
const lastDay = '"2999-01-01"';

/** A field, once for every value of an enum that it must be given, or on the last of days; not at all when it must be given more. */
function callsOf(field: GraphQLField<unknown, unknown>): string[] {
  const required = field.args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
  const size = field.args.find((arg) => arg.name === 'first' || arg.name === 'last');
  const page = size ? [`${size.name}: ${pageSize}`] : [];
  const args = (some: string[]) => (some.length === 0 ? '' : `(${some.join(', ')})`);
  if (required.length === 0) return [`${field.name}: ${field.name}${args(page)}`];
  const [only] = required;
  const type = getNamedType(only?.type);
  if (required.length > 1) return [];
  if (type?.name === 'Date') return [`${field.name}: ${field.name}${args([...page, `${only?.name}: ${lastDay}`])}`];
  if (!isEnumType(type)) return [];
  return type
    .getValues()
    .map(({ name }) => `${field.name}_${name}: ${field.name}${args([...page, `${only?.name}: ${name}`])}`);
}

/** Fields below the roots that a walk cannot ask, since they must be given what no walk knows. */
export function notWalked(): string[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !/^(__|Query|Mutation|Subscription)/.test(type.name))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => callsOf(field).length === 0)
        .map((field) => `${type.name}.${field.name}`),
    );
}

export function typeNamed(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type.`);
  return type;
}
