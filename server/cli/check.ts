import { isUtf8 } from 'node:buffer';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { chunksOf } from '../platform/blobs/chunks.ts';
import { systemClock } from '../platform/clock.ts';
import { importCompiled } from '../platform/threads/compiled.mjs';
import { ruleSetKeys } from '../submissions/validation/rules/keys.ts';
import type { Finding, Options, Report, Rule, RuleSet } from '../submissions/validation/types.ts';
import { words } from '../words/en.ts';

const say = words.cli.check;
const keys = ruleSetKeys.join(', ');
const shownSamples = 5;

type Engine = typeof import('./checkEngine.ts');

type Asked = {
  rules: string;
  schema?: string;
  profile?: string;
  json?: boolean;
  fix?: string;
  listRules?: boolean;
  asOf?: string;
  declare: Record<string, string>;
  threshold?: number;
};

/** `slipway check FILE --rules product-feed`: the same engine as in the product; exit 0 fine, 1 blocked, 2 unreadable. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description(say.about())
    // 1 says that findings block: a command that cannot be understood is something else.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .argument('[file]', say.file())
    .option('--rules <key>', say.rules({ keys }), 'product-feed')
    .option('--schema <file>', say.schema())
    .option('--profile <name>', say.profile())
    .option('--json', say.json())
    .option('--fix <out>', say.fix())
    .option('--list-rules', say.listRules())
    .option('--as-of <date>', say.asOf(), instantOf)
    .option('--declare <key=value>', say.declare(), declared, {})
    .option('--threshold <share>', say.threshold(), shareOf)
    .action(async (file: string | undefined, asked: Asked) => {
      process.exitCode = await check(file, asked);
    });
}

async function check(file: string | undefined, asked: Asked): Promise<0 | 1 | 2> {
  const engine = (await importCompiled(new URL('./checkEngine.ts', import.meta.url))) as Engine;
  const rules = asked.schema === undefined ? engine.ruleSets[asked.rules] : await rulesIn(engine, asked.schema);
  if (!rules) return asked.schema === undefined ? refused(say.unknownRules({ key: asked.rules, keys })) : 2;
  if (asked.listRules) {
    for (const rule of [...engine.readerRules.values(), ...rules.rules]) print(lineOf(rule));
    return 0;
  }
  if (file === undefined) return refused(say.noFile());
  if (asked.fix !== undefined && (file === '-' || resolve(asked.fix) === resolve(file)))
    return refused(say.fixElsewhere());
  const options: Options = {
    rules,
    name: file === '-' ? 'stdin' : basename(file),
    asOf: asked.asOf ?? systemClock.now().toISOString(),
    profile: asked.profile ?? null,
    declared: asked.declare,
    isUtf8,
    ...(asked.threshold === undefined ? {} : { threshold: asked.threshold }),
  };
  try {
    const report = await engine.validate(await sourceOf(file, chunksOf), options);
    print(asked.json ? JSON.stringify(report) : textOf(report));
    if (asked.fix !== undefined) await writeRepaired(engine, file, options, report, asked.fix);
    if (!report.isReadable) return 2;
    return report.verdict === 'REJECTED' ? 1 : 0;
  } catch (error) {
    return refused(say.notRead({ name: file, reason: (error as Error).message }));
  }
}

const maxSchemaBytes = 5_000_000;

/** The rules of a table of columns in a file (Frictionless Table Schema); null once it was said what is wrong with it. */
async function rulesIn(engine: Engine, path: string): Promise<RuleSet | null> {
  let text: string;
  try {
    const found = await stat(path);
    // A device may never end.
    if (!found.isFile() || found.size > maxSchemaBytes)
      throw new Error(say.schemaTooLarge({ mb: maxSchemaBytes / 1_000_000 }));
    text = await readFile(path, 'utf8');
  } catch (error) {
    refused(say.notRead({ name: path, reason: (error as Error).message }));
    return null;
  }
  const { schema, problems, unused } = engine.readTableSchema(text.replace(/^\uFEFF/, ''));
  for (const each of unused) refused(say.schemaUnused({ name: path, path: each }));
  for (const { path: at, message } of problems) refused(say.schemaProblem({ name: path, path: at || '-', message }));
  return schema && engine.ruleSetOf(schema, engine.ownTable);
}

/** Everything that has a safe fix, made right; the file appears under its name when it is whole. */
async function writeRepaired(
  engine: Engine,
  file: string,
  options: Options,
  report: Report,
  path: string,
): Promise<void> {
  const which = report.findings.filter(({ fixable }) => fixable > 0).map(({ rule, column }) => ({ rule, column }));
  const { bytes, repaired } = engine.repair(await sourceOf(file), options, which);
  const unfinished = `${path}.${process.pid}.part`;
  try {
    await pipeline(bytes, createWriteStream(unfinished, { flags: 'wx' }));
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
  // Beside the report, which is alone on the standard output.
  process.stderr.write(`${say.repaired({ count: repaired.cells, path })}\n`);
}

/** Opened before it is read, so that a file that is not there is said at once. */
async function sourceOf(
  file: string,
  read: (handle: FileHandle) => AsyncIterable<Uint8Array> = keptChunksOf,
): Promise<AsyncIterable<Uint8Array>> {
  if (file === '-') return process.stdin;
  return read(await open(file, 'r'));
}

/** A repair hands on what it was given. */
const keptChunksOf = (handle: FileHandle) => handle.createReadStream({ highWaterMark: 1 << 18 });

/** Id, severity, source, fixable: parted by tabs, for grep and cut. */
function lineOf(rule: Rule): string {
  const isFixable = 'fix' in rule && rule.fix !== undefined;
  return [rule.id, rule.severity, rule.source.url ?? rule.source.name, isFixable ? 'fixable' : '-'].join('\t');
}

function textOf(report: Report): string {
  const { rows, valid, verdict, findings } = report;
  return [say.verdict({ rows, valid, verdict }), ...findings.flatMap(findingLines)].join('\n');
}

function findingLines({ severity, title, count, rule, message, samples }: Finding): string[] {
  const shown = samples.slice(0, shownSamples).map(({ row, line, column, value }) => {
    const place = [row !== null && say.row({ row }), line !== null && say.line({ line }), column].filter(Boolean);
    return say.sample({ place: place.join(', '), value: value ?? '' });
  });
  return ['', say.finding({ severity, title, count, rule }), `    ${message}`, ...shown];
}

function declared(text: string, known: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError(say.badDeclaration({ text }));
  return { ...known, [text.slice(0, at)]: text.slice(at + 1) };
}

function instantOf(text: string): string {
  const ms = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError(say.badAsOf({ text }));
  return new Date(ms).toISOString();
}

function shareOf(text: string): number {
  const share = Number(text);
  if (text.trim() === '' || !(share >= 0 && share <= 1)) throw new InvalidArgumentError(say.badThreshold({ text }));
  return share;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function refused(why: string): 2 {
  process.stderr.write(`${why}\n`);
  return 2;
}
