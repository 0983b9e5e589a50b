import { WebSocket as NodeSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { ackParams, type Saving, trackSaving } from '../../client/features/notes/saving.ts';

export type NoteAddress = {
  /** http://localhost:<port> */
  url: string;
  /** Cookie header of a session. */
  cookie: string;
  /** `Note.room`: /notes/<id>.<epoch> */
  room: string;
};

export type NotePeer = {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  saving(): Saving;
  /** The close codes of its sockets, so far. */
  readonly closed: number[];
  text(): string;
  /** Adds a paragraph at the end. */
  addParagraph(text: string): void;
  synced(): Promise<void>;
  saved(): Promise<void>;
  close(): void;
};

/** The browser's document is a fragment of this name: TipTap's default. */
const field = 'default';

/** Enters a note as the browser does: y-websocket's own provider, a session cookie, our page's origin. */
export function enterNote({ url, cookie, room }: NoteAddress): NotePeer {
  class CookieSocket extends NodeSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers: { origin: url, ...(cookie === '' ? {} : { cookie }) } });
    }
  }
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment(field);
  const [, folder = '', name = ''] = room.split('/');
  const provider = new WebsocketProvider(`${url.replace(/^http/, 'ws')}/${folder}`, name, doc, {
    WebSocketPolyfill: CookieSocket as unknown as typeof WebSocket,
    params: ackParams,
    disableBc: true,
    maxBackoffTime: 100,
  });
  const closed: number[] = [];
  const waiters = new Set<() => void>();
  let saving: Saving = { unsaved: 0, isFailing: false };
  let isClosed = false;
  const wake = () => {
    for (const look of [...waiters]) look();
  };
  const tracker = trackSaving(provider, (now) => {
    saving = now;
    wake();
  });
  provider.on('connection-close', (event) => {
    if (event) closed.push(event.code);
  });
  provider.on('sync', wake);
  provider.on('closed', wake);

  function until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!isSo() && !isClosed && provider.shouldConnect) return;
        waiters.delete(look);
        if (isSo()) resolve();
        else reject(new Error(`The note was closed (${closed.join(', ')}).`));
      };
      waiters.add(look);
      look();
    });
  }

  return {
    doc,
    provider,
    closed,
    saving: () => saving,
    text: () => paragraphs(fragment).join('\n'),
    addParagraph(text) {
      doc.transact(() => {
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [new Y.XmlText(text)]);
        fragment.push([paragraph]);
      });
    },
    synced: () => until(() => provider.synced),
    saved: () => until(() => saving.unsaved === 0 && provider.synced),
    close() {
      isClosed = true;
      wake();
      tracker.stop();
      provider.destroy();
      doc.destroy();
    },
  };
}

/** The paragraphs of a note as a newcomer sees them, one a line. */
export async function noteText(address: NoteAddress): Promise<string> {
  const peer = enterNote(address);
  try {
    await peer.synced();
    return peer.text();
  } finally {
    peer.close();
  }
}

function paragraphs(fragment: Y.XmlFragment): string[] {
  return fragment.toArray().map((node) => plain(node));
}

function plain(node: Y.XmlElement | Y.XmlText | Y.XmlHook): string {
  if (node instanceof Y.XmlText) return (node.toDelta() as { insert: unknown }[]).map(({ insert }) => insert).join('');
  return node instanceof Y.XmlElement ? node.toArray().map(plain).join('') : '';
}
