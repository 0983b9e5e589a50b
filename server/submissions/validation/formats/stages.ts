import type { Stage } from '../readers.ts';
import type { Params } from '../types.ts';
import { Unpacker } from './decompress.ts';
import { TextIn } from './encoding.ts';
import { disagreement, formatOf, refuseBinary } from './sniff.ts';

/*
 * What is pushed through synchronously, as links of a chain that is pulled: nothing is read ahead of who asks, and whoever
 * stops pulling (an abort, a reader that is stuck) closes the source.
 */

/** Bytes to hand on, or a thing to say once all before it is consumed. */
type Step = Uint8Array | (() => void);
type Pushed = { push(bytes: Uint8Array): void; end(): void };

/** What one push may turn into is bounded by what it holds. */
const PIECE = 65_536;

async function* piped(input: AsyncIterable<Uint8Array>, steps: Step[], pushed: Pushed): AsyncGenerator<Uint8Array> {
  for await (const bytes of input) {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const failure = failureOf(() => pushed.push(bytes.subarray(at, at + PIECE)));
      yield* drained(steps);
      if (failure) throw failure;
    }
  }
  const failure = failureOf(() => pushed.end());
  yield* drained(steps);
  if (failure) throw failure;
}

function* drained(steps: Step[]): Generator<Uint8Array> {
  for (const step of steps.splice(0)) {
    if (typeof step === 'function') step();
    else yield step;
  }
}

/** What came out before the file broke off is handed on first. */
function failureOf(step: () => void): unknown {
  try {
    step();
    return null;
  } catch (error) {
    return error;
  }
}

/** The first link: content, whatever it was packed in. */
export const decompress: Stage = async function* (input, run) {
  const steps: Step[] = [];
  const unpacker = new Unpacker((bytes) => steps.push(bytes), run.limits);
  for await (const bytes of piped(input, steps, unpacker)) {
    run.learned.compression = unpacker.compression;
    yield bytes;
  }
  run.learned.compression = unpacker.compression;
};

/** The second: UTF-8 without a BOM; and by the head, which format it is. */
export const decode: Stage = async function* (input, run) {
  const { learned, options } = run;
  const steps: Step[] = [];
  const tell = (rule: string, params: Params) => {
    run.problem(rule, { place: run.here?.() ?? null, column: null, value: null }, params);
  };
  const text = new TextIn(
    {
      look: refuseBinary,
      head: (head) => {
        learned.format = formatOf(head, options.name);
        const type = options.declared?.type ?? null;
        const said = disagreement({ name: options.name, type, compression: learned.compression }, learned.format);
        if (said) tell('CSV-12.extension', said);
      },
      give: (bytes) => steps.push(bytes),
      report: (rule, params) => steps.push(() => tell(rule, params)),
    },
    { encoding: options.encoding, isUtf8: options.isUtf8 },
  );
  const learn = () => {
    learned.encoding = text.encoding;
    learned.hasBom = text.hasBom;
  };
  for await (const bytes of piped(input, steps, text)) {
    learn();
    yield bytes;
  }
  learn();
};
