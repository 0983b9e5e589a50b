import { useEffect, useState } from 'react';
import type { EnumOf } from '../../api/graphql.ts';

export type InviteRole = Extract<EnumOf<'Role'>, 'CLIENT_LEAD' | 'CLIENT_MEMBER' | 'CLIENT_SPONSOR' | 'CLIENT_VIEWER'>;
/** What a client can be invited as; the first who comes leads. */
export const inviteRoles: readonly InviteRole[] = ['CLIENT_LEAD', 'CLIENT_MEMBER', 'CLIENT_SPONSOR', 'CLIENT_VIEWER'];

export type Invitee = { key: string; email: string; name: string; role: InviteRole };
export type DraftAccount =
  | { kind: 'known'; id: string; name: string }
  | { kind: 'new'; name: string; website: string; timeZone: string };

/** What has been filled in; kept in the browser until the project is there, so that a reload loses nothing. */
export type Draft = {
  /** One per project to be: a second press, also after a reload, makes no second one. */
  idempotencyKey: string;
  account: DraftAccount | null;
  people: Invitee[];
  platform: EnumOf<'Platform'>;
  products: EnumOf<'Product'>[];
  /** Null: those that fit. */
  templateKeys: string[] | null;
  pmId: string;
  revenue: string;
  signedOn: string;
  /** Null: as the templates plan. */
  targetOn: string | null;
  /** Null: as the templates are called. */
  name: string | null;
  /** What Sales knows, by information item. */
  handOver: Record<string, string>;
};

export function emptyInvitee(role: InviteRole): Invitee {
  return { key: crypto.randomUUID(), email: '', name: '', role };
}

export function emptyDraft(pmId: string, today: string): Draft {
  return {
    idempotencyKey: crypto.randomUUID(),
    account: null,
    people: [emptyInvitee('CLIENT_LEAD')],
    platform: 'SHOPIFY',
    products: ['SEARCH'],
    templateKeys: null,
    pmId,
    revenue: '',
    signedOn: today,
    targetOn: null,
    name: null,
    handOver: {},
  };
}

const version = 2;
const keyOf = (personId: string) => `slipway.newIntegration.${personId}`;

function read(personId: string): Draft | null {
  try {
    const stored = JSON.parse(localStorage.getItem(keyOf(personId)) ?? 'null') as {
      version: number;
      draft: Draft;
    } | null;
    return stored?.version === version ? stored.draft : null;
  } catch {
    // Not ours, or the browser keeps nothing.
    return null;
  }
}

function write(personId: string, draft: Draft | null): void {
  try {
    if (draft === null) localStorage.removeItem(keyOf(personId));
    else localStorage.setItem(keyOf(personId), JSON.stringify({ version, draft }));
  } catch {
    // A browser that keeps nothing still works until it is reloaded.
  }
}

/** The draft of one person, kept as it is written; `clear` begins anew. */
export function useDraft(personId: string, today: string) {
  const [draft, setDraft] = useState(() => read(personId) ?? emptyDraft(personId, today));
  const [isKept, setKept] = useState(true);
  useEffect(() => write(personId, isKept ? draft : null), [personId, draft, isKept]);
  return {
    draft,
    change: (changes: Partial<Draft>) => setDraft((had) => ({ ...had, ...changes })),
    /** Forgets what was kept; what is on the screen stays until the page is left. */
    forget: () => setKept(false),
    startOver: () => setDraft(emptyDraft(personId, today)),
  };
}
