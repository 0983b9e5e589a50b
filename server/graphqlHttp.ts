import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { type GraphQLFormattedError, type GraphQLSchema, getOperationAST } from 'graphql';
import type { Viewer } from './access/viewer.ts';
import { answerError } from './platform/graphql/answerErrors.ts';
import type { Budget, Cost } from './platform/graphql/budget.ts';
import type { GraphqlContext } from './platform/graphql/context.ts';
import { ApiError } from './platform/graphql/errors.ts';
import { type Documents, documentMemory } from './platform/graphql/limits.ts';
import { answerFor, askedBy } from './platform/graphql/request.ts';
import { addressKey, clientAddress } from './platform/http/clientAddress.ts';
import { requestIdOf } from './platform/http/requestId.ts';
import { jsonBodiesOnly, sameOriginReads } from './platform/http/sameOrigin.ts';
import type { Services } from './platform/services.ts';
import { viewerOfRequest } from './tokens/queries.ts';
import { words } from './words/en.ts';

/** What the steps before Apollo found out about a request. */
type Known = { viewer: Viewer | null; cost: Cost };
type HttpContext = GraphqlContext & { requestId: string; cost: Cost };

const maxBodyBytes = 1024 * 1024;

/** GraphQL over HTTP on `/graphql`. Resolves when the server is ready to answer. */
export async function graphqlRoutes(
  services: Services,
  schema: GraphQLSchema,
  documents: Documents,
  budget: Budget,
): Promise<Router> {
  const parsed = documentMemory();
  // Apollo formats an error, which is when it is logged, without telling whose request it is of.
  const numbers = new WeakMap<Error, string>();
  const apollo = new ApolloServer<HttpContext>({
    schema,
    // Its own holds 30 MB of documents as JSON, which is hundreds in memory.
    documentStore: {
      get: async (key) => parsed.get(key),
      set: async (key, document) => parsed.set(key, document),
      delete: async () => false,
    },
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // `sameOriginReads` and `jsonBodiesOnly` ask more of a browser, and let a GET of a program in.
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    // A document is held against the limits by its text, so it has to come with every request.
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: services.log,
    plugins: [costPlugin, remembering(numbers)],
    formatError: (formatted, error) => {
      const number = error instanceof Error ? numbers.get(error) : undefined;
      const own = answerError(error, services.log, number ?? '');
      // Apollo's own refusals (a mutation by GET, a body that is none) carry codes of Apollo.
      return own.extensions?.code === 'INTERNAL_SERVER_ERROR' && isApolloRefusal(formatted.extensions?.code)
        ? { ...formatted, extensions: { code: 'BAD_USER_INPUT' } }
        : own;
    },
  });
  apollo.startInBackgroundHandlingStartupErrorsByLoggingAndFailingAllRequests();

  const router = express.Router();
  router.use(sameOriginReads(services), jsonBodiesOnly, express.json({ limit: maxBodyBytes, strict: true }));
  router.use(entered(services, documents, budget));
  router.use(
    expressMiddleware(apollo, {
      context: async ({ res }) => ({
        ...services,
        ...known(res),
        loaders: new Map(),
        requestId: requestIdOf(res),
      }),
    }),
  );
  router.use(graphqlErrors(services));
  return router;
}

/** Writes the cost and the request's number into what Apollo answers. */
const costPlugin: ApolloServerPlugin<HttpContext> = {
  requestDidStart: async () => ({
    async willSendResponse({ response, contextValue }) {
      if (response.body.kind !== 'single') return;
      const { singleResult } = response.body;
      singleResult.extensions = { ...singleResult.extensions, cost: contextValue.cost };
      if (singleResult.errors)
        singleResult.errors = singleResult.errors.map((e) => numbered(e, contextValue.requestId));
    },
  }),
};

function remembering(numbers: WeakMap<Error, string>): ApolloServerPlugin<HttpContext> {
  return {
    requestDidStart: async () => ({
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors) numbers.set(error, contextValue.requestId);
      },
    }),
  };
}

function numbered(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  return { ...error, extensions: { ...error.extensions, requestId } };
}

function isApolloRefusal(code: unknown): boolean {
  return typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR';
}

function known(res: Response): Known {
  return res.locals.graphql as Known;
}

/**
 * Says who asks, holds what they ask for against the limits, and takes its price, before Apollo sees it; the socket
 * asks the same functions.
 */
function entered(services: Services, documents: Documents, budget: Budget): RequestHandler {
  return async (req, res, next) => {
    const { query, variables, operationName } = askedBy(req);
    const viewer = await viewerOfRequest(services, req.headers);
    if (viewer === null && req.headers.authorization !== undefined) {
      throw new ApiError('UNAUTHENTICATED', words.graphql.tokenUnknown());
    }
    const prepared = documents.prepare(query, variables, operationName);
    if ('errors' in prepared)
      return answer(
        req,
        res,
        400,
        prepared.errors.map((e) => e.toJSON()),
        true,
      );
    // Apollo would run it as if it were a query.
    if (getOperationAST(prepared.document, operationName)?.operation === 'subscription') {
      throw new ApiError('BAD_USER_INPUT', words.graphql.subscribeBySocket());
    }
    const address = addressKey(clientAddress(services.config, req));
    const cost = await budget.spend(viewer, address, prepared.cost);
    res.locals.graphql = { viewer, cost } satisfies Known;
    return next();
  };
}

const statusOf: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/** The last stop: what was thrown on the way here, as GraphQL answers it. */
function graphqlErrors(services: Services): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    const isOfBody = isBodyError(error);
    const told = isOfBody ? bodyRefusal(error) : answerError(error, services.log, requestIdOf(res));
    const { code, retryAfterMs } = told.extensions ?? {};
    if (code === 'UNAUTHENTICATED') res.set('WWW-Authenticate', 'Bearer');
    if (code === 'RATE_LIMITED') res.set('Retry-After', String(Math.ceil(Number(retryAfterMs) / 1000)));
    if (code === 'UNAVAILABLE') res.set('Retry-After', '5');
    const status = isOfBody && error.type === 'entity.too.large' ? 413 : (statusOf[String(code)] ?? 400);
    answer(req, res, status, [told], false);
  };
}

type BodyError = Error & { type: string; limit?: number };

/** Of a body that could not be read: too large, no JSON, packed in a way we do not unpack. */
function isBodyError(error: unknown): error is BodyError {
  return error instanceof Error && 'type' in error && 'status' in error && Number(error.status) < 500;
}

function bodyRefusal({ type }: BodyError): GraphQLFormattedError {
  const isTooLarge = type === 'entity.too.large';
  const message = isTooLarge ? words.http.PAYLOAD_TOO_LARGE({ maxBytes: maxBodyBytes }) : words.http.BAD_USER_INPUT();
  return { message, extensions: { code: isTooLarge ? 'TOO_COMPLEX' : 'BAD_USER_INPUT' } };
}

function answer(req: Request, res: Response, status: number, errors: GraphQLFormattedError[], isUnderstood: boolean) {
  const requestId = requestIdOf(res);
  const chosen = answerFor(req.headers.accept, status, isUnderstood);
  res.status(chosen.status).type(chosen.type);
  res.send(JSON.stringify({ errors: errors.map((error) => numbered(error, requestId)) }));
}
