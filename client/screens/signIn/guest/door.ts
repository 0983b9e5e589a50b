import type { TaskState } from '../../../components/StateBadge.tsx';
import type { Question } from '../../../features/submissions/formValues.ts';

/** What the server tells a guest: one task, and nothing else. */
export type GuestPage = {
  company: { name: string; logoUrl: string | null; accent: Accent | null };
  account: string;
  me: string;
  giver: string;
  message: string;
  expiresAt: string;
  task: {
    revision: number;
    title: string;
    purpose: string;
    documentation: string;
    minutes: number;
    state: TaskState;
    dueOn: string | null;
    isStuck: boolean;
    isPaused: boolean;
  };
  inputs: GuestInput[];
  comments: GuestComment[];
  can: { comment: boolean; submit: boolean; complete: boolean; flagStuck: boolean };
};
type Shades = Record<
  'accent' | 'accentHover' | 'onAccent' | 'accentText' | 'accentLine' | 'accentSurface' | 'accentSurfaceHover',
  string
>;
type Accent = { light: Shades; dark: Shades };

/** As any question of a form, without what is known already. */
export type GuestQuestion = Omit<Question, 'known' | 'maxCharacters'>;
export type PageType = 'HOME' | 'CATEGORY' | 'PRODUCT' | 'CART' | 'CONFIRMATION' | 'OTHER';
export type GuestVersion = {
  version: number;
  state: 'RECEIVED' | 'VALIDATING' | 'ACCEPTED' | 'ACCEPTED_WITH_WARNINGS' | 'REJECTED' | 'SUPERSEDED';
  at: string;
  isMine: boolean;
  given: string | null;
  findings: { title: string; expected: string | null; found: string | null; fix: string | null }[];
  wanted: string | null;
};
export type GuestInput = {
  id: string;
  label: string;
  isRequired: boolean;
  asks: 'ADDRESS' | 'DOMAIN' | 'PAGES' | 'FORM' | 'OTHERS';
  questions: GuestQuestion[];
  pageTypes: PageType[];
  records: { type: string; name: string; value: string | null }[];
  latest: GuestVersion | null;
};
export type GuestComment = {
  id: string;
  by: string;
  isStaff: boolean;
  isMine: boolean;
  isReply: boolean;
  at: string;
  text: string;
  isDeleted: boolean;
  files: number;
};

/** An answer of the guests' door, or why there is none: the server's code, with its sentence where it is for people. */
export type Told<Body> = { ok: true; body: Body } | { ok: false; status: number; code: string; message: string };

async function told<Body>(asked: Promise<Response>): Promise<Told<Body>> {
  const response = await asked.catch(() => null);
  if (!response) return { ok: false, status: 0, code: 'OFFLINE', message: '' };
  const body = (await response.json().catch(() => null)) as (Body & { code?: string; message?: string }) | null;
  if (response.ok && body !== null) return { ok: true, body };
  return { ok: false, status: response.status, code: body?.code ?? 'UNKNOWN', message: body?.message ?? '' };
}

const own = { 'x-slipway-csrf': '1' };
const pathOf = (id: string, act = '') => `/handed/${encodeURIComponent(id)}${act && `/${act}`}`;

export const load = (id: string): Promise<Told<GuestPage>> =>
  told(fetch(pathOf(id), { credentials: 'same-origin', headers: own }));

export function tell<Body = { ok: true }>(id: string, act: string, input: unknown): Promise<Told<Body>> {
  const headers = { ...own, 'content-type': 'application/json' };
  const body = JSON.stringify(input);
  return told(fetch(pathOf(id, act), { method: 'POST', credentials: 'same-origin', headers, body }));
}

/** Calls when something of the task changed, and when it is not with this guest any more; the answer stops it. */
export function follow(id: string, onChange: () => void): () => void {
  const source = new EventSource(pathOf(id, 'changes'));
  source.addEventListener('changed', onChange);
  source.addEventListener('ended', () => {
    source.close();
    onChange();
  });
  // A refusal ends the stream for good; what became of the task is then for the next look to say.
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) onChange();
  });
  // What happened while the line was down.
  source.addEventListener('open', onChange);
  return () => source.close();
}
