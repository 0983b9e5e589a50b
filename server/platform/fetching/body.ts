import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { FetchLimits } from './limits.ts';
import { FetchRefused, refusalOf } from './refusals.ts';

/** From here on an unlikely ratio is a bomb and not a small text. */
const ratioFromBytes = 1_000_000;

type Deadline = { readonly signal: AbortSignal; end(): void };

/** The body inflated, counted, and cut when it is too much or too slow. Whoever stops reading closes the connection. */
export async function* bodyOf(
  answer: IncomingMessage,
  limits: FetchLimits,
  deadline: Deadline,
): AsyncGenerator<Uint8Array> {
  let raw = 0;
  let inflated = 0;
  const source: Readable = decoded(answer, (bytes) => {
    raw += bytes;
  });
  const chunks = source[Symbol.asyncIterator]();
  const pace = new Pace(limits, () => source.destroy(new FetchRefused('TOO_SLOW')));
  try {
    for (;;) {
      pace.wait();
      const { done, value } = await chunks.next();
      if (done) break;
      const chunk = value as Uint8Array;
      pace.got(chunk.length);
      inflated += chunk.length;
      const isBomb = source !== answer && inflated > ratioFromBytes && inflated > raw * limits.ratio;
      if (inflated > limits.bytes || isBomb) throw new FetchRefused('TOO_LARGE');
      yield chunk;
    }
    if (deadline.signal.aborted) throw refusalOf(deadline.signal.reason);
  } catch (error) {
    throw deadline.signal.aborted ? refusalOf(deadline.signal.reason) : broken(error);
  } finally {
    pace.end();
    deadline.end();
    source.destroy();
    answer.destroy();
  }
}

function broken(error: unknown): FetchRefused {
  const refused = refusalOf(error);
  // The connection stood: what breaks now was cut in the middle.
  return refused.code === 'UNREACHABLE' ? new FetchRefused('CUT_OFF') : refused;
}

function decoded(answer: IncomingMessage, count: (bytes: number) => void): Readable {
  const coding = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (coding === 'identity' || coding === '') return answer;
  const inflate = inflaterOf(coding);
  // A coding that was not offered: no reader could do anything with it.
  if (!inflate) return answer.destroy(new FetchRefused('BAD_ANSWER'));
  answer.on('data', (chunk: Uint8Array) => count(chunk.length));
  // `pipeline` ends the connection when the inflater gives up, and the other way round.
  return pipeline(answer, inflate, () => {});
}

function inflaterOf(coding: string) {
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip();
  if (coding === 'deflate') return createInflate();
  if (coding === 'br') return createBrotliDecompress();
  return null;
}

/** Bytes over the time spent waiting for them: a slow reader of ours is not held against the other side. */
class Pace {
  #bytes = 0;
  #waitedMs = 0;
  #since = 0;
  #stalled: NodeJS.Timeout | undefined;

  constructor(
    private readonly limits: FetchLimits,
    private readonly cut: () => void,
  ) {}

  wait(): void {
    if (this.limits.minBytesPerSecond === 0) return;
    this.#since = performance.now();
    this.#stalled = setTimeout(this.cut, this.limits.slowMs);
  }

  got(bytes: number): void {
    if (this.limits.minBytesPerSecond === 0) return;
    clearTimeout(this.#stalled);
    this.#bytes += bytes;
    this.#waitedMs += performance.now() - this.#since;
    if (this.#waitedMs < this.limits.slowMs) return;
    if ((this.#bytes / this.#waitedMs) * 1000 < this.limits.minBytesPerSecond) throw new FetchRefused('TOO_SLOW');
    this.#bytes = 0;
    this.#waitedMs = 0;
  }

  end(): void {
    clearTimeout(this.#stalled);
  }
}

/** The whole body in memory; its kind's limit is its bound. */
export async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
