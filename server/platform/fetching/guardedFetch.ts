import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { TLSSocket } from 'node:tls';
import { codeOf } from '../blobs/disk.ts';
import { isPublicAddress } from './addresses.ts';
import { bodyOf } from './body.ts';
import { type FetchKind, type FetchLimits, limitsOf } from './limits.ts';
import { NamesUnanswered, publicNames } from './names.ts';
import { FetchRefused, refusalOf } from './refusals.ts';
import { parseTarget } from './target.ts';

/*
 * The one door to addresses that people give us. What goes through it is http(s) on allowed ports, to an address that was
 * looked up once, found public, and is the one connected to; each redirect goes through all of it again. Nothing it
 * answers lets anybody tell one host of our own network from another. It throws `FetchRefused`, which speaks of the other
 * side, or `NamesUnanswered` when ours could not even ask: that is nobody's verdict.
 */

export type FetchRequest = {
  kind: FetchKind;
  method?: 'GET' | 'HEAD' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array;
  /** A redirect is answered as it came, for whoever asks by himself whether the next address may be fetched. */
  staysPut?: boolean;
  signal?: AbortSignal;
};

export type Redirect = { readonly from: string; readonly to: string; readonly status: number };

export type Fetched = {
  /** Where the answer came from in the end. */
  readonly url: string;
  readonly status: number;
  readonly redirects: readonly Redirect[];
  /** One header, several of a name joined by `, `. */
  header(name: string): string | null;
  /** Of the last hop, when it was https: until when it is valid, and who issued it. */
  readonly certificate: { readonly validUntil: string; readonly issuer: string } | null;
  /** Inflated and within the limits of its kind; throws `FetchRefused`. To be read once, or closed. */
  readonly body: AsyncIterable<Uint8Array>;
  close(): void;
};

export type GuardedFetch = (address: string, request: FetchRequest) => Promise<Fetched>;

export type GuardOptions = {
  /** Besides 80 and 443. */
  allowedPorts?: readonly number[];
  /** How large a feed may be. */
  maxFeedBytes?: number;
  userAgent?: string;
  /** Of tests and benches alone: what counts as public, who answers names, shorter limits, a root certificate. */
  isPublic?: (address: string) => boolean;
  resolve?: (name: string, signal: AbortSignal) => Promise<readonly string[]>;
  limits?: Partial<Record<FetchKind, Partial<FetchLimits>>>;
  ca?: string;
};

type Parts = Required<Omit<GuardOptions, 'ca' | 'limits' | 'maxFeedBytes'>> & { ca: string | undefined };

/** Headers that were meant for one origin and go to no other. */
const ownHeaders = ['authorization', 'cookie'];
const redirects = [301, 302, 303, 307, 308];

export function createGuardedFetch(options: GuardOptions = {}): GuardedFetch {
  const parts: Parts = {
    allowedPorts: [80, 443, ...(options.allowedPorts ?? [])],
    userAgent: options.userAgent ?? 'Slipway',
    isPublic: options.isPublic ?? isPublicAddress,
    resolve: options.resolve ?? publicNames,
    ca: options.ca,
  };
  return async (address, request) => {
    const limits = limitsOf(request.kind, options.maxFeedBytes, options.limits);
    const deadline = startDeadline(limits.totalMs, request.signal);
    try {
      return await follow(address, request, limits, deadline, parts);
    } catch (error) {
      deadline.end();
      if (error instanceof NamesUnanswered) throw error;
      throw deadline.signal.aborted ? refusalOf(deadline.signal.reason) : refusalOf(error);
    }
  };
}

async function follow(
  address: string,
  request: FetchRequest,
  limits: FetchLimits,
  deadline: Deadline,
  parts: Parts,
): Promise<Fetched> {
  const hops: Redirect[] = [];
  let target = parseTarget(address, parts.allowedPorts);
  let headers = request.headers ?? {};
  for (;;) {
    const addresses = await publicAddresses(target, deadline.signal, parts);
    const answer = await send(target, addresses, { ...request, headers }, limits, deadline.signal, parts);
    const location = redirects.includes(answer.statusCode ?? 0) ? answer.headers.location : undefined;
    if (location === undefined || limits.redirects === 0 || request.staysPut)
      return fetched(target, hops, answer, limits, deadline);
    answer.destroy();
    if (hops.length === limits.redirects) throw new FetchRefused('TOO_MANY_REDIRECTS');
    if (request.method === 'POST') throw new FetchRefused('REDIRECT_REFUSED');
    const next = parseTarget(location, parts.allowedPorts, target);
    if (target.protocol === 'https:' && next.protocol === 'http:') throw new FetchRefused('REDIRECT_REFUSED');
    hops.push({ from: target.href, to: next.href, status: answer.statusCode ?? 0 });
    if (next.origin !== target.origin) headers = without(headers, ownHeaders);
    target = next;
  }
}

/** All addresses of a host, looked up once. One that is not public refuses them all: which one answers is not ours to choose. */
async function publicAddresses(target: URL, signal: AbortSignal, parts: Parts): Promise<readonly string[]> {
  const host = hostOf(target);
  const addresses = isIP(host) ? [host] : await namesOf(host, signal, parts);
  if (addresses.length === 0 || !addresses.every((address) => parts.isPublic(address))) {
    throw new FetchRefused('NOT_PUBLIC');
  }
  return addresses;
}

async function namesOf(host: string, signal: AbortSignal, parts: Parts): Promise<readonly string[]> {
  try {
    return await until(signal, parts.resolve(host, signal));
  } catch (error) {
    if (error instanceof FetchRefused && error.code === 'CANCELLED') throw error;
    throw error instanceof NamesUnanswered ? error : new NamesUnanswered(codeOf(error));
  }
}

function send(
  target: URL,
  addresses: readonly string[],
  request: FetchRequest,
  limits: FetchLimits,
  signal: AbortSignal,
  parts: Parts,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const open = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const late = setTimeout(() => outgoing.destroy(new FetchRefused('TOO_SLOW')), limits.answerMs);
    const outgoing = open({
      protocol: target.protocol,
      hostname: hostOf(target),
      port: target.port === '' ? undefined : Number(target.port),
      path: `${target.pathname}${target.search}`,
      method: request.method ?? 'GET',
      headers: {
        accept: '*/*',
        'accept-encoding': 'gzip, deflate, br',
        ...request.headers,
        host: target.host,
        'user-agent': parts.userAgent,
        ...(request.body ? { 'content-length': String(request.body.length) } : {}),
      },
      // A connection of its own: a kept one would have been checked for another name.
      agent: false,
      lookup: pinned(addresses),
      maxHeaderSize: 16_384,
      rejectUnauthorized: true,
      ca: parts.ca,
      signal,
    });
    outgoing.on('socket', (socket) => {
      socket.once('connect', () => {
        if (!parts.isPublic(socket.remoteAddress ?? '')) outgoing.destroy(new FetchRefused('NOT_PUBLIC'));
      });
    });
    outgoing.once('response', (answer) => {
      clearTimeout(late);
      resolve(answer);
    });
    outgoing.on('error', (error) => {
      clearTimeout(late);
      reject(refusalOf(error));
    });
    outgoing.end(request.body);
  });
}

/** A lookup that knows nothing but what was checked: the name is not asked for a second time. */
function pinned(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_name, options, done) => {
    const first = found[0];
    if (first === undefined) done(new FetchRefused('NOT_PUBLIC'), '', 4);
    else if (options.all) done(null, found);
    else done(null, first.address, first.family);
  };
}

function fetched(
  target: URL,
  hops: readonly Redirect[],
  answer: IncomingMessage,
  limits: FetchLimits,
  deadline: Deadline,
): Fetched {
  const close = () => {
    deadline.end();
    answer.destroy();
  };
  deadline.signal.addEventListener('abort', () => answer.destroy(refusalOf(deadline.signal.reason)), { once: true });
  // Nobody may be reading yet when it breaks.
  answer.on('error', () => deadline.end());
  return {
    url: target.href,
    status: answer.statusCode ?? 0,
    redirects: hops,
    header: (name) => {
      const value = answer.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : (value ?? null);
    },
    certificate: certificateOf(answer),
    body: bodyOf(answer, limits, deadline),
    close,
  };
}

function certificateOf(answer: IncomingMessage): Fetched['certificate'] {
  if (!(answer.socket instanceof TLSSocket)) return null;
  const certificate = answer.socket.getPeerCertificate();
  const issuer = certificate.issuer?.O ?? certificate.issuer?.CN ?? '';
  return { validUntil: new Date(certificate.valid_to).toISOString(), issuer: String(issuer) };
}

export type Deadline = { readonly signal: AbortSignal; end(): void };

/** One clock for everything: names, hops, headers and body. */
function startDeadline(totalMs: number, given: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const late = setTimeout(() => controller.abort(new FetchRefused('TOO_SLOW')), totalMs);
  const cancel = () => controller.abort(new FetchRefused('CANCELLED'));
  if (given?.aborted) cancel();
  given?.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(late);
      given?.removeEventListener('abort', cancel);
    },
  };
}

/** What was promised, unless the time is up before: a name server that never answers holds nobody. */
function until<T>(signal: AbortSignal, promised: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    promised.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/** Without brackets around IPv6. */
function hostOf(target: URL): string {
  return target.hostname.startsWith('[') ? target.hostname.slice(1, -1) : target.hostname;
}

function without(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase())));
}
