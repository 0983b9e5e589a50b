import { randomUUID } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type RequestHandler, type Router } from 'express';
import { type GraphQLSchema, getOperationAST } from 'graphql';
import { viewerFromCookie } from './accounts/queries.ts';
import { answerError } from './platform/graphql/answerErrors.ts';
import type { GraphqlContext } from './platform/graphql/context.ts';
import { type Documents, documentMemory } from './platform/graphql/limits.ts';
import { jsonBodiesOnly, sameOriginOnly } from './platform/http/sameOrigin.ts';
import type { Services } from './platform/services.ts';
import { words } from './words/en.ts';

type WithRequestId = GraphqlContext & { requestId: string };

/** GraphQL over HTTP on `/graphql`. Resolves when the server is ready to answer. */
export async function graphqlRoutes(services: Services, schema: GraphQLSchema, documents: Documents): Promise<Router> {
  const parsed = documentMemory();
  const apollo = new ApolloServer<WithRequestId>({
    schema,
    // Its own holds 30 MB of documents as JSON, which is hundreds in memory.
    documentStore: {
      get: async (key) => parsed.get(key),
      set: async (key, document) => parsed.set(key, document),
      delete: async () => false,
    },
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    // A document is held against the limits by its text, so it has to come with every request.
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: services.log,
    formatError: (formatted, error) => {
      // Apollo's own refusals (a mutation by GET, a body that is none) carry codes of Apollo.
      const own = answerError(error, services.log, randomUUID());
      return own.extensions?.code === 'INTERNAL_SERVER_ERROR' && isApolloRefusal(formatted.extensions?.code)
        ? { ...formatted, extensions: { code: 'BAD_USER_INPUT' } }
        : own;
    },
  });
  apollo.startInBackgroundHandlingStartupErrorsByLoggingAndFailingAllRequests();

  const router = express.Router();
  router.use(sameOriginOnly(services), jsonBodiesOnly, express.json({ limit: '1mb', strict: true }));
  router.use(limited(documents));
  router.use(
    expressMiddleware(apollo, {
      context: async ({ req }) => ({
        ...services,
        viewer: await viewerFromCookie(services, req.headers.cookie),
        loaders: new Map(),
        requestId: randomUUID(),
      }),
    }),
  );
  return router;
}

function isApolloRefusal(code: unknown): boolean {
  return typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR';
}

/** Holds what a request asks for against the limits before Apollo sees it; the socket asks the same function. */
function limited(documents: Documents): RequestHandler {
  return (req, res, next) => {
    const asked: unknown = req.method === 'GET' ? req.query : req.body;
    if (asked === null || typeof asked !== 'object' || Array.isArray(asked)) {
      return void res.status(400).json(errorBody(words.apiErrors.BAD_USER_INPUT(), 'BAD_USER_INPUT'));
    }
    const { query, variables, operationName } = asked as Record<string, unknown>;
    const prepared = documents.prepare(query, variablesOf(variables));
    if ('errors' in prepared) return void res.status(400).json({ errors: prepared.errors });
    const name = typeof operationName === 'string' ? operationName : null;
    // Apollo would run it as if it were a query.
    if (getOperationAST(prepared.document, name)?.operation === 'subscription') {
      return void res.status(400).json(errorBody(words.apiErrors.BAD_USER_INPUT(), 'BAD_USER_INPUT'));
    }
    return next();
  };
}

/** Variables stand as an object in a body, as its JSON in an address. What is neither is for Apollo to refuse. */
function variablesOf(given: unknown): Record<string, unknown> {
  if (typeof given === 'string') return variablesOf(jsonIn(given));
  return given !== null && typeof given === 'object' ? (given as Record<string, unknown>) : {};
}

function jsonIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? null : value;
  } catch {
    return null;
  }
}

function errorBody(message: string, code: string) {
  return { errors: [{ message, extensions: { code } }] };
}
