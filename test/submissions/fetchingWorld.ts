import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { afterEach } from 'vitest';
import { bytesOf } from '../../server/platform/fetching/body.ts';
import {
  createGuardedFetch,
  type Fetched,
  type FetchRequest,
  type GuardOptions,
} from '../../server/platform/fetching/guardedFetch.ts';
import { FetchRefused } from '../../server/platform/fetching/refusals.ts';

/** Stands for the public internet here; every other loopback address stays private. */
export const publicHere = '127.0.0.1';
export const servers: (Server | TcpServer)[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

export async function listening<S extends Server | TcpServer>(server: S, host = publicHere): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

/** A server of the public internet, and the fetcher that may reach it as shop.test. */
export async function shop(answer: RequestListener, options: GuardOptions = {}) {
  const port = await listening(createServer(answer));
  return { port, at: `http://shop.test:${port}`, fetch: guard([port], options) };
}

export function guard(allowedPorts: number[], options: GuardOptions = {}) {
  return createGuardedFetch({
    allowedPorts,
    isPublic: (address) => address === publicHere,
    resolve: async (name) => (name.endsWith('.test') ? [publicHere] : []),
    ...options,
  });
}

/** The code that it is refused with, or what it answered. */
export async function outcome(fetched: Promise<Fetched>): Promise<string> {
  try {
    const answer = await fetched;
    return Buffer.from(await bytesOf(answer.body)).toString();
  } catch (error) {
    if (error instanceof FetchRefused) return error.code;
    throw error;
  }
}

export const page: FetchRequest = { kind: 'PAGE' };
