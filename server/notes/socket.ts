import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { sessionOwner, type Viewer } from '../access/viewer.ts';
import { originAllowed } from '../platform/http/origin.ts';
import { maxSocketsPerPerson, refuseUpgrade } from '../platform/http/upgrades.ts';
import type { Services } from '../platform/services.ts';
import { viewerAgain, viewerOfRequest } from '../tokens/queries.ts';
import { identityOf } from './identity.ts';
import { writeAsInsider } from './insider.ts';
import { type NoteLimits, noteLimits } from './limits.ts';
import { Peer } from './peer.ts';
import { type ClientMessage, closeCodes, readMessage } from './protocol.ts';
import { noteForRoom, type RoomAccess, roomNote } from './queries.ts';
import { createRooms } from './rooms.ts';

export type NotesUpgrade = {
  /** Whether this path is for us, be it a room or not. */
  matches(pathname: string): boolean;
  handle(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** How many notes are open. */
  openRooms(): number;
  /** Stores what has arrived and ends every socket with "come back". */
  close(): Promise<void>;
};

type Options = { limits?: Partial<NoteLimits> };

/** The path is matched as it was sent, before anything could decode or shorten it: no other spelling names a room. */
const roomPath = /^\/notes\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([1-9][0-9]{0,8})$/;

type Entry = { viewer: Viewer; access: RoomAccess; isOldEpoch: boolean; wantsAcks: boolean };
type Refusal = 401 | 403 | 404 | 429 | 503;

const reasons: Record<Refusal, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

/** The notes' WebSocket: whoever may not enter is refused before the handshake, and no room is opened for them. */
export function notesUpgrade(services: Services, options: Options = {}): NotesUpgrade {
  const limits = { ...noteLimits, ...options.limits };
  const rooms = createRooms(services, limits);
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: limits.messageBytes });
  let isClosing = false;
  /** One write by the server at a time in a note: a second try of one waits, and then finds it written. */
  const inside = new Map<string, Promise<unknown>>();

  services.coEditing.hostedBy(async (edit) => {
    const before = inside.get(edit.documentId);
    const writing = (async () => {
      await before?.catch(() => {});
      const note = isClosing ? null : await roomNote(services, edit.documentId);
      return note?.epoch === edit.epoch ? writeAsInsider(rooms, limits, note, edit) : 'away';
    })();
    inside.set(edit.documentId, writing);
    try {
      return await writing;
    } finally {
      if (inside.get(edit.documentId) === writing) inside.delete(edit.documentId);
    }
  });

  async function entryOf(req: IncomingMessage): Promise<Entry | Refusal> {
    if (isClosing) return 503;
    if (!originAllowed(services, req)) return 403;
    const [path = '', query = ''] = (req.url ?? '').split('?', 2);
    const [, noteId, epochText] = roomPath.exec(path) ?? [];
    const viewer = await viewerOfRequest(services, req.headers);
    if (!viewer) return 401;
    if (noteId === undefined) return 404;
    const access = await noteForRoom(services, viewer, noteId);
    const epoch = Number(epochText);
    if (!access || epoch > access.note.epoch) return 404;
    const wantsAcks = new URLSearchParams(query).get('acks') === '1';
    return { viewer, access, isOldEpoch: epoch < access.note.epoch, wantsAcks };
  }

  async function handle(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const dropped = () => socket.destroy();
    socket.on('error', dropped);
    const entry = await entryOf(req).catch((error: unknown): Refusal => {
      services.log.error({ error }, "a note's handshake failed");
      return 503;
    });
    if (typeof entry === 'number') return refuse(socket, entry);
    if (isClosing) return refuse(socket, 503);
    if (services.connections.countOf(sessionOwner(entry.viewer)) >= maxSocketsPerPerson) return refuse(socket, 429);
    socket.off('error', dropped);
    server.handleUpgrade(req, socket, head, (ws) => enter(ws, socket, entry));
  }

  function enter(ws: WebSocket, wire: Duplex, { viewer, access, isOldEpoch, wantsAcks }: Entry): void {
    // A socket without a listener for errors would end the process.
    ws.on('error', () => ws.terminate());
    if (isOldEpoch) {
      ws.close(closeCodes.oldEpoch);
      return;
    }
    const { personId, viewedBy, sessionId } = viewer;
    const options = {
      sessionId,
      identity: identityOf(personId, access.personName),
      canEdit: access.canEdit,
      isUnseen: viewedBy !== null,
      wantsAcks,
      limits,
    };
    const peer = new Peer(ws, options, wire);
    const room = rooms.join(access.note, peer);

    const isStillAllowed = async () => {
      const now = await viewerAgain(services, viewer);
      const isSame = now?.personId === viewer.personId && now.viewedBy === viewedBy;
      const renewed = now && isSame && (await noteForRoom(services, now, access.note.noteId));
      // Its note was started anew: what is written in the old one would be in nobody's note.
      if (renewed && renewed.note.epoch !== access.note.epoch) {
        peer.canEdit = false;
        peer.end(closeCodes.oldEpoch);
        return true;
      }
      // The client counts on an answer to each of its writes, so a socket has one set of rights for life: with others it
      // has to come back.
      if (renewed && renewed.canEdit !== access.canEdit) {
        peer.canEdit = false;
        peer.end(closeCodes.restarting);
      }
      return renewed !== null && renewed !== false;
    };
    const end = () => {
      peer.canEdit = false;
      peer.end(closeCodes.revoked);
    };
    const forget = services.connections.add({ personId, viewedBy, sessionId, isStillAllowed, end });
    // Rights may have changed between the handshake and the line above, and nobody would have told this socket.
    void isStillAllowed().then((isAllowed) => isAllowed || end(), end);

    ws.on('message', (data: Buffer, isBinary) => {
      const message = isBinary ? readable(data) : null;
      if (message === null) return peer.end(closeCodes.malformed);
      if (!room.receive(peer, message)) peer.end(closeCodes.malformed);
    });
    ws.on('close', () => {
      forget();
      room.leave(peer);
    });
  }

  return {
    matches: (pathname) => pathname === '/notes' || pathname.startsWith('/notes/'),
    handle: (req, socket, head) => void handle(req, socket, head),
    openRooms: rooms.size,
    async close() {
      isClosing = true;
      await rooms.close();
      server.close();
    },
  };
}

function readable(data: Buffer): ClientMessage | null {
  try {
    return readMessage(data);
  } catch {
    return null;
  }
}

function refuse(socket: Duplex, status: Refusal): void {
  refuseUpgrade(socket, `${status} ${reasons[status]}`);
}
