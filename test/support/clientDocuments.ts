import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  visit,
} from 'graphql';
import { code } from './source.ts';

type Found = { path: string; definition: OperationDefinitionNode | FragmentDefinitionNode };

/** Every document that the client's code writes: what stands in `graphql(...)`, as gql.tada takes it. */
export const found: readonly Found[] = code('client').flatMap(({ path, text }) =>
  [...text.matchAll(/\bgraphql\(\s*`([^`]*)`/g)].flatMap(([, document = '']) =>
    withoutTada(parse(document))
      .definitions.filter(isOurs)
      .map((definition) => ({ path, definition })),
  ),
);

/** `@_unmask` means something to gql.tada alone, which takes it out before a document is sent. */
function withoutTada(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: (node) => (node.name.value === '_unmask' ? null : undefined) });
}

function isOurs(definition: DefinitionNode): definition is Found['definition'] {
  return definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION;
}

export const fragments = new Map<string, FragmentDefinitionNode>();
for (const { definition } of found) {
  if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
}
export const operations = found.flatMap(({ path, definition }) =>
  definition.kind === Kind.OPERATION_DEFINITION ? [{ path, definition, name: definition.name?.value ?? '' }] : [],
);

/** An operation with the fragments that it spreads, and those that they spread: what is sent. */
export function sent(operation: OperationDefinitionNode): DocumentNode {
  const taken = new Set<string>();
  const take = (definition: DefinitionNode) =>
    visit(definition, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || taken.has(name.value)) return;
        taken.add(name.value);
        take(fragment);
      },
    });
  take(operation);
  const spread = [...taken].flatMap((name) => fragments.get(name) ?? []);
  return { kind: Kind.DOCUMENT, definitions: [operation, ...spread] };
}
