import { WebSocket } from 'ws';

export type RawSocket = {
  readonly received: Buffer[];
  readonly closed: Promise<number>;
  send(bytes: Uint8Array | number[]): void;
  /** Reads nothing more: no message, and no ping either. */
  pause(): void;
  close(): void;
};

type Address = { url: string; path: string; headers?: Record<string, string> };

/** A handshake by hand: the socket, or the status of the refusal. */
export function connectRaw({ url, path, headers = {} }: Address): Promise<RawSocket | number> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const socket = new WebSocket(url.replace(/^http/, 'ws'), {
      headers,
      finishRequest: (request) => {
        // Sent as it stands: a URL would have been tidied up.
        request.path = path;
        request.end();
      },
    });
    const closed = new Promise<number>((done) => socket.on('close', done));
    socket.on('message', (data: Buffer) => received.push(data));
    socket.on('unexpected-response', (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('open', () =>
      resolve({
        received,
        closed,
        send: (bytes) => socket.send(Uint8Array.from(bytes)),
        pause: () => socket.pause(),
        close: () => socket.close(),
      }),
    );
    socket.on('error', reject);
  });
}
