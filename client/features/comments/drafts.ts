import type { Audience } from './audience.ts';

/** Whose text, on which task and in which thread: drafts of two people at one machine never meet. */
export type DraftPlace = { personId: string; taskId: string; parentId?: string | null };

/** A file that has been sent and waits for its comment. */
export type DraftFile = { fileId: string; name: string; sizeBytes: number; audience: Audience; sentAt: number };

/**
 * A comment on its way out. Kept in the browser until the server has answered, so that neither a reload nor a lost
 * connection loses it; its key makes a second try the same comment and never a second one.
 */
export type Outgoing = {
  idempotencyKey: string;
  text: string;
  audience: Audience;
  /** The first comment of the thread that it answers; null for one that begins a thread. */
  parentId: string | null;
  files: { fileId: string; name: string; sizeBytes: number }[];
  /** The last comment of the conversation when it was sent: one of ours with the same words behind that one is this one. */
  afterId: string | null;
  /** Why it did not go out; null while it is on its way. */
  failure: string | null;
  /** That the server could not be reached, and nothing else: it goes out again by itself. */
  isUnreached?: boolean;
};

/** The server gives up after a day a file that came with no comment; a little earlier we no longer offer it. */
const fileLifeMs = 20 * 3_600_000;

const keyOf = (what: string, { personId, taskId, parentId }: DraftPlace, more = '') =>
  `slipway.${what}.${personId}.${taskId}${parentId ? `.${parentId}` : ''}${more}`;
const draftKey = (place: DraftPlace, audience: Audience) => keyOf('draft', place, `.${audience}`);
const outboxKey = (place: DraftPlace) => keyOf('outbox', place);
const audienceKey = (place: DraftPlace) => keyOf('audience', place);
const filesKey = (place: DraftPlace) => keyOf('files', place);

export function readDraft(place: DraftPlace, audience: Audience): string {
  return read(draftKey(place, audience)) ?? '';
}

export function writeDraft(place: DraftPlace, audience: Audience, text: string): void {
  write(draftKey(place, audience), text.trim() === '' ? null : text);
}

/** Whom this person last wrote to here; null when they never chose. */
export function readAudience(place: DraftPlace): Audience | null {
  const stored = read(audienceKey(place));
  return stored === 'SHARED' || stored === 'INTERNAL' ? stored : null;
}

export function writeAudience(place: DraftPlace, audience: Audience): void {
  write(audienceKey(place), audience);
}

export function readFiles(place: DraftPlace): DraftFile[] {
  return readList(filesKey(place), isDraftFile).filter((file) => Date.now() - file.sentAt < fileLifeMs);
}

export function writeFiles(place: DraftPlace, files: DraftFile[]): void {
  writeList(filesKey(place), files);
}

export function readOutbox(place: DraftPlace): Outgoing[] {
  const entries = readList(outboxKey(place), isOutgoing);
  return entries.map((entry) => ({ ...entry, parentId: entry.parentId ?? null, files: entry.files ?? [] }));
}

export function writeOutbox(place: DraftPlace, outbox: Outgoing[]): void {
  writeList(outboxKey(place), outbox);
}

/** What somebody wrote on a task and has not sent, or could not: their comments on the way out, and their drafts. */
export function readUnsent({ personId, taskId }: DraftPlace): { key: string; text: string }[] {
  const outgoing = readOutbox({ personId, taskId }).map(({ idempotencyKey, text }) => ({ key: idempotencyKey, text }));
  const drafts = draftKeys({ personId, taskId }).map((key) => ({ key, text: read(key) ?? '' }));
  return [...outgoing, ...drafts].filter(({ text }) => text.trim() !== '');
}

/** Keeps words of a task's note that could not be saved before it was closed to their author. */
export function keepUnsent(place: DraftPlace, words: string): void {
  write(keyOf('draft', place, '.note'), words);
  dispatchEvent(new Event(unsentChanged));
}

/** Tells a screen that shows what was not sent that there is more of it. */
export const unsentChanged = 'slipway-unsent';

export function forgetUnsent({ personId, taskId }: DraftPlace): void {
  for (const key of draftKeys({ personId, taskId })) write(key, null);
  writeOutbox({ personId, taskId }, []);
}

/** Of all threads of the task, and of both audiences. */
function draftKeys(place: DraftPlace): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${keyOf('draft', place)}.`));
  } catch {
    return [];
  }
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<Outgoing>;
  return (
    typeof entry.idempotencyKey === 'string' &&
    typeof entry.text === 'string' &&
    (entry.audience === 'SHARED' || entry.audience === 'INTERNAL')
  );
}

function isDraftFile(value: unknown): value is DraftFile {
  if (typeof value !== 'object' || value === null) return false;
  const file = value as Partial<DraftFile>;
  return (
    typeof file.fileId === 'string' &&
    typeof file.name === 'string' &&
    typeof file.sizeBytes === 'number' &&
    typeof file.sentAt === 'number' &&
    (file.audience === 'SHARED' || file.audience === 'INTERNAL')
  );
}

function readList<T>(key: string, isOne: (value: unknown) => value is T): T[] {
  const stored = read(key);
  if (!stored) return [];
  try {
    const parsed: unknown = JSON.parse(stored);
    return Array.isArray(parsed) ? parsed.filter(isOne) : [];
  } catch {
    return [];
  }
}

function writeList(key: string, list: readonly unknown[]): void {
  write(key, list.length === 0 ? null : JSON.stringify(list));
}

// Storage may be full or forbidden: writing a comment must work all the same, it then only does not survive a reload.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    return;
  }
}
