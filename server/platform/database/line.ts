import { Socket } from 'node:net';

/**
 * A socket that never says that it closed because of an error: the error itself was said before. The driver (3.4) takes
 * such a word for "everybody was told", and whoever asked between the error and the close would wait for ever.
 */
class Line extends Socket {
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    return super.emit(event, ...(event === 'close' ? [false] : args));
  }
}

/** What the driver tells of where to connect. */
type Place = { path?: string | false | null; host: string[]; port: number[] };

/** Opens the driver's sockets in its stead; of several hosts one after the other, as the driver would. */
export function openingLines(): (place: Place) => Socket {
  let next = 0;
  return ({ path, host, port }) => {
    const line = new Line();
    if (path) return line.connect(path);
    const at = next++ % port.length;
    // By its name the driver asks the server for its certificate.
    return Object.assign(line.connect(port[at] as number, host[at] as string), { host: host[at], port: port[at] });
  };
}
