import type { Duplex } from 'node:stream';

/** How many live sockets one person may have open at once, of all kinds together. */
export const maxSocketsPerPerson = 200;

/** Refuses a WebSocket handshake. `status` is code and reason, as `404 Not Found`. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  // Only half closed by `end`: a caller who never closes their side would keep it for ever, since no timeout of the
  // HTTP server watches a socket that asked for an upgrade.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
