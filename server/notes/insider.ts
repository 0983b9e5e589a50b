import { EventEmitter } from 'node:events';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { DocumentEdit, EditOutcome } from '../platform/coEditing.ts';
import { fragmentName } from './document/extensions.ts';
import { identityOf } from './identity.ts';
import type { NoteLimits } from './limits.ts';
import { Peer } from './peer.ts';
import { closeCodes, messageSaved, messageSync, syncStep1, syncStep2 } from './protocol.ts';
import type { RoomNote } from './queries.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';

/**
 * Writes in a note from inside the process: a peer of its room like any other, but for the socket. So what it writes is
 * stored, relayed, counted and refused by the same rules.
 */
export function writeAsInsider(
  rooms: Rooms,
  limits: NoteLimits,
  note: RoomNote,
  edit: DocumentEdit,
): Promise<EditOutcome> {
  const doc = new Y.Doc();
  doc.clientID = edit.clientId;
  return new Promise<EditOutcome>((resolve, reject) => {
    const line = new InnerLine(hear, (code) => finish(code === closeCodes.full ? 'full' : 'away'));
    const peer = new Peer(line as unknown as WebSocket, {
      sessionId: '',
      identity: identityOf(edit.author.personId, edit.author.name),
      canEdit: true,
      isUnseen: true,
      wantsAcks: true,
      tellsItself: true,
      limits,
    });
    // Joining may end it at once: then there is no room to leave.
    let room: Room | null = null;
    room = rooms.join(note, peer);
    room.receive(peer, { kind: 'step1', stateVector: Y.encodeStateVector(doc) });

    function hear(frame: Uint8Array): void {
      try {
        const decoder = decoding.createDecoder(frame);
        const kind = decoding.readVarUint(decoder);
        if (kind === messageSync) sync(decoding.readVarUint(decoder), decoder);
        // The first number is the status; only what is stored counts up the second.
        if (kind === messageSaved && decoding.readVarUint(decoder) === 0 && decoding.readVarUint(decoder) > 0) {
          finish('written');
        }
      } catch (error) {
        leave();
        reject(error);
      }
    }

    function sync(step: number, decoder: decoding.Decoder): void {
      if (step === syncStep1) return;
      Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
      if (step !== syncStep2) return;
      const isKnown = Y.getState(doc.store, edit.clientId) > 0;
      const update = isKnown ? null : changed(doc, edit.change);
      if (update) room?.receive(peer, { kind: 'write', update });
      else finish(isKnown ? 'known' : 'unchanged');
    }

    function finish(outcome: EditOutcome): void {
      leave();
      resolve(outcome);
    }

    function leave(): void {
      line.readyState = WebSocket.CLOSED;
      room?.leave(peer);
    }
  }).finally(() => doc.destroy());
}

/** What the change comes to; null for nothing. */
function changed(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array | null {
  const before = Y.encodeStateVector(doc);
  const heard: Uint8Array[] = [];
  const hear = (update: Uint8Array) => heard.push(update);
  doc.on('update', hear);
  change(doc);
  // A change that only takes away would leave nothing under our id by which another try could know it.
  if (heard.length > 0 && Buffer.compare(Y.encodeStateVector(doc), before) === 0) {
    doc.transact(() => {
      const fragment = doc.getXmlFragment(fragmentName);
      fragment.insert(fragment.length, [new Y.XmlText()]);
      fragment.delete(fragment.length - 1, 1);
    });
  }
  doc.off('update', hear);
  return heard.length === 0 ? null : Y.mergeUpdates(heard);
}

/** What a peer needs of a socket. */
class InnerLine extends EventEmitter {
  readyState: number = WebSocket.OPEN;
  readonly bufferedAmount = 0;

  constructor(
    readonly send: (frame: Uint8Array) => void,
    readonly onEnd: (code: number) => void,
  ) {
    super();
  }

  close(code: number): void {
    if (this.readyState !== WebSocket.OPEN) return;
    this.readyState = WebSocket.CLOSED;
    this.onEnd(code);
  }

  terminate(): void {
    this.close(closeCodes.tryLater);
  }

  ping(): void {
    this.emit('pong');
  }
}
