import { type DocumentNode, Kind, type OperationDefinitionNode, type OperationTypeNode, parse } from 'graphql';

export type Operation = { name: string | null; kind: OperationTypeNode | null };

/**
 * Which operation of a document is run. The editor tells its name, but learns it only a moment after the text has
 * changed: right after a change of tabs it is still the one of the tab before. A name that the document does not have is
 * left away, so that what stands there is run. Of a text that cannot be read, the server says what is wrong with it.
 */
export function operationOf(query: string, told: string | null | undefined): Operation {
  const operations = operationsOf(query);
  if (operations === null) return { name: told ?? null, kind: null };
  const named = operations.find(({ name }) => name?.value === told);
  const chosen = named ?? (operations.length === 1 ? operations[0] : undefined);
  return { name: chosen?.name?.value ?? null, kind: chosen?.operation ?? null };
}

function operationsOf(query: string): OperationDefinitionNode[] | null {
  let document: DocumentNode;
  try {
    document = parse(query, { noLocation: true });
  } catch {
    return null;
  }
  return document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
}
