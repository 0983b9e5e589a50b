import { SniffedReader } from './formats/dialect.ts';
import { JsonReader } from './formats/json.ts';
import { JsonLinesReader } from './formats/jsonLines.ts';
import { decode, decompress } from './formats/stages.ts';
import { Unreadable } from './formats/unreadable.ts';
import { XmlReader } from './formats/xml.ts';
import { productLimits } from './limits.ts';
import type { Learned, Reader, RecordSink, Stage } from './readers.ts';
import type { Judging, Limits, Options } from './types.ts';

/*
 * The way of a file's bytes: unpacked, made UTF-8, handed to the reader of its format, which calls the sink for every
 * record. All of it is pushed and none of it waits, so the same bytes give the same calls however they were cut.
 */

/** In one push; what is packed may come out 200 times as large, and nobody shall wait for that. */
const sliceBytes = 256 * 1024;

/**
 * After so much text others get a turn: a source that always has the next chunk at hand would otherwise keep the loop, and
 * nobody could cancel.
 */
const breathBytes = 2 * 1024 * 1024;

/** A timer and no message: Node hands on a thousand messages before it looks at a timer or a socket. */
const breath = () => new Promise((resolve) => setTimeout(resolve, 0));

export type Source = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

type Hooks = {
  /** The format is known and the first name of a column comes next. */
  onFormat?: (format: Learned['format']) => void;
};

/** Before the reader, in this order. */
const stages: readonly Stage[] = [decompress, decode];

export class Reading {
  readonly limits: Limits;
  readonly learned: Learned = {
    compression: 'NONE',
    format: 'UNKNOWN',
    encoding: 'UTF-8',
    hasBom: false,
    dialect: null,
  };
  /** As they came, and unpacked. */
  sizeBytes = 0;
  decodedBytes = 0;
  /** False: the rest could not be read. */
  isReadable = true;
  reader: Reader | null = null;
  readonly #options: Options;
  readonly #sink: RecordSink;
  readonly #hooks: Hooks;

  constructor(options: Options, sink: RecordSink, hooks: Hooks = {}) {
    this.limits = { ...productLimits, ...options.limits };
    this.#options = options;
    this.#sink = sink;
    this.#hooks = hooks;
  }

  /** The source's text: UTF-8 without a BOM. What cannot be made out ends it, and is told. */
  async *text(source: Source): AsyncGenerator<Uint8Array> {
    let bytes: AsyncIterable<Uint8Array> = this.#counted(chunksOf(source, this.#options.signal));
    for (const stage of stages)
      bytes = stage(bytes, {
        learned: this.learned,
        problem: (rule, at, params) => this.#sink.problem(rule, at, params),
        stuck: () => {
          this.isReadable = false;
        },
        options: this.#options,
        limits: this.limits,
        here: () => this.reader?.here?.() ?? null,
      });
    try {
      let sinceBreath = 0;
      for await (const chunk of bytes) {
        for (let at = 0; at < chunk.length; at += sliceBytes) {
          const slice = chunk.subarray(at, at + sliceBytes);
          yield slice;
          sinceBreath += slice.length;
          if (sinceBreath < breathBytes) continue;
          sinceBreath = 0;
          await breath();
          this.#options.signal?.throwIfAborted();
        }
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.#tell(error);
    }
  }

  /** Whether more is wanted. */
  push(text: Uint8Array): boolean {
    this.decodedBytes += text.length;
    this.#guarded(() => this.#opened().push(text));
    return this.isReadable;
  }

  end(): void {
    if (this.isReadable) this.#guarded(() => this.#opened().end());
    else if (!this.reader?.isStuck) this.reader?.stop?.();
  }

  async *#counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      this.sizeBytes += chunk.length;
      yield chunk;
    }
  }

  #guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.#tell(error);
    }
    if (this.reader?.isStuck) this.isReadable = false;
  }

  #tell({ rule, params }: Unreadable): void {
    this.isReadable = false;
    this.#sink.problem(rule, { place: this.reader?.here?.() ?? null, column: null, value: null }, params);
  }

  /** The format is known by the head of the text; what has no other one is delimited. */
  #opened(): Reader {
    if (this.reader) return this.reader;
    if (this.learned.format === 'UNKNOWN') this.learned.format = 'DELIMITED';
    this.#hooks.onFormat?.(this.learned.format);
    this.reader = this.#readerOf(this.learned.format);
    return this.reader;
  }

  #readerOf(format: Learned['format']): Reader {
    if (format === 'XML') return new XmlReader(this.#sink, this.limits, this.#options.rules.recordElements);
    if (format === 'JSON') return new JsonReader(this.#sink, this.limits);
    if (format === 'JSON_LINES') return new JsonLinesReader(this.#sink, this.limits);
    return new SniffedReader(this.#sink, this.#options.delimiter, this.limits, this.learned);
  }
}

export function judgingOf({ asOf, profile, declared }: Options): Judging {
  return { asOf, asOfMs: Date.parse(asOf), profile: profile ?? null, declared: declared ?? {} };
}

/** Every chunk of the source, in slices. Throws the signal's reason when it is aborted. */
export async function* chunksOf(source: Source, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of iterable(source)) {
    signal?.throwIfAborted();
    // Always the plain class: with Node's Buffer beside it, every read of a byte in every rule would ask which one it is.
    for (let at = 0; at < chunk.length; at += sliceBytes)
      yield new Uint8Array(chunk.buffer, chunk.byteOffset + at, Math.min(sliceBytes, chunk.length - at));
  }
  signal?.throwIfAborted();
}

/** Not every browser can iterate a stream. */
async function* iterable(source: Source): AsyncGenerator<Uint8Array> {
  if (Symbol.asyncIterator in source) {
    yield* source as AsyncIterable<Uint8Array>;
    return;
  }
  const reader = (source as ReadableStream<Uint8Array>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Left early: the source may stop too.
    await reader.cancel().catch(() => undefined);
  }
}
