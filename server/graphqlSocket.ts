import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer as serveSocket } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Viewer } from './access/viewer.ts';
import { viewerBySession, viewerFromCookie } from './accounts/queries.ts';
import { answerError } from './platform/graphql/answerErrors.ts';
import type { GraphqlContext } from './platform/graphql/context.ts';
import { ApiError } from './platform/graphql/errors.ts';
import type { Documents } from './platform/graphql/limits.ts';
import { originAllowed } from './platform/http/origin.ts';
import { maxSocketsPerPerson, refuseUpgrade } from './platform/http/upgrades.ts';
import type { Services } from './platform/services.ts';

const maxPayloadBytes = 1024 * 1024;
const maxSubscriptions = 50;
/** What may wait to be read by one socket before it is cut. */
const maxUnreadBytes = 4_000_000;
/** RFC 6455: the server restarts, come back. */
const serviceRestart = 1012;

export type GraphqlUpgrade = {
  matches(pathname: string): boolean;
  handle(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
};

/** GraphQL over graphql-ws on `/graphql`: who may not enter is refused before the handshake. */
export function graphqlUpgrade(services: Services, schema: GraphQLSchema, documents: Documents): GraphqlUpgrade {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: maxPayloadBytes });
  const viewers = new Map<WebSocket, Viewer>();
  let isClosing = false;

  const served = serveSocket(
    {
      schema,
      // Otherwise the reason of a close would be an internal error's own words.
      isProd: true,
      onSubscribe: (ctx, _id, payload) => {
        if (Object.keys(ctx.subscriptions).length > maxSubscriptions) return [new ApiError('RATE_LIMITED')];
        const prepared = documents.prepare(payload.query, payload.variables);
        if ('errors' in prepared) return prepared.errors;
        const viewer = viewers.get(ctx.extra.socket) ?? null;
        // One context an operation: a stream clears its loaders before each message.
        const contextValue: GraphqlContext = { ...services, viewer, loaders: new Map() };
        return {
          schema,
          document: prepared.document,
          operationName: payload.operationName,
          variableValues: payload.variables,
          contextValue,
        };
      },
      onNext: (_ctx, _id, _payload, _args, result) =>
        result.errors ? { ...result, errors: result.errors.map((error) => answer(error)) } : undefined,
      onError: (_ctx, _id, _payload, errors) => errors.map((error) => answer(error)),
    },
    server,
  );

  function answer(error: unknown): GraphQLError {
    const { message, extensions } = answerError(error, services.log, randomUUID());
    return new GraphQLError(message, { extensions });
  }

  async function enter(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (isClosing) return refuseUpgrade(socket, '503 Service Unavailable');
    if (!originAllowed(services, req)) return refuseUpgrade(socket, '403 Forbidden');
    const viewer = await viewerFromCookie(services, req.headers.cookie);
    if (!viewer) return refuseUpgrade(socket, '401 Unauthorized');
    if (services.connections.countOf(viewer.personId) >= maxSocketsPerPerson) {
      return refuseUpgrade(socket, '429 Too Many Requests');
    }
    server.handleUpgrade(req, socket, head, (ws) => {
      viewers.set(ws, viewer);
      const isStillAllowed = async () => {
        const now = await viewerBySession(services, viewer.sessionId);
        return now !== null && now.role === viewer.role && now.accountId === viewer.accountId;
      };
      const end = () => ws.close(CloseCode.Forbidden, 'Forbidden');
      const { personId, sessionId } = viewer;
      const forget = services.connections.add({ personId, sessionId, isStillAllowed, end });
      // Rights may have changed between the question above and this line, and nobody would have told this socket.
      void isStillAllowed().then((isAllowed) => isAllowed || end(), end);
      // graphql-ws listens for one error; a second one without a listener would end the process.
      ws.on('error', () => ws.terminate());
      // Pings are answered however little is read: one who reads nothing would let the answers pile up here.
      const cutIfUnread = () => ws.bufferedAmount > maxUnreadBytes && ws.terminate();
      ws.on('message', cutIfUnread);
      ws.on('ping', cutIfUnread);
      ws.once('close', () => {
        viewers.delete(ws);
        forget();
      });
      server.emit('connection', ws, req);
    });
  }

  return {
    matches: (pathname) => pathname === '/graphql',
    handle(req, socket, head) {
      enter(req, socket, head).catch((error: unknown) => {
        services.log.error({ err: error }, 'graphql socket');
        refuseUpgrade(socket, '503 Service Unavailable');
      });
    },
    async close() {
      isClosing = true;
      for (const ws of viewers.keys()) ws.close(serviceRestart, 'Restarting');
      await served.dispose();
    },
  };
}
