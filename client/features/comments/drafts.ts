import type { Audience } from './audience.ts';

/** Whose text, on which task: drafts of two people at one machine never meet. */
export type DraftPlace = { personId: string; taskId: string };

/**
 * A comment on its way out. Kept in the browser until the server has answered, so that neither a reload nor a lost
 * connection loses it; its key makes a second try the same comment and never a second one.
 */
export type Outgoing = {
  idempotencyKey: string;
  text: string;
  audience: Audience;
  /** The last comment of the thread when it was sent: one of ours with the same words behind that one is this one. */
  afterId: string | null;
  /** Why it did not go out; null while it is on its way. */
  failure: string | null;
};

const draftKey = (place: DraftPlace, audience: Audience) =>
  `slipway.draft.${place.personId}.${place.taskId}.${audience}`;
const outboxKey = (place: DraftPlace) => `slipway.outbox.${place.personId}.${place.taskId}`;

export function readDraft(place: DraftPlace, audience: Audience): string {
  return read(draftKey(place, audience)) ?? '';
}

export function writeDraft(place: DraftPlace, audience: Audience, text: string): void {
  write(draftKey(place, audience), text.trim() === '' ? null : text);
}

export function readOutbox(place: DraftPlace): Outgoing[] {
  const stored = read(outboxKey(place));
  if (!stored) return [];
  try {
    const parsed: unknown = JSON.parse(stored);
    return Array.isArray(parsed) ? parsed.filter(isOutgoing) : [];
  } catch {
    return [];
  }
}

export function writeOutbox(place: DraftPlace, outbox: Outgoing[]): void {
  write(outboxKey(place), outbox.length === 0 ? null : JSON.stringify(outbox));
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
