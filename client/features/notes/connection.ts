import { WebsocketProvider } from 'y-websocket';
import { Doc, getState } from 'yjs';
import { type Kept, keepOnDevice, type Leftover, leftoverOf } from './keeping.ts';
import { wordsSince } from './ownWords.ts';
import { ackParams, trackSaving } from './saving.ts';

/** Why a room will not come back by itself. */
export type EndReason = 'revoked' | 'restarted' | 'full' | 'tooLarge' | 'broken';

export type NoteState = {
  /** Nothing has been shown yet; `slow` when that lasts. */
  phase: 'connecting' | 'slow' | 'open' | 'offline' | 'ended';
  reason: EndReason | null;
  /** Own changes that are not durable yet. */
  unsaved: number;
  /** Everything written here stands on this device, too: it outlives the page. */
  isKept: boolean;
  /** Something is not durable, or has only just become so: while somebody types, the word on the screen stands still. */
  isSaving: boolean;
  /** The server could not store the last change and is trying again. */
  isFailing: boolean;
  /** Names of the others in this note, by the server's word. */
  others: readonly string[];
};

export type NoteConnection = {
  readonly doc: Doc;
  readonly provider: WebsocketProvider;
  /** What could not be sent before the note was started anew. */
  readonly leftover: Promise<Leftover | null>;
  state(): NoteState;
  onChange(listener: () => void): () => void;
  /** Leaves. What is not saved yet goes on being sent until it is. */
  leave(): void;
};

const slowAfterMs = 8_000;
const settledAfterMs = 500;
const messageTooBig = 1009;
const reasons: Readonly<Record<number, EndReason>> = {
  4403: 'revoked',
  4410: 'restarted',
  4413: 'full',
  [messageTooBig]: 'tooLarge',
};

/**
 * The line to a note's room. `connecting -> open` with the first answer; `open <-> offline` as the line comes and goes,
 * during which everything can be written on; `ended` is final. `onLost` gets what one wrote oneself and could not save
 * before the right to the note ended.
 */
export function connectNote(
  room: string,
  viewerId: string,
  { canEdit, onLost }: { canEdit: boolean; onLost: (words: string) => void },
): NoteConnection {
  const [, folder = '', name = ''] = room.split('/');
  const [noteId = '', epoch = ''] = name.split('.');
  const doc = new Doc();
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const provider = new WebsocketProvider(`${scheme}://${location.host}/${folder}`, name, doc, {
    params: ackParams,
    // What is kept on this device goes in first, so that the first answer to the server carries it.
    connect: false,
    // Each tab hears from the server alone: from a neighbouring tab it would show what is not durable yet.
    disableBc: true,
    // Not the same for everybody: after a restart all would come back in the same moment.
    maxBackoffTime: 1_500 + Math.random() * 2_000,
    // Codes from 4400 to 4499 are final by convention. A message that is too big will not get smaller.
    shouldReconnect: ({ code }) => code !== messageTooBig && !(code >= 4400 && code < 4500),
  });

  let state: NoteState = {
    phase: 'connecting',
    reason: null,
    unsaved: 0,
    isKept: false,
    isSaving: false,
    isFailing: false,
    others: [],
  };
  let hasLeft = false;
  let isOver = false;
  /** How much of what this page wrote is durable, in Yjs's clock of it. */
  let savedClock = 0;
  let settling: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const slow = setTimeout(() => state.phase === 'connecting' && change({ phase: 'slow' }), slowAfterMs);

  function change(next: Partial<NoteState>) {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
    if (hasLeft && !isOver && (state.unsaved === 0 || state.phase === 'ended')) end();
  }

  function end() {
    isOver = true;
    clearTimeout(slow);
    clearTimeout(settling);
    removeEventListener('beforeunload', warn);
    removeEventListener('offline', handleOffline);
    removeEventListener('online', handleOnline);
    tracker.stop();
    provider.destroy();
    // What is durable, or can never be, has no place on this device. A note that was started anew shows what is left.
    const isLeft = state.phase !== 'ended' || state.reason === 'restarted';
    if (state.unsaved > 0 && isLeft) kept?.stop();
    else void kept?.forget();
    doc.destroy();
  }

  /** The page is about to go, and what is not saved with it. */
  function warn(event: BeforeUnloadEvent) {
    if (state.unsaved > 0 && !state.isKept && state.phase !== 'ended') event.preventDefault();
  }

  /** The browser says so long before the line falls silent for too long; what was under way is unsaved again. */
  function handleOffline() {
    if (!provider.shouldConnect) return;
    provider.disconnect();
    // Whether there is really no way, also to a server on this device, the next attempts tell.
    provider.shouldConnect = true;
  }

  /** At once, whatever pause or attempt is under way. */
  function handleOnline() {
    if (!provider.shouldConnect || provider.wsconnected) return;
    provider.disconnect();
    provider.connect();
  }

  const tracker = trackSaving(provider, (saving) => {
    clearTimeout(settling);
    if (saving.unsaved === 0) {
      savedClock = getState(doc.store, doc.clientID);
      settling = setTimeout(() => change({ isSaving: false }), settledAfterMs);
    }
    change({ ...saving, isSaving: state.isSaving || saving.unsaved > 0 });
  });
  provider.on('sync', (isSynced) => {
    if (isSynced && state.phase !== 'ended') change({ phase: 'open' });
  });
  provider.on('connection-close', () => {
    if (state.phase === 'open') change({ phase: 'offline' });
  });
  provider.on('closed', ({ code }) => {
    const reason = reasons[code] ?? 'broken';
    const words = reason === 'revoked' && state.unsaved > 0 ? wordsSince(doc, savedClock) : '';
    if (words !== '') onLost(words);
    change({ phase: 'ended', reason });
    // It stays on the screen to be copied. What may be read no more, or was all saved, stays nowhere else.
    if (reason === 'revoked' || (reason === 'restarted' && state.unsaved === 0)) void kept?.forget();
  });
  provider.awareness.on('change', () => {
    const others = othersIn(provider, viewerId);
    if (others.join('\n') !== state.others.join('\n')) change({ others });
  });
  addEventListener('beforeunload', warn);
  addEventListener('offline', handleOffline);
  addEventListener('online', handleOnline);
  // A reader writes nothing that could be kept.
  let kept: Kept | null = null;
  const place = { personId: viewerId, noteId, epoch };
  if (canEdit) {
    kept = keepOnDevice(doc, place, (isKept) => isOver || change({ isKept }));
    void kept.loaded.then(() => isOver || provider.connect());
  } else provider.connect();

  return {
    doc,
    provider,
    leftover: leftoverOf(place).catch(() => null),
    state: () => state,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    leave() {
      hasLeft = true;
      provider.awareness.setLocalState(null);
      change({});
    },
  };
}

function othersIn({ awareness, doc }: WebsocketProvider, viewerId: string): string[] {
  const names = [...awareness.getStates()].flatMap(([clientId, state]) => {
    const user = state.user as { name?: unknown; personId?: unknown } | undefined;
    const isOther = clientId !== doc.clientID && user?.personId !== viewerId;
    return isOther && typeof user?.name === 'string' ? [user.name] : [];
  });
  return [...new Set(names)].sort();
}
