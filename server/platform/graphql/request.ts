import type { Request } from 'express';
import { words } from '../../words/en.ts';
import { ApiError } from './errors.ts';

/** What a request over HTTP asks for: its shape is right, its text is not looked at yet. */
export type Asked = { query: unknown; variables: Record<string, unknown>; operationName: string | null };

type Params = Record<string, unknown>;

/** The parameters of GraphQL over HTTP, out of a JSON body or the address of a GET. Throws BAD_USER_INPUT. */
export function askedBy(req: Pick<Request, 'method' | 'query' | 'body'>): Asked {
  const isGet = req.method === 'GET';
  const given: unknown = isGet ? req.query : req.body;
  if (!isMap(given)) throw new ApiError('BAD_USER_INPUT', words.graphql.badRequest());
  const { query, operationName = null } = given;
  const variables = mapIn(given.variables, isGet);
  const extensions = mapIn(given.extensions, isGet);
  if (Object.hasOwn(extensions, 'persistedQuery'))
    throw new ApiError('BAD_USER_INPUT', words.graphql.persistedQueries());
  if (typeof query !== 'string') throw new ApiError('BAD_USER_INPUT', words.graphql.noQuery());
  if (operationName !== null && typeof operationName !== 'string') {
    throw new ApiError('BAD_USER_INPUT', words.graphql.badRequest());
  }
  return { query, variables, operationName };
}

/** A map stands as itself in a body and as its JSON in an address; nothing at all is an empty one. */
function mapIn(value: unknown, isText: boolean): Params {
  if (value === undefined || value === null || value === '') return {};
  const map = isText && typeof value === 'string' ? jsonIn(value) : value;
  if (!isMap(map)) throw new ApiError('BAD_USER_INPUT', words.graphql.badRequest());
  return map;
}

function isMap(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const graphqlJson = 'application/graphql-response+json';

/**
 * How a refusal is answered, by GraphQL over HTTP: whoever takes `application/graphql-response+json`, or says nothing,
 * reads it from the status; whoever asked for plain JSON gets 200 when the request as such was understood.
 */
export function answerFor(accept: string | undefined, status: number, isUnderstood: boolean) {
  const types = (accept ?? '').split(',').map((type) => type.split(';', 1)[0]?.trim().toLowerCase());
  if (types.includes(graphqlJson)) return { status, type: `${graphqlJson}; charset=utf-8` };
  const isPlain = types.includes('application/json') && isUnderstood;
  return { status: isPlain ? 200 : status, type: 'application/json; charset=utf-8' };
}
