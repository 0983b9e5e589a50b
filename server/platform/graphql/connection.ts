import { type ClassType, Field, ObjectType } from 'type-graphql';
import { words } from '../../words/en.ts';
import { ApiError } from './errors.ts';

export const maxPage = 100;

@ObjectType({ description: 'Where a page stands in its connection.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'More follow after `endCursor`.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'More stand before `startCursor`.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null when the page is empty.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item; null when the page is empty.' })
  endCursor!: string | null;
}

export type Edge<T> = { node: T; cursor: string };
export type Connection<T> = { edges: Edge<T>[]; nodes: T[]; pageInfo: PageInfo };

/** The Relay connection and edge types of a node type. */
export function connectionTypes<T extends object>(name: string, node: () => ClassType<T>) {
  @ObjectType(`${name}Edge`, { description: `A ${name} and its place in the connection.` })
  class EdgeType {
    @Field(node, { description: 'The item.' })
    node!: T;

    @Field(() => String, { description: 'Opaque; give it as `after` or `before` to go on from here.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name} items.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The items with their cursors.' })
    edges!: EdgeType[];

    @Field(() => [node()], { description: 'The items alone.' })
    nodes!: T[];

    @Field(() => PageInfo, { description: 'Whether there is more.' })
    pageInfo!: PageInfo;
  }
  return { EdgeType, ConnectionType };
}

/** Checks a page size; the schema's default stands in for none. */
export function pageSize(size: number): number {
  if (size < 1 || size > maxPage) throw new ApiError('BAD_USER_INPUT', words.graphql.pageSize({ max: maxPage }));
  return size;
}

/** A cursor is the sort key as JSON in base64url; `parse` refuses everything that we would not have written. */
export function cursorOf(...key: (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Parses a cursor of the given shape; null stays null. Throws BAD_USER_INPUT on anything else. */
export function parseCursor<const S extends readonly ('string' | 'number')[]>(
  cursor: string | null | undefined,
  shape: S,
): { -readonly [I in keyof S]: S[I] extends 'number' ? number : string } | null {
  if (cursor === null || cursor === undefined) return null;
  const bad = new ApiError('BAD_USER_INPUT', words.graphql.badCursor());
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw bad;
  }
  const isOfShape =
    Array.isArray(key) && key.length === shape.length && shape.every((type, i) => typeof key[i] === type);
  if (!isOfShape) throw bad;
  return key as never;
}

/** Makes a page of rows that were read with one row more than asked for. */
export function pageOf<T>(
  rows: T[],
  size: number,
  keyOf: (row: T) => (string | number)[],
  direction: 'forward' | 'backward',
  hasCursor: boolean,
): Connection<T> {
  const hasMore = rows.length > size;
  const kept = rows.slice(0, size);
  if (direction === 'backward') kept.reverse();
  const edges = kept.map((node) => ({ node, cursor: cursorOf(...keyOf(node)) }));
  return {
    edges,
    nodes: kept,
    pageInfo: {
      hasNextPage: direction === 'forward' ? hasMore : hasCursor,
      hasPreviousPage: direction === 'backward' ? hasMore : hasCursor,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
