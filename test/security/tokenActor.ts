import { Session } from '../support/session.ts';

export type TokenLimits = {
  accountIds?: string[];
  projectIds?: string[];
  expiresAt?: Date;
  appRole?: string;
};

export const tokenCreate = `mutation ($input: TokenCreateInput!) {
  tokenCreate(input: $input) {
    token { id prefix isApp scopes expiresAt lastUsedAt revokedAt person { id name } viewerCan { revoke } }
    secret
    userErrors { code field message }
    position
  }
}`;

/** A token as a person makes one for themselves, with its id. */
export async function makeToken(
  owner: Session,
  scopes: readonly string[],
  limits: TokenLimits = {},
): Promise<{ id: string; secret: string }> {
  const input = { name: 'A test', scopes, idempotencyKey: crypto.randomUUID(), ...limits };
  const { tokenCreate: made } = await owner.ask(tokenCreate, { input });
  if (!made.secret) throw new Error(`No token was made: ${JSON.stringify(made.userErrors)}`);
  return { id: made.token.id, secret: made.secret };
}

/**
 * The actor T of the security cases: a program that has nothing but a token of this person. `scopes` as GraphQL names
 * them; reading everything when left out.
 */
export async function tokenOf(owner: Session, scopes: readonly string[] = readEverything, limits: TokenLimits = {}) {
  const { secret } = await makeToken(owner, scopes, limits);
  return new Session(owner.url, '', owner.personId, secret);
}

const nouns = ['PROJECTS', 'TASKS', 'SUBMISSIONS', 'COMMENTS', 'NOTES', 'PEOPLE', 'TEMPLATES', 'COMPANY'];
export const readEverything = nouns.map((noun) => `${noun}_READ`);
export const writeEverything = nouns.map((noun) => `${noun}_WRITE`);
