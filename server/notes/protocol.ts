import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/**
 * The messages of a note's socket: those of y-websocket, and one of our own.
 *
 * A room is reached at `/notes/<note id>.<epoch>`. Whole binary frames, one message each. `varuint` is lib0's: seven
 * bits a byte, lowest first, the high bit says that more follow. `bytes` and `string` are a varuint length and that
 * many bytes. Both sides send `sync step 1` when the socket opens; each answers the other's with `sync step 2`.
 *
 *   sync step 1      00 00 bytes           state vector of the sender: what it has
 *   sync step 2      00 01 bytes           a Yjs update (V1): what the other side lacks
 *   update           00 02 bytes           a Yjs update (V1): what changed just now
 *   awareness        01 bytes              varuint n, then n times: varuint client id, varuint clock, string JSON state
 *                                          (`null` when it left). The server writes `user` itself and drops entries
 *                                          under ids that belong to another socket.
 *   query awareness  03                    asks for everybody's awareness
 *   saved            64 status count       (hex 64 is 100.) From the server, only when the address ends in `?acks=1`:
 *                                          other clients would log it as unknown. `count`, a varuint, is how many sync
 *                                          step 2 and update messages of THIS socket are durable, in the order sent.
 *                                          `status` 0: all is well; 1: the last write to the database failed, it is
 *                                          being tried again, and nothing after `count` is saved.
 *
 * From a viewer who may not edit, step 2 and update are both dropped. Every 15 seconds the server sends a ping and an
 * awareness message without entries: y-websocket's client gives up a socket on which nothing came for 30 seconds.
 *
 * Refused before 101: paths that are no room, unknown, foreign and future rooms 404; no session 401; foreign origin 403.
 */
export const closeCodes = {
  /** A message that cannot be read. Final. */
  malformed: 4400,
  /** Access was revoked. Final. */
  revoked: 4403,
  /** The room's epoch is over: the note's history started anew. Final. */
  oldEpoch: 4410,
  /** The note is full: nothing can be added until something is deleted. Final. */
  full: 4413,
  /** The server is going down, or this socket's rights have changed; come back. */
  restarting: 1012,
  /** The note could not be loaded, or the socket sent more than can be stored now; come back. */
  tryLater: 1013,
} as const;

export const messageSync = 0;
const messageAwareness = 1;
const messageQueryAwareness = 3;
export const messageSaved = 100;

export const syncStep1 = 0;
export const syncStep2 = 1;
const syncUpdate = 2;

export type ClientMessage =
  | { kind: 'step1'; stateVector: Uint8Array }
  | { kind: 'write'; update: Uint8Array }
  | { kind: 'awareness'; entries: Uint8Array }
  | { kind: 'queryAwareness' }
  | { kind: 'unknown' };

/** Throws on what cannot be read. Copies, so that nothing keeps the socket's buffer or can read beyond the message. */
export function readMessage(data: Uint8Array): ClientMessage {
  const decoder = decoding.createDecoder(new Uint8Array(data));
  switch (decoding.readVarUint(decoder)) {
    case messageSync:
      return readSync(decoder);
    case messageAwareness:
      return { kind: 'awareness', entries: decoding.readVarUint8Array(decoder) };
    case messageQueryAwareness:
      return { kind: 'queryAwareness' };
    default:
      return { kind: 'unknown' };
  }
}

function readSync(decoder: decoding.Decoder): ClientMessage {
  switch (decoding.readVarUint(decoder)) {
    case syncStep1:
      return { kind: 'step1', stateVector: decoding.readVarUint8Array(decoder) };
    case syncStep2:
    case syncUpdate:
      return { kind: 'write', update: decoding.readVarUint8Array(decoder) };
    default:
      return { kind: 'unknown' };
  }
}

export function step1Frame(stateVector: Uint8Array): Uint8Array {
  return syncFrame(syncStep1, stateVector);
}

export function step2Frame(update: Uint8Array): Uint8Array {
  return syncFrame(syncStep2, update);
}

export function updateFrame(update: Uint8Array): Uint8Array {
  return syncFrame(syncUpdate, update);
}

function syncFrame(step: number, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageSync);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

export type AwarenessEntry = { clientId: number; clock: number; state: string };

/** Throws on what cannot be read. */
export function readAwareness(entries: Uint8Array, max: number): AwarenessEntry[] {
  const decoder = decoding.createDecoder(entries);
  const count = decoding.readVarUint(decoder);
  const read: AwarenessEntry[] = [];
  for (let i = 0; i < Math.min(count, max); i++) {
    read.push({
      clientId: decoding.readVarUint(decoder),
      clock: decoding.readVarUint(decoder),
      state: decoding.readVarString(decoder),
    });
  }
  return read;
}

export function awarenessFrame(entries: readonly AwarenessEntry[]): Uint8Array {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, entries.length);
  for (const { clientId, clock, state } of entries) {
    encoding.writeVarUint(inner, clientId);
    encoding.writeVarUint(inner, clock);
    encoding.writeVarString(inner, state);
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageAwareness);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
  return encoding.toUint8Array(encoder);
}

export function savedFrame(status: 'saved' | 'failing', count: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageSaved);
  encoding.writeVarUint(encoder, status === 'saved' ? 0 : 1);
  encoding.writeVarUint(encoder, count);
  return encoding.toUint8Array(encoder);
}
