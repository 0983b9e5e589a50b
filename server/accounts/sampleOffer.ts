import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress } from '../platform/http/clientAddress.ts';
import { hostName, isLoopbackName } from '../platform/http/origin.ts';
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
    isLoopbackAddress(req.socket.remoteAddress) &&
    name !== null &&
    isLoopbackName(name) &&
    !Object.keys(req.headers).some((header) => forwardedHeader.test(header));
  return isLocal ? ((await samplePeople(services)) ?? []) : [];
}
