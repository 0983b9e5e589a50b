import { Judge } from './judge.ts';
import { productLimits, profileBytes } from './limits.ts';
import { readerRules } from './readerRules.ts';
import { judgingOf, Reading, type Source } from './reading.ts';
import { Gathering, reportOf } from './report.ts';
import type { Options, Report } from './types.ts';

/** Accepted from this share of valid rows on, unless the task says otherwise. */
const usualThreshold = 0.95;
/** Progress is told at most 4 times a second. */
const progressMs = 250;
/** So many of the findings are told with it. */
const liveFindings = 12;

/**
 * Reads a file as it comes and says what is wrong with it. The same bytes, rules and options give the same report, byte
 * for byte, on the server, in a browser and on the command line. Rejects only with the signal's reason, or when the source
 * itself fails: whatever is in the file is a report. A chunk is the source's own again when the next one is asked for.
 */
export async function validate(source: Source, options: Options): Promise<Report> {
  const judging = judgingOf(options);
  const gathering = new Gathering(options.limits?.samples ?? productLimits.samples);
  const judge = new Judge(options, judging, gathering, readerRules);
  const reading = new Reading(options, judge, {
    onFormat: (format) => {
      judge.layout.isTable = format === 'DELIMITED';
    },
  });

  const { nowMs, onProgress } = options;
  let toldMs = nowMs?.() ?? 0;
  const tell = () =>
    onProgress?.({
      bytes: reading.sizeBytes,
      rows: judge.rows,
      errors: gathering.errors,
      warnings: gathering.warnings,
      ...gathering.worst(liveFindings),
    });
  for await (const text of reading.text(source)) {
    if (!reading.push(text)) break;
    const now = nowMs?.() ?? 0;
    if (!nowMs || now - toldMs < progressMs) continue;
    toldMs = now;
    tell();
  }
  reading.end();
  judge.end(reading.isReadable);
  judgeSize(judge, reading, judging.profile);

  const { layout } = judge;
  return reportOf(
    {
      rules: options.rules.key,
      profile: judging.profile,
      asOf: options.asOf,
      file: {
        name: options.name,
        sizeBytes: reading.sizeBytes,
        decodedBytes: reading.decodedBytes,
        ...reading.learned,
        platform: layout.shape?.platform ?? null,
      },
      columns: layout.matches,
      asks: [...new Set([...(layout.shape?.asks ?? []), ...judge.asks])].filter(
        (key) => judging.declared[key] === undefined,
      ),
      rows: judge.rows,
      valid: judge.valid,
      threshold: options.threshold ?? usualThreshold,
      isReadable: reading.isReadable,
    },
    gathering,
  );
}

/** CSV-11: nothing in it, no row in it, or more than the profile's importer takes. */
function judgeSize(judge: Judge, reading: Reading, profile: string | null): void {
  const whole = { place: null, column: null, value: null };
  if (judge.rows === 0 && reading.isReadable) {
    const isNothing =
      reading.decodedBytes === 0 || (reading.learned.format === 'DELIMITED' && judge.layout.names.length === 0);
    judge.problem(isNothing ? 'CSV-11' : 'CSV-11.rows', whole, {});
  }
  const most = profile === null ? undefined : profileBytes[profile];
  if (profile !== null && most !== undefined && reading.decodedBytes > most)
    judge.problem('CSV-11.size', whole, {
      profile,
      megabytes: Math.ceil(reading.decodedBytes / 1_000_000),
      most: most / 1_000_000,
    });
}
