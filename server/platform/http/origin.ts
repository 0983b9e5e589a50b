import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Services } from '../services.ts';

type OriginServices = Pick<Services, 'config' | 'publicOrigin'>;

/** Where links in mails lead. Never taken from a request: a forged Host would send people elsewhere. */
export function publicOrigin(services: Pick<Services, 'publicOrigin'>): string {
  return services.publicOrigin();
}

export function isHttps(services: Pick<Services, 'publicOrigin'>): boolean {
  return services.publicOrigin().startsWith('https:');
}

/**
 * The origin that a request must come from to count as our own page; null when the request reached us under a name
 * that is not ours. Without PUBLIC_URL the Host header is believed for loopback, for the host we listen on, and for
 * bare IP addresses when we listen on all: a name would let another site rebind its DNS to us.
 */
export function ownOrigin({ config }: OriginServices, host: string | undefined): string | null {
  if (config.publicUrl !== null) return new URL(config.publicUrl).origin;
  if (host === undefined) return null;
  const name = hostName(host);
  if (name === null) return null;
  const listensOnAll = config.host === '0.0.0.0' || config.host === '::';
  const isOurs = isLoopbackName(name) || name === config.host.toLowerCase() || (listensOnAll && isIP(name) !== 0);
  return isOurs && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).origin : null;
}

/** Whether a WebSocket handshake may go on. Browsers send Origin with each; without one a session cookie is refused. */
export function originAllowed(services: OriginServices, req: IncomingMessage): boolean {
  const { origin } = req.headers;
  if (origin !== undefined) return origin === ownOrigin(services, req.headers.host);
  return req.headers.cookie === undefined;
}

/** The name in a Host header, lower case, without port and brackets; null when it is not a host. */
export function hostName(host: string): string | null {
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host)) return null;
  return host
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
}

export function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name === '127.0.0.1' || name === '::1';
}
