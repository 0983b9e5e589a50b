import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema, getOperationAST, subscribe } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer as serveSocket } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { hasSameRights, sessionOwner, type Viewer } from './access/viewer.ts';
import { createFanOut } from './live/streams/fanOut.ts';
import type { Sink } from './live/streams/member.ts';
import { answerError } from './platform/graphql/answerErrors.ts';
import type { Budget, Cost } from './platform/graphql/budget.ts';
import type { GraphqlContext } from './platform/graphql/context.ts';
import { ApiError } from './platform/graphql/errors.ts';
import type { Documents } from './platform/graphql/limits.ts';
import { addressKey, clientAddress } from './platform/http/clientAddress.ts';
import { originAllowed } from './platform/http/origin.ts';
import { maxSocketsPerPerson, refuseUpgrade } from './platform/http/upgrades.ts';
import type { Services } from './platform/services.ts';
import { viewerAgain, viewerBySecret, viewerOfRequest } from './tokens/queries.ts';
import { words } from './words/en.ts';

const maxPayloadBytes = 1024 * 1024;
/** How many operations may run at once on one socket, and on all sockets of one person. */
const maxSubscriptions = 50;
const maxSubscriptionsPerPerson = 500;
/** What may wait to be read by one socket before it is cut. */
const maxUnreadBytes = 4_000_000;
/** RFC 6455: the server restarts, come back. */
const serviceRestart = 1012;
/** How long a socket may be open before it has said who it is, and how many of one address may be at that. */
const introductionMs = 3_000;
const maxUnknownPerAddress = 20;

export type GraphqlUpgrade = {
  matches(pathname: string): boolean;
  handle(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
};

/**
 * GraphQL over graphql-ws on `/graphql`. The states of a socket:
 *
 *   handshake  with a cookie or an `Authorization` header: who may not enter is refused before 101
 *              with neither: `unknown`, for 3 seconds at most
 *   unknown -> known    `connection_init` whose payload has a living `token`
 *   unknown -> closed   4403 for any other, 4408 for none in time
 *   known   -> closed   4403 as soon as its rights end; 1012 when they changed: it comes back with those that it has then
 */
export function graphqlUpgrade(
  services: Services,
  schema: GraphQLSchema,
  documents: Documents,
  budget: Budget,
): GraphqlUpgrade {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: maxPayloadBytes });
  const open = new Set<WebSocket>();
  const viewers = new WeakMap<WebSocket, Viewer>();
  const addresses = new WeakMap<WebSocket, string>();
  const unknown = new Map<string, number>();
  const costs = new WeakMap<object, Cost>();
  const sinks = new WeakMap<object, Sink>();
  const running = new Map<string, Set<{ readonly subscriptions: object }>>();
  const fanOut = createFanOut(services, schema, answer);
  let isClosing = false;

  const served = serveSocket(
    {
      schema,
      connectionInitWaitTimeout: introductionMs,
      // Otherwise the reason of a close would be an internal error's own words.
      isProd: true,
      async onConnect({ extra, connectionParams }) {
        const { socket } = extra;
        // Who came with a cookie or a header is known, and stays who they are.
        if (viewers.has(socket)) return true;
        const secret = connectionParams?.token;
        const viewer = typeof secret === 'string' ? await viewerBySecret(services, secret) : null;
        if (!viewer || isFull(viewer)) return false;
        enter(socket, viewer);
        return true;
      },
      onSubscribe: async (ctx, id, payload) => {
        const { socket } = ctx.extra;
        if (isBusy(ctx, viewers.get(socket))) return [answer(new ApiError('RATE_LIMITED'))];
        const extensions = payload.extensions ?? {};
        if (Object.hasOwn(extensions, 'persistedQuery')) {
          return [answer(new ApiError('BAD_USER_INPUT', words.graphql.persistedQueries()))];
        }
        const prepared = documents.prepare(payload.query, payload.variables, payload.operationName);
        if ('errors' in prepared) return prepared.errors;
        const viewer = viewers.get(socket) ?? null;
        try {
          const cost = await budget.spend(viewer, addresses.get(socket) ?? '', prepared.cost);
          // One context an operation: a stream clears its loaders before each message.
          const contextValue: GraphqlContext = { ...services, viewer, loaders: new Map() };
          // A stream has paid for all of its messages, which stay as lean as they are many.
          const isStream = getOperationAST(prepared.document, payload.operationName)?.operation === 'subscription';
          if (isStream) sinks.set(contextValue, sinkOf(socket, id));
          else costs.set(contextValue, cost);
          return {
            schema,
            document: prepared.document,
            operationName: payload.operationName,
            variableValues: payload.variables,
            contextValue,
          };
        } catch (error) {
          return [answer(error)];
        }
      },
      subscribe: (args: ExecutionArgs) => {
        const sink = sinks.get(args.contextValue as object);
        return sink && fanOut.isLog(args) ? fanOut.follow(args, sink) : subscribe(args);
      },
      onDisconnect: (ctx) => {
        const viewer = viewers.get(ctx.extra.socket);
        const theirs = viewer && running.get(sessionOwner(viewer));
        if (theirs?.delete(ctx) && theirs.size === 0) running.delete(sessionOwner(viewer as Viewer));
      },
      onNext: (_ctx, _id, _payload, args, result) => {
        const cost = costs.get(args.contextValue as object);
        if (!result.errors && !cost) return undefined;
        return {
          ...result,
          ...(result.errors ? { errors: result.errors.map((error) => answer(error)) } : {}),
          ...(cost ? { extensions: { ...result.extensions, cost } } : {}),
        };
      },
      onError: (_ctx, _id, _payload, errors) => errors.map((error) => answer(error)),
    },
    server,
  );

  function answer(error: unknown): GraphQLError {
    if (error instanceof GraphQLError && typeof error.extensions.requestId === 'string') return error;
    const { message, extensions } = answerError(error, services.log, randomUUID());
    return new GraphQLError(message, { extensions });
  }

  /** Whether a socket, or its person on all of theirs, has as much under way as they may. */
  function isBusy(ctx: { readonly subscriptions: object }, viewer: Viewer | undefined): boolean {
    const count = ({ subscriptions }: { readonly subscriptions: object }) => Object.keys(subscriptions).length;
    if (count(ctx) > maxSubscriptions) return true;
    if (!viewer) return false;
    const owner = sessionOwner(viewer);
    const theirs = running.get(owner) ?? new Set();
    running.set(owner, theirs.add(ctx));
    return [...theirs].reduce((sum, one) => sum + count(one), 0) > maxSubscriptionsPerPerson;
  }

  function isFull(viewer: Viewer): boolean {
    return services.connections.countOf(sessionOwner(viewer)) >= maxSocketsPerPerson;
  }

  /** From here on the socket is somebody's, and ends when their rights do. */
  function enter(ws: WebSocket, viewer: Viewer): void {
    viewers.set(ws, viewer);
    const isStillAllowed = async () => {
      const now = await viewerAgain(services, viewer);
      if (now && !hasSameRights(now, viewer)) ws.close(serviceRestart, 'Rights changed');
      return now !== null;
    };
    const end = () => ws.close(CloseCode.Forbidden, 'Forbidden');
    const { personId, viewedBy, sessionId } = viewer;
    const forget = services.connections.add({ personId, viewedBy, sessionId, isStillAllowed, end });
    ws.once('close', forget);
    // Rights may have changed between the question above and this line, and nobody would have told this socket.
    void isStillAllowed().then((isAllowed) => isAllowed || end(), end);
  }

  async function knock(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (isClosing) return refuseUpgrade(socket, '503 Service Unavailable');
    if (!originAllowed(services, req)) return refuseUpgrade(socket, '403 Forbidden');
    const { authorization, cookie } = req.headers;
    const viewer = await viewerOfRequest(services, req.headers);
    const isToTell = authorization === undefined && cookie === undefined;
    if (!viewer && !isToTell) return refuseUpgrade(socket, '401 Unauthorized');
    const address = addressKey(clientAddress(services.config, req));
    const waiting = unknown.get(address) ?? 0;
    if (viewer ? isFull(viewer) : waiting >= maxUnknownPerAddress) {
      return refuseUpgrade(socket, '429 Too Many Requests');
    }
    server.handleUpgrade(req, socket, head, (ws) => {
      open.add(ws);
      addresses.set(ws, address);
      ws.once('close', () => open.delete(ws));
      // graphql-ws listens for one error; a second one without a listener would end the process.
      ws.on('error', () => ws.terminate());
      // Pings are answered however little is read: one who reads nothing would let the answers pile up here.
      const cutIfUnread = () => ws.bufferedAmount > maxUnreadBytes && ws.terminate();
      ws.on('message', cutIfUnread);
      ws.on('ping', cutIfUnread);
      if (viewer) enter(ws, viewer);
      else countUnknown(ws, address);
      server.emit('connection', ws, req);
    });
  }

  /** Nobody fills the house with sockets that never say who they are. */
  function countUnknown(ws: WebSocket, address: string): void {
    unknown.set(address, (unknown.get(address) ?? 0) + 1);
    let isCounted = true;
    const done = () => {
      if (!isCounted) return;
      isCounted = false;
      clearTimeout(timer);
      const rest = (unknown.get(address) ?? 1) - 1;
      if (rest > 0) unknown.set(address, rest);
      else unknown.delete(address);
    };
    const timer = setTimeout(done, introductionMs).unref();
    ws.once('close', done);
  }

  return {
    matches: (pathname) => pathname === '/graphql',
    handle(req, socket, head) {
      knock(req, socket, head).catch((error: unknown) => {
        services.log.error({ err: error }, 'graphql socket');
        refuseUpgrade(socket, '503 Service Unavailable');
      });
    },
    async close() {
      isClosing = true;
      fanOut.close();
      for (const ws of open) ws.close(serviceRestart, 'Restarting');
      await served.dispose();
    },
  };
}

/** The `next` message of graphql-ws around an answer that others get too. */
function sinkOf(ws: WebSocket, id: string): Sink {
  const opening = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  const closing = Buffer.from('}');
  return {
    send: (answer) => ws.send(Buffer.concat([opening, answer, closing]), { binary: false }),
    waitingBytes: () => ws.bufferedAmount,
  };
}
