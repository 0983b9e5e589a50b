import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { words } from '../../words/en.ts';
import { maxPage } from './connection.ts';
import { ApiError, type ApiErrorCode } from './errors.ts';
import { holdsBrokenText } from './texts.ts';

/** What one request may ask for; the same over HTTP and over the socket. */
export const limits = {
  queryBytes: 64 * 1024,
  tokens: 4_000,
  depth: 15,
  rootFields: 20,
  fields: 1_000,
  cost: 20_000,
  /** How many things a list without pages is taken to hold, unless its field says so itself (`extensions.listSize`). */
  listSize: 10,
} as const;

/** Documents are remembered up to this much text in all: parsed, a document takes a hundred times its text. */
const rememberedCharacters = 500_000;

/** `cost` is that of the operation to be run; at least 1. */
export type Prepared = { document: DocumentNode; cost: number } | { errors: readonly GraphQLError[] };

/**
 * Parses, limits and validates, in this order: the limits are counted in one walk over the text, before validation,
 * whose rules compare fields pairwise. What was prepared once is remembered by its text.
 */
export function createDocuments(schema: GraphQLSchema) {
  const known = documentMemory();
  return {
    prepare(
      query: unknown,
      variables: Record<string, unknown> | null | undefined,
      operationName?: string | null,
    ): Prepared {
      if (typeof query !== 'string') return refused('BAD_USER_INPUT');
      try {
        const document = known.get(query) ?? parseAndValidate(schema, query, variables ?? {});
        // Costs depend on the variables (page sizes), so they are counted for every request.
        const cost = checkLimits(schema, document, variables ?? {}, operationName ?? null);
        if (holdsBrokenText(variables)) return refused('BAD_USER_INPUT');
        known.set(query, document);
        return { document, cost };
      } catch (error) {
        if (error instanceof Invalid) return { errors: error.errors };
        if (error instanceof GraphQLError) return { errors: [withCode(error)] };
        throw error;
      }
    },
  };
}
export type Documents = ReturnType<typeof createDocuments>;

/** Parsed documents by key; the oldest are forgotten for the newest. */
export function documentMemory(maxCharacters: number = rememberedCharacters) {
  const known = new Map<string, DocumentNode>();
  let characters = 0;

  function forget(key: string): void {
    characters -= sizeOfText(known.get(key));
    known.delete(key);
  }

  return {
    get: (key: string) => known.get(key),
    set(key: string, document: DocumentNode): void {
      forget(key);
      known.set(key, document);
      characters += sizeOfText(document);
      for (const oldest of known.keys()) {
        if (characters <= maxCharacters) break;
        forget(oldest);
      }
    },
  };
}

function sizeOfText(document: DocumentNode | undefined): number {
  return document?.loc?.source.body.length ?? 0;
}

class Invalid extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('invalid');
  }
}

function parseAndValidate(schema: GraphQLSchema, query: string, variables: Record<string, unknown>): DocumentNode {
  const bytes = Buffer.byteLength(query);
  if (bytes > limits.queryBytes) {
    tooComplex(words.graphql.tooLong({ bytes, max: limits.queryBytes }), { bytes, max: limits.queryBytes });
  }
  const document = parse(query, { maxTokens: limits.tokens, noLocation: false });
  checkLimits(schema, document, variables, null);
  const errors = validate(schema, document, undefined, { maxErrors: 20 });
  if (errors.length > 0) throw new Invalid(errors.map(withCode));
  return document;
}

function refused(code: ApiErrorCode): Prepared {
  return { errors: [new ApiError(code)] };
}

function withCode(error: GraphQLError): GraphQLError {
  if (error.extensions.code !== undefined) return error;
  const { nodes, source, positions, path } = error;
  return new GraphQLError(error.message, { nodes, source, positions, path, extensions: { code: 'BAD_USER_INPUT' } });
}

type Size = { fields: number; roots: number; depth: number; cost: number };
type Variables = Record<string, unknown>;

/**
 * Counts every operation of a document as it will be executed: fragments count wherever they are spread. Answers with
 * the cost of the one to be run; of the dearest when that is not told.
 */
function checkLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Variables,
  operationName: string | null,
): number {
  let price = 1;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const given = { ...defaultsOf(definition), ...variables };
    const { fields, roots, depth, cost } = sizeOfOperation(schema, fragments, definition, given);
    const { graphql } = words;
    if (depth > limits.depth) tooComplex(graphql.tooDeep({ depth, max: limits.depth }), { depth, max: limits.depth });
    if (roots > limits.rootFields)
      tooComplex(graphql.tooManyRoots({ count: roots, max: limits.rootFields }), { roots, max: limits.rootFields });
    if (fields > limits.fields)
      tooComplex(graphql.tooManyFields({ count: fields, max: limits.fields }), { fields, max: limits.fields });
    if (cost > limits.cost) tooComplex(graphql.tooCostly({ cost, max: limits.cost }), { cost, max: limits.cost });
    if (operationName === null || definition.name?.value === operationName) price = Math.max(price, cost);
  }
  return price;
}

function sizeOfOperation(
  schema: GraphQLSchema,
  fragments: Map<string, FragmentDefinitionNode>,
  operation: OperationDefinitionNode,
  variables: Variables,
): Size {
  // Each fragment is sized once: 25 levels that spread each other twice cost 25 steps, not 2^25.
  const sized = new Map<string, Size | 'open'>();

  function sizeOf(selectionSet: SelectionSetNode, type: GraphQLNamedType | undefined): Size {
    const sum = { fields: 0, roots: 0, depth: 0, cost: 0 };
    for (const selection of selectionSet.selections) {
      const size =
        selection.kind === Kind.FIELD
          ? sizeOfField(selection, type)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? sizeOf(selection.selectionSet, named(selection.typeCondition?.name.value) ?? type)
            : sizeOfFragment(selection.name.value);
      sum.fields += size.fields;
      sum.roots += size.roots;
      sum.cost += size.cost;
      sum.depth = Math.max(sum.depth, size.depth);
    }
    return sum;
  }

  function sizeOfField(field: FieldNode, type: GraphQLNamedType | undefined): Size {
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
    const own = ownCost(definition);
    if (!field.selectionSet) return { fields: 1, roots: 1, depth: 1, cost: own };
    const inner = sizeOf(field.selectionSet, definition && getNamedType(definition.type));
    const times = howOften(field, definition, type, variables);
    return { fields: inner.fields + 1, roots: 1, depth: inner.depth + 1, cost: own + inner.cost * times };
  }

  function sizeOfFragment(name: string): Size {
    const known = sized.get(name);
    if (known === 'open') throw new ApiError('BAD_USER_INPUT', words.graphql.fragmentCycle());
    if (known) return known;
    const fragment = fragments.get(name);
    if (!fragment) return { fields: 0, roots: 0, depth: 0, cost: 0 };
    sized.set(name, 'open');
    const size = sizeOf(fragment.selectionSet, named(fragment.typeCondition.name.value));
    sized.set(name, size);
    return size;
  }

  function named(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : schema.getType(name);
  }

  return sizeOf(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
}

function tooComplex(message: string, detail: Record<string, number>): never {
  throw new ApiError('TOO_COMPLEX', message, detail);
}

/** The page sizes that an operation gives to its variables itself. */
function defaultsOf(operation: OperationDefinitionNode): Variables {
  const withDefault = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)] as const] : [],
  );
  return Object.fromEntries(withDefault);
}

/** What a field costs by itself; more than 1 where it says so (`extensions.cost`), because much is read or made for it. */
function ownCost(definition: GraphQLField<unknown, unknown> | undefined): number {
  const cost = definition?.extensions.cost;
  return typeof cost === 'number' ? cost : 1;
}

/** How often what stands below a field may be asked: the page size, or how long such a list may be. */
function howOften(
  field: FieldNode,
  definition: GraphQLField<unknown, unknown> | undefined,
  parent: GraphQLNamedType | undefined,
  variables: Variables,
): number {
  const paging = definition?.args.find(({ name }) => name === 'first' || name === 'last');
  if (paging) {
    const value = field.arguments?.find(({ name }) => name.value === paging.name)?.value;
    const given =
      value?.kind === Kind.INT ? Number(value.value) : value?.kind === Kind.VARIABLE && variables[value.name.value];
    const size = typeof given === 'number' ? given : Number(paging.defaultValue ?? maxPage);
    return size > 0 ? Math.min(size, maxPage) : 1;
  }
  const isList = definition !== undefined && isListType(getNullableType(definition.type));
  // The lists of a connection hold a page, which was counted where it was asked for.
  if (!isList || parent?.name.endsWith('Connection')) return 1;
  const { listSize } = definition.extensions;
  return typeof listSize === 'number' ? listSize : limits.listSize;
}
