import { credentialsCalls } from '../../inputs.ts';
import { bytesOf } from '../../platform/fetching/body.ts';
import type { Fetched } from '../../platform/fetching/guardedFetch.ts';
import { FetchRefused, type RefusalCode } from '../../platform/fetching/refusals.ts';
import type { CredentialsFact } from '../validation/facts/web/credentials.ts';
import { refusalWords } from '../validation/facts/web/refusals.ts';
import type { CheckDeps } from './deps.ts';
import { type Call, platforms, type Values } from './platforms.ts';
import type { CheckSpecOf } from './spec.ts';

/*
 * Tries credentials by one call that reads. What was entered goes to the address that was given, over https and through
 * no redirect; what comes back is read here and forgotten: a fact holds names of rights, and nothing of either.
 */
type Tried = Pick<CredentialsFact, 'answer' | 'why' | 'granted'>;

const blank: Tried = { answer: 'SILENT', why: '', granted: [] };
const refused: Tried = { ...blank, answer: 'REFUSED' };
const elsewhere = (why: string): Tried => ({ ...blank, answer: 'ELSEWHERE', why });

/** What is wrong with what was given; every other refusal may be gone the next minute. A name that could not be asked for throws. */
const lasting: readonly RefusalCode[] = [
  'ADDRESS_INVALID',
  'SCHEME_REFUSED',
  'PORT_REFUSED',
  'USER_IN_ADDRESS',
  'NOT_PUBLIC',
  'CERTIFICATE_INVALID',
  'TOO_LARGE',
];

export async function credentialsFact(
  deps: Pick<CheckDeps, 'fetch'>,
  { platform, scopes, values }: CheckSpecOf<'CREDENTIALS'>,
  signal?: AbortSignal,
): Promise<CredentialsFact> {
  const own = Object.fromEntries(
    credentialsCalls[platform].fields.map((field) => {
      const value = values[field] ?? '';
      return [field, places.includes(field) ? value.trim() : value];
    }),
  );
  const sent = Object.keys(own).filter((field) => !places.includes(field));
  const tried = sent.every((field) => isSendable(own[field] ?? ''))
    ? await tryThem(deps, platform, own, signal)
    : refused;
  const secrets = Object.values(values);
  // A shop that says what it was sent would have it shown.
  const granted = tried.granted.filter((right) => !secrets.some((secret) => secret.includes(right)));
  return { platform, ...tried, granted, needed: scopes, expiresAt: endOf(secrets) };
}

/** Fields that say where, which every platform reads in its own way. The others are sent as they are. */
const places: readonly string[] = ['address', 'storeHash', 'account'];

/** What holds blanks or letters beyond ASCII was not copied from where it comes from, and no header can carry it. */
function isSendable(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}

async function tryThem(
  deps: Pick<CheckDeps, 'fetch'>,
  platform: CredentialsFact['platform'],
  values: Values,
  signal: AbortSignal | undefined,
): Promise<Tried> {
  const call = platforms[platform].call(values);
  if ('why' in call) return elsewhere(call.why);
  try {
    return await answered(await deps.fetch(call.url, { kind: 'CALL', headers: call.headers, signal }), platform, call);
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    return lasting.includes(error.code) ? elsewhere(refusalWords[error.code]) : blank;
  }
}

async function answered(fetched: Fetched, platform: CredentialsFact['platform'], call: Call): Promise<Tried> {
  const { status } = fetched;
  if (status === 200) {
    const granted = platforms[platform].read(new TextDecoder().decode(await bytesOf(fetched.body)));
    return granted === null ? elsewhere('what answers is another page') : { ...blank, answer: 'TAKEN', granted };
  }
  fetched.close();
  if (status === 401 || status === 403) {
    // Asked for in vain: whoever stands before the shop wants a password of its own.
    const isDoor = !isBasic(call) && /^basic/i.test(fetched.header('www-authenticate') ?? '');
    return isDoor ? elsewhere('a password of the web server stands before it; let our server through') : refused;
  }
  if (status === 408 || status === 429 || status >= 500) return blank;
  if (status >= 300 && status < 400) return elsewhere('it leads on to another address, where secrets are not sent');
  return elsewhere(`it answers with status ${status}`);
}

function isBasic({ headers }: Call): boolean {
  return headers.authorization?.startsWith('Basic ') ?? false;
}

/** When the first of them ends, as far as one says so itself: a JSON Web Token does. */
function endOf(values: readonly string[]): string | null {
  const ends = values.flatMap((value) => {
    const [, payload = '', signature] = value.split('.');
    if (signature === undefined) return [];
    try {
      const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
      const end = typeof claims === 'object' && claims !== null && 'exp' in claims ? Number(claims.exp) : Number.NaN;
      // Within what a date can say.
      return end > 0 && end < 8.64e12 ? [end * 1_000] : [];
    } catch {
      return [];
    }
  });
  return ends.length === 0 ? null : new Date(Math.min(...ends)).toISOString();
}
