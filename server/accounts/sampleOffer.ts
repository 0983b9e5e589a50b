import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress } from '../platform/http/clientAddress.ts';
import { hostName, isLoopbackName, ownOrigin } from '../platform/http/origin.ts';
import type { Services } from '../platform/services.ts';
import { type SamplePerson, samplePeople } from './queries.ts';

/** What a proxy adds. One of these, and the request need not come from this machine, whatever its peer address says. */
const forwardedHeader = /^(forwarded|via|x-forwarded.*|x-original-.*|x-real-ip|x-client-ip|true-client-ip|cf-.*)$/;

/**
 * The sample people to sign in as by one click, or none: only for a browser on this very machine that reached us
 * directly and by a local name, while Slipway has no public address and nobody real in it.
 */
export async function sampleOffer(services: Services, req: IncomingMessage): Promise<SamplePerson[]> {
  const { config } = services;
  const name = hostName(req.headers.host ?? '');
  const isLocal =
    config.publicUrl === null &&
    config.trustProxy === 0 &&
    isLoopbackAddress(req.socket.remoteAddress) &&
    name !== null &&
    isLoopbackName(name) &&
    !Object.keys(req.headers).some((header) => forwardedHeader.test(header)) &&
    !isOfSilentProxy(services, req);
  return isLocal ? ((await samplePeople(services)) ?? []) : [];
}

/**
 * A proxy set up without any header of its own gives itself away all the same: many speak HTTP/1.0, which no browser
 * does, and the page that asks stands under another address than the Host they send.
 */
function isOfSilentProxy(services: Services, req: IncomingMessage): boolean {
  const { referer, host } = req.headers;
  if (req.httpVersion === '1.0') return true;
  return referer !== undefined && !(URL.canParse(referer) && new URL(referer).origin === ownOrigin(services, host));
}
