import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { TaskLine } from '../../platform/threads/serveTasks.ts';
import { FaultMemory } from '../validation/delta.ts';
import { validate } from '../validation/engine.ts';
import { CompactIdSet } from '../validation/idSet.ts';
import { rulesOfCheck } from '../validation/rules/registry.ts';
import type { Known, Options, Report } from '../validation/types.ts';
import { deltaOf } from './deltaOf.ts';
import type { Checked, CheckOrder, CheckProgress, JudgeOrder, KnownOrder } from './order.ts';
import { type Tail, tailOf } from './tail.ts';

const progressMs = 250;
/** What is kept for the next version: 8 bytes each, written to the database in one go. */
const mostIds = 1_000_000;

/** Reads a file through the engine and says what it came to. */
export async function checkFile({ file, judge, known }: CheckOrder, line: TaskLine): Promise<Checked> {
  const tail = tailOf(file, line, { isLent: true });
  const hash = createHash('sha256');
  let hashed = 0;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of tail) {
      hash.update(chunk);
      hashed += chunk.length;
      yield chunk;
    }
  }
  const tell = progressTeller(line);
  const [ids, faults] = [new CompactIdSet(mostIds), new FaultMemory()];
  const report = await validate(bytes(), {
    ...optionsOf(judge, file.name),
    ...tell(tail),
    known: knownFrom(known),
    onId: (id, start, end) => void ids.add(id, start, end),
    faults,
    signal: line.signal,
  });
  const { verdict, isReadable, rows, valid } = report;
  const told = { faults: faults.toBytes(), isReadable, ...countsOf(report) };
  return {
    document: asJson(report),
    ...{ verdict, rows, valid },
    ...told,
    sha256: hashed === tail.sizeBytes ? hash.digest('hex') : null,
    // A set that is not whole would call known ids new.
    ids: ids.size === 0 || ids.isFull ? null : ids.toBytes(),
    delta: deltaOf(known.previous, told),
  };
}

function knownFrom({ baseline, feedIds, suppressed }: KnownOrder): Known {
  const setOf = (ids: Uint8Array | null) => (ids ? CompactIdSet.fromBytes(ids) : new CompactIdSet());
  return {
    ...(baseline && { accepted: { rows: baseline.rows, ids: setOf(baseline.ids) } }),
    ...(feedIds && { feedIds: CompactIdSet.fromBytes(feedIds) }),
    ...(suppressed && { suppressed: CompactIdSet.fromBytes(suppressed) }),
  };
}

export function optionsOf(judge: JudgeOrder, name: string): Options {
  const { rules: key, table, ...rest } = judge;
  const rules = rulesOfCheck({ rules: key, table });
  if (!rules) throw new Error(`There is no set of rules ${key}.`);
  return { ...rest, rules, name, isUtf8 };
}

function countsOf({ findings }: Report): { errors: number; warnings: number } {
  const sum = (severity: string) =>
    findings.filter((finding) => finding.severity === severity).reduce((total, finding) => total + finding.count, 0);
  return { errors: sum('ERROR'), warnings: sum('WARNING') };
}

/** Text that a database takes: it knows no NUL, which a header may hold. */
function asJson(report: Report): string {
  return JSON.stringify(report, (_, value) =>
    typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u2400') : value,
  );
}

/**
 * Progress at most four times a second, and always once everything that has arrived was read: an upload that pauses
 * leaves the last word standing, not the one before.
 */
function progressTeller(line: TaskLine) {
  return (tail: Tail): Pick<Options, 'nowMs' | 'onProgress'> => {
    let ahead = 0;
    let toldAt = Number.NEGATIVE_INFINITY;
    let timer: NodeJS.Timeout | undefined;
    const send = (message: CheckProgress) => {
      toldAt = performance.now();
      timer = undefined;
      line.tell(message);
    };
    return {
      nowMs: () => {
        if (tail.isCaughtUp) ahead += progressMs;
        return performance.now() + ahead;
      },
      onProgress: (progress) => {
        clearTimeout(timer);
        const wait = toldAt + progressMs - performance.now();
        if (wait <= 0) send({ progress });
        else timer = setTimeout(() => send({ progress }), wait);
      },
    };
  };
}
