import { readVarUint } from 'lib0/decoding';
import { length } from 'lib0/encoding';
import type { WebsocketProvider } from 'y-websocket';
import type { Doc } from 'yjs';

/** What is not durable yet. `isFailing`: the server could not store the last change and is trying again. */
export type Saving = { unsaved: number; isFailing: boolean };

/** Query parameters of the room's address that make the server say what is saved. */
export const ackParams = { acks: '1' };

const messageSync = 0;
const messageSaved = 100;

/**
 * Knows how many own changes are not durable yet. The server counts the writing messages of this socket that it has
 * stored (protocol.ts of the server's notes); this side remembers how many changes each message carried. What was
 * changed without a connection, or sent and not confirmed when it broke, travels in the sync step 2 of the next one,
 * which carries everything that the server lacks, deletions too.
 */
export function trackSaving(provider: WebsocketProvider, onChange: (saving: Saving) => void): { stop(): void } {
  const doc: Doc = provider.doc;
  /** Own changes that no message of this socket carries. */
  let waiting = 0;
  /** Changes carried by each unconfirmed message of this socket, oldest first. */
  let underWay: number[] = [];
  let confirmed = 0;
  let isFailing = false;

  function tell() {
    onChange({ unsaved: underWay.reduce((sum, changes) => sum + changes, waiting), isFailing });
  }

  function handleUpdate(_update: Uint8Array, origin: unknown) {
    if (origin === provider) return;
    const { ws } = provider;
    if (provider.wsconnected && ws?.readyState === WebSocketOpen) underWay.push(1);
    else waiting += 1;
    tell();
  }

  function handleClose() {
    waiting = underWay.reduce((sum, changes) => sum + changes, waiting);
    underWay = [];
    confirmed = 0;
    isFailing = false;
    tell();
  }

  const readSync = provider.messageHandlers[messageSync];
  provider.messageHandlers[messageSync] = (encoder, decoder, ...rest) => {
    readSync?.(encoder, decoder, ...rest);
    // An answer was written: the sync step 2 that the server's step 1 asks for. It goes out as soon as we return.
    if (length(encoder) <= 1) return;
    underWay.push(waiting);
    waiting = 0;
    tell();
  };
  provider.messageHandlers[messageSaved] = (_encoder, decoder) => {
    isFailing = readVarUint(decoder) !== 0;
    const count = readVarUint(decoder);
    underWay.splice(0, count - confirmed);
    confirmed = count;
    tell();
  };
  doc.on('update', handleUpdate);
  provider.on('connection-close', handleClose);

  return {
    stop() {
      doc.off('update', handleUpdate);
      provider.off('connection-close', handleClose);
    },
  };
}

/** `WebSocket.OPEN`, also where there is no global WebSocket. */
const WebSocketOpen = 1;
