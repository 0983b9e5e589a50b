import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { words } from '../../words/en.ts';
import { maxPage } from './connection.ts';
import { ApiError, type ApiErrorCode } from './errors.ts';

/** What one request may ask for; the same over HTTP and over the socket. */
export const limits = {
  queryBytes: 64 * 1024,
  tokens: 4_000,
  depth: 15,
  rootFields: 20,
  fields: 1_000,
  cost: 20_000,
} as const;

export type Prepared = { document: DocumentNode } | { errors: readonly GraphQLError[] };

/**
 * Parses, limits and validates, in this order: the limits are counted in one walk over the text, before validation,
 * whose rules compare fields pairwise. What was prepared once is remembered by its text.
 */
export function createDocuments(schema: GraphQLSchema, remembered = 500) {
  const known = new Map<string, DocumentNode>();
  return {
    prepare(query: unknown, variables: Record<string, unknown> | null | undefined): Prepared {
      if (typeof query !== 'string') return refused('BAD_USER_INPUT');
      try {
        const document = known.get(query) ?? parseAndValidate(schema, query, variables ?? {});
        // Costs depend on the variables (page sizes), so they are counted for every request.
        checkLimits(document, variables ?? {});
        known.delete(query);
        known.set(query, document);
        const [oldest] = known.keys();
        if (known.size > remembered && oldest !== undefined) known.delete(oldest);
        return { document };
      } catch (error) {
        if (error instanceof Invalid) return { errors: error.errors };
        if (error instanceof GraphQLError) return { errors: [withCode(error)] };
        throw error;
      }
    },
  };
}
export type Documents = ReturnType<typeof createDocuments>;

class Invalid extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('invalid');
  }
}

function parseAndValidate(schema: GraphQLSchema, query: string, variables: Record<string, unknown>): DocumentNode {
  if (Buffer.byteLength(query) > limits.queryBytes) throw new ApiError('TOO_COMPLEX');
  const document = parse(query, { maxTokens: limits.tokens, noLocation: false });
  checkLimits(document, variables);
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

type Size = { fields: number; depth: number; cost: number };

/** Counts every operation of a document as it will be executed: fragments count wherever they are spread. */
function checkLimits(document: DocumentNode, variables: Record<string, unknown>): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  // Each fragment is sized once: 25 levels that spread each other twice cost 25 steps, not 2^25.
  const sized = new Map<string, Size | 'open'>();

  function sizeOf(selectionSet: SelectionSetNode): Size {
    const sum = { fields: 0, depth: 0, cost: 0 };
    for (const selection of selectionSet.selections) {
      const size =
        selection.kind === Kind.FIELD
          ? sizeOfField(selection)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? sizeOf(selection.selectionSet)
            : sizeOfFragment(selection.name.value);
      sum.fields += size.fields;
      sum.cost += size.cost;
      sum.depth = Math.max(sum.depth, size.depth);
    }
    return sum;
  }

  function sizeOfField(field: FieldNode): Size {
    if (!field.selectionSet) return { fields: 1, depth: 1, cost: 1 };
    const inner = sizeOf(field.selectionSet);
    return { fields: inner.fields + 1, depth: inner.depth + 1, cost: 1 + inner.cost * pageSizeOf(field, variables) };
  }

  function sizeOfFragment(name: string): Size {
    const known = sized.get(name);
    if (known === 'open') throw new ApiError('BAD_USER_INPUT', words.graphql.fragmentCycle());
    if (known) return known;
    const fragment = fragments.get(name);
    if (!fragment) return { fields: 0, depth: 0, cost: 0 };
    sized.set(name, 'open');
    const size = sizeOf(fragment.selectionSet);
    sized.set(name, size);
    return size;
  }

  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { fields, depth, cost } = sizeOf(definition.selectionSet);
    const roots = definition.selectionSet.selections.length;
    const { graphql } = words;
    if (depth > limits.depth) tooComplex(graphql.tooDeep({ depth, max: limits.depth }));
    if (roots > limits.rootFields) tooComplex(graphql.tooManyRoots({ count: roots, max: limits.rootFields }));
    if (fields > limits.fields) tooComplex(graphql.tooManyFields({ count: fields, max: limits.fields }));
    if (cost > limits.cost) tooComplex(graphql.tooCostly({ cost, max: limits.cost }));
  }
}

function tooComplex(message: string): never {
  throw new ApiError('TOO_COMPLEX', message);
}

/** How often what stands below a field may be asked: the page size where it names one. */
function pageSizeOf(field: FieldNode, variables: Record<string, unknown>): number {
  for (const argument of field.arguments ?? []) {
    if (argument.name.value !== 'first' && argument.name.value !== 'last') continue;
    const { value } = argument;
    const size =
      value.kind === Kind.INT ? Number(value.value) : value.kind === Kind.VARIABLE ? variables[value.name.value] : 1;
    return typeof size === 'number' && size > 0 ? Math.min(size, maxPage) : 1;
  }
  return 1;
}
