import { createServer, type Server, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';

/*
 * The Postgres protocol in front of PGlite, which has a single session. Connections take turns. A turn:
 *   free --complete messages arrive--> held --ready for query, outside a transaction--> free
 * It is held through everything that has to stay together: the messages up to a Sync (with another connection's Bind
 * in between, our Execute would run its query; its error would swallow our messages), and a transaction until its end.
 * What a connection leaves open when it goes is rolled back before the next one's turn.
 *
 * Client messages: type (1 byte), length (4, itself included), body. The first of a connection has no type:
 * length, code (196608: start-up; 80877103: asks for TLS; 80877102: cancel).
 */

const startupCode = 196608;
const tlsCode = 80877103;
const maxMessageBytes = 1_000_000_000;
/** A transaction in which nothing was said for so long would keep everybody else waiting: its connection is cut. */
const maxSilenceMs = 60_000;

const type = { query: 0x51, sync: 0x53, parse: 0x50, terminate: 0x58 };

type Turn = { socket: Socket; begin: () => void };

export type EmbeddedServer = {
  /** Not listening yet. */
  server: Server;
  /** Cuts every connection. */
  end(): void;
};

/** Serves `database` once it is there; connections made before then wait. */
export function createEmbeddedServer(database: Promise<PGlite>, maxConnections: number): EmbeddedServer {
  const sockets = new Set<Socket>();
  const waiting: Turn[] = [];
  let holder: Socket | null = null;
  let isEnding = false;

  function takeTurn(socket: Socket): Promise<void> {
    if (holder === socket) return Promise.resolve();
    return new Promise((begin) => {
      waiting.push({ socket, begin });
      passTurn();
    });
  }

  function passTurn() {
    if (holder !== null) return;
    const next = waiting.shift();
    if (!next) return;
    holder = next.socket;
    next.begin();
  }

  function endTurn(socket: Socket) {
    if (holder !== socket) return;
    holder = null;
    passTurn();
  }

  async function exchange(socket: Socket, message: Uint8Array, isAnswered = true) {
    const db = await database;
    const chunks: Uint8Array[] = [];
    try {
      await db.execProtocolRawStream(message, { onRawData: (data) => chunks.push(data.slice()) });
    } catch (error) {
      // An SQL error is an answer; this is PGlite itself breaking, after which nothing it says can be trusted.
      if (!isEnding) setImmediate(() => raise(error));
      throw error;
    }
    if (isAnswered && chunks.length > 0 && socket.writable) socket.write(Buffer.concat(chunks));
  }

  async function serve(socket: Socket) {
    const statements = new Set<string>();
    let isStarted = false;
    try {
      for await (const messages of messagesOf(socket, () => isStarted)) {
        if (messages.isEnd) break;
        await takeTurn(socket);
        socket.setTimeout(0);
        await exchange(socket, messages.bytes);
        isStarted = true;
        for (const statement of messages.prepared) statements.add(statement);
        if (messages.isComplete && !(await database).isInTransaction()) endTurn(socket);
        else socket.setTimeout(maxSilenceMs);
      }
    } finally {
      socket.destroy();
      if (isStarted) {
        await takeTurn(socket);
        await exchange(socket, forget(statements), false);
        if ((await database).isInTransaction()) await exchange(socket, simpleQuery('rollback'), false);
      }
      endTurn(socket);
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    // A connection that breaks is no more than one that ends: the loop over its data sees to it.
    socket.on('error', () => {});
    socket.once('timeout', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    serve(socket).catch(() => socket.destroy());
  });
  server.maxConnections = maxConnections;
  return {
    server,
    end() {
      isEnding = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}

type Messages = {
  bytes: Uint8Array;
  /** The last one is a query or a Sync: the answer ends with "ready for query". */
  isComplete: boolean;
  isEnd: boolean;
  /** Names of the statements that they prepare. */
  prepared: string[];
};

/** Cuts the stream of a connection into runs of whole messages: at each Sync or query, or where the data pauses. */
async function* messagesOf(socket: Socket, isStarted: () => boolean): AsyncGenerator<Messages> {
  let buffer: Buffer = Buffer.alloc(0);
  for await (const chunk of socket) {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    if (!isStarted()) {
      const length = buffer.length >= 8 ? buffer.readInt32BE(0) : Number.POSITIVE_INFINITY;
      if (buffer.length < length) continue;
      const code = buffer.readInt32BE(4);
      const packet = buffer.subarray(0, length);
      buffer = buffer.subarray(length);
      if (code === tlsCode) {
        socket.write('N');
        continue;
      }
      // A cancel request comes on a connection of its own and is never answered; there is nothing to interrupt here.
      if (code !== startupCode) return;
      yield { bytes: packet, isComplete: true, isEnd: false, prepared: [] };
    }
    for (;;) {
      const run = wholeMessages(buffer);
      if (run.length === 0) break;
      buffer = buffer.subarray(run.length);
      yield run.messages;
    }
  }
}

function wholeMessages(buffer: Buffer): { length: number; messages: Messages } {
  const messages: Messages = { bytes: buffer, isComplete: false, isEnd: false, prepared: [] };
  let at = 0;
  while (!messages.isComplete && !messages.isEnd && at + 5 <= buffer.length) {
    const kind = buffer[at];
    const size = buffer.readInt32BE(at + 1);
    if (size < 4 || size > maxMessageBytes) throw new Error('Not the Postgres protocol.');
    if (at + 1 + size > buffer.length) break;
    if (kind === type.parse) {
      const name = buffer.toString('utf8', at + 5, buffer.indexOf(0, at + 5));
      if (name !== '') messages.prepared.push(name);
    }
    messages.isEnd = kind === type.terminate;
    messages.isComplete = kind === type.query || kind === type.sync;
    at += 1 + size;
  }
  messages.bytes = new Uint8Array(buffer.subarray(0, at));
  return { length: at, messages };
}

/** Statements live as long as the one session does: those of a connection that is gone are closed for it. */
function forget(statements: Set<string>): Uint8Array {
  const closes = [...statements].map((name) => message('C', `S${name}\0`));
  return Buffer.concat([...closes, message('S', '')]);
}

function simpleQuery(text: string): Uint8Array {
  return message('Q', `${text}\0`);
}

function raise(error: unknown): never {
  throw error;
}

function message(kind: string, body: string): Buffer {
  const bytes = Buffer.from(` \0\0\0\0${body}`);
  bytes.write(kind, 0);
  bytes.writeInt32BE(bytes.length - 1, 1);
  return bytes;
}
