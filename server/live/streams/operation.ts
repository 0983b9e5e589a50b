import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FieldNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  visit,
} from 'graphql';
import type { Ctx } from '../../platform/services.ts';
import type { Message } from './source.ts';

/** What a subscriber asked for: operations with one `key` are answered with the same text. */
export type Operation = {
  readonly key: string;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown>;
};

/** How an answer's errors are told: without anything that is not for the reader. */
export type TellError = (error: GraphQLError) => GraphQLError;

/** The argument that says where a reader stands. It has no part in what a message looks like. */
const placeArgument = 'after';

export function operationOf({ document, operationName = null, variableValues }: ExecutionArgs): Operation {
  const variables = { ...variableValues };
  const placed = placeVariable(document, rootField(document, operationName));
  const asked = Object.entries(variables).filter(([name]) => name !== placed);
  const text = createHash('sha256')
    .update(document.loc?.source.body ?? '')
    .digest('base64url');
  return { key: JSON.stringify([text, operationName, asked.sort()]), document, operationName, variables };
}

/** The answer to a message as it goes over the wire. */
export async function answerTo(
  schema: GraphQLSchema,
  operation: Operation,
  ctx: Ctx,
  message: Message,
  tellError: TellError,
): Promise<Buffer> {
  const { document, operationName, variables } = operation;
  const result: ExecutionResult = await execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: ctx,
    // As `subscribe` of graphql-js does: the resolver of a subscription hands on what it is given.
    rootValue: message,
  });
  const told = result.errors ? { ...result, errors: result.errors.map(tellError) } : result;
  return Buffer.from(JSON.stringify(told));
}

/** The field of a subscription, which has one alone; null of any other operation. */
export function rootField(document: DocumentNode, operationName?: string | null): FieldNode | null {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'subscription') return null;
  const [first] = operation.selectionSet.selections;
  return first?.kind === Kind.FIELD ? first : null;
}

/** The variable that says where the reader stands, when it says nothing else. */
function placeVariable(document: DocumentNode, field: FieldNode | null): string | null {
  const value = field?.arguments?.find((argument) => argument.name.value === placeArgument)?.value;
  if (value?.kind !== Kind.VARIABLE) return null;
  const name = value.name.value;
  let uses = 0;
  visit(document, {
    Variable(node) {
      if (node.name.value === name) uses += 1;
    },
  });
  // Its definition and this argument.
  return uses === 2 ? name : null;
}
