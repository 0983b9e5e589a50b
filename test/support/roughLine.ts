import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A line between a browser and a server that can be slow, be cut, and lead to another server after a restart. */
export type RoughLine = {
  readonly url: string;
  leadTo(port: number): void;
  /** What the browser sends passes at this many bytes a second. */
  slow(bytesPerSecond: number): void;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
};

export async function startRoughLine(): Promise<RoughLine> {
  const sockets = new Set<Socket>();
  let [port, bytesPerSecond, isCut] = [0, Number.POSITIVE_INFINITY, false];
  const server = createServer((browser) => {
    if (isCut) return void browser.destroy();
    const target = connect(port, '127.0.0.1');
    for (const socket of [browser, target]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        browser.destroy();
        target.destroy();
      });
    }
    target.pipe(browser);
    browser.on('data', (data: Buffer) => {
      target.write(data);
      const waitMs = (data.length / bytesPerSecond) * 1000;
      if (waitMs < 1) return;
      browser.pause();
      setTimeout(() => browser.resume(), waitMs);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (to) => {
      port = to;
    },
    slow: (rate) => {
      bytesPerSecond = rate;
    },
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => {
      isCut = false;
    },
    async close() {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}
