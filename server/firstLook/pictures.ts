import { FetchRefused } from '../platform/fetching/refusals.ts';
import type { Services } from '../platform/services.ts';

export type Picture = { bytes: Uint8Array; type: string };

const megabyte = 1_000_000;
const mostBytes = 5 * megabyte;
const mostKept = 64 * megabyte;
/** What does not answer, or is no picture, is not asked again for so long. */
const patienceMs = 10 * 60_000;
/** Remembered beside the pictures: an address that gave none weighs as much as this. */
const noneBytes = 1_000;
/** Of one account less than half of all: whoever's shop answers slowly holds up nobody else's pictures. */
const atOnce = { all: 20, ofHost: 4, ofAccount: 8 };

type Turn = { host: string; accountId: string };
type Kept = { picture: Picture | null; at: number; size: number };

/** `accountId`: for whom it is fetched; what is there already is there for all. */
export type Pictures = { get(address: string, accountId: string): Promise<Picture | null> };

/**
 * Pictures of shops, through the guarded door: looked at by their bytes, cut at their limit, few at once of one host
 * and for one account, whose turn comes by who has fewest, and the last of them kept in memory. Null: no picture that anybody could be shown.
 */
export function createPictures(services: Pick<Services, 'fetch' | 'clock' | 'log'>): Pictures {
  const kept = new Map<string, Kept>();
  const coming = new Map<string, Promise<Picture | null>>();
  const active = { host: new Map<string, number>(), account: new Map<string, number>() };
  const waiting: (Turn & { go: () => void })[] = [];
  let running = 0;
  let bytes = 0;

  const ofHost = ({ host }: Turn) => active.host.get(host) ?? 0;
  const ofAccount = ({ accountId }: Turn) => active.account.get(accountId) ?? 0;
  const mayRun = (turn: Turn) =>
    running < atOnce.all && ofHost(turn) < atOnce.ofHost && ofAccount(turn) < atOnce.ofAccount;

  async function inTurn(turn: Turn, work: () => Promise<Picture | null>): Promise<Picture | null> {
    if (mayRun(turn)) begin(turn);
    else await new Promise<void>((go) => waiting.push({ ...turn, go }));
    try {
      return await work();
    } finally {
      running--;
      less(active.host, turn.host);
      less(active.account, turn.accountId);
      next();
    }
  }

  function begin({ host, accountId }: Turn): void {
    running++;
    active.host.set(host, (active.host.get(host) ?? 0) + 1);
    active.account.set(accountId, (active.account.get(accountId) ?? 0) + 1);
  }

  /** Of those that may the account that has fewest under way, in the order in which they came. */
  function next(): void {
    let first: (typeof waiting)[number] | null = null;
    for (const one of waiting) if (mayRun(one) && (first === null || ofAccount(one) < ofAccount(first))) first = one;
    if (first === null) return;
    waiting.splice(waiting.indexOf(first), 1);
    begin(first);
    first.go();
  }

  function keep(address: string, picture: Picture | null): void {
    const size = picture?.bytes.length ?? noneBytes;
    kept.set(address, { picture, at: services.clock.now().getTime(), size });
    bytes += size;
    for (const [oldest, one] of kept) {
      if (bytes <= mostKept) break;
      kept.delete(oldest);
      bytes -= one.size;
    }
  }

  function known(address: string): Kept | null {
    const found = kept.get(address);
    if (!found) return null;
    kept.delete(address);
    if (found.picture === null && services.clock.now().getTime() - found.at > patienceMs) {
      bytes -= found.size;
      return null;
    }
    // The last asked for goes last.
    kept.set(address, found);
    return found;
  }

  return {
    get(address, accountId) {
      const found = known(address);
      if (found) return Promise.resolve(found.picture);
      const under = coming.get(address);
      if (under) return under;
      const work = inTurn({ host: hostOf(address), accountId }, () => pictureAt(services, address))
        .then((picture) => {
          keep(address, picture);
          return picture;
        })
        .finally(() => coming.delete(address));
      coming.set(address, work);
      return work;
    },
  };
}

function less(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 1) - 1;
  if (left === 0) counts.delete(key);
  else counts.set(key, left);
}

function hostOf(address: string): string {
  return /^https?:\/\/([^/?#]+)/i.exec(address)?.[1]?.toLowerCase() ?? '';
}

async function pictureAt({ fetch, log }: Pick<Services, 'fetch' | 'log'>, address: string): Promise<Picture | null> {
  try {
    const answer = await fetch(address, { kind: 'IMAGE', headers: { accept: 'image/*' } });
    if (answer.status !== 200 || Number(answer.header('content-length') ?? 0) > mostBytes) {
      answer.close();
      return null;
    }
    return await readPicture(answer);
  } catch (error) {
    // A name server of ours that is away, a host of theirs: either way there is nothing to show.
    if (!(error instanceof FetchRefused)) log.warn({ err: error }, 'a picture of a shop');
    return null;
  }
}

async function readPicture({
  body,
  close,
}: {
  body: AsyncIterable<Uint8Array>;
  close(): void;
}): Promise<Picture | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let type: string | null = null;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (type === null && size >= sniffed) type = pictureType(Buffer.concat(chunks));
    // What is no picture from its first bytes on is not waited for.
    if (size > mostBytes || (type === null && size >= sniffed)) {
      close();
      return null;
    }
  }
  return type === null ? null : { bytes: Buffer.concat(chunks), type };
}

const sniffed = 16;

/** By the first bytes alone, whatever the answer calls itself. An SVG is a document and none of these. */
export function pictureType(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, sniffed)).toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'image/gif';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  return text.slice(4, 8) === 'ftyp' && ['avif', 'avis'].includes(text.slice(8, 12)) ? 'image/avif' : null;
}
