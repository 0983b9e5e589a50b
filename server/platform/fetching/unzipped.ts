import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** `sitemap.xml.gz` is a compressed file, whatever the headers say of it. How much comes out is for the reader to bound. */
export async function* unzipped(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const whole = (async function* () {
    yield first.value;
    for (;;) {
      const next = await chunks.next();
      if (next.done) return;
      yield next.value;
    }
  })();
  const isZipped = first.value[0] === 0x1f && first.value[1] === 0x8b;
  try {
    if (!isZipped) yield* whole;
    // `pipeline` hands a broken fetch on to whoever reads; a bare pipe would leave its error to nobody.
    else yield* pipeline(Readable.from(whole), createGunzip(), () => {}) as AsyncIterable<Uint8Array>;
  } finally {
    await chunks.return?.();
  }
}
