import { numberIn } from './numbers.ts';
import type { ColumnMatch, FileFacts, Finding, Params, Report, Rule, Sample, Severity, Verdict } from './types.ts';

/*
 * What was found, gathered as it comes: true counts, a few samples, and at the end the verdict. All words are the rules';
 * here they are only filled in, cut, shown as pictures and masked.
 */

const mostCharacters = 200;

/** Of one rule in one column. */
export type Gather = {
  readonly rule: Rule;
  readonly column: string | null;
  readonly scope: Finding['scope'];
  count: number;
  fixable: number;
  readonly samples: Sample[];
};

/** Where a sample stands, and what stands there. */
export type At = {
  row: number | null;
  line: number | null;
  /** As the file spells it. */
  column: string | null;
  value: string | null;
  fixed: string | null;
  /** Personal: value, fix and what the message names of them are masked. */
  isPersonal: boolean;
};

export class Gathering {
  readonly #most: number;
  readonly #gathers = new Map<string, Gather>();
  errors = 0;
  warnings = 0;

  constructor(most: number) {
    this.#most = most;
  }

  of(rule: Rule, column: string | null, scope: Finding['scope']): Gather {
    const key = `${rule.id}\u0000${column ?? ''}\u0000${scope}`;
    const known = this.#gathers.get(key);
    if (known) return known;
    const gather: Gather = { rule, column, scope, count: 0, fixable: 0, samples: [] };
    this.#gathers.set(key, gather);
    return gather;
  }

  /** One more; answers whether a sample of it is wanted. */
  count(gather: Gather): boolean {
    gather.count++;
    if (gather.rule.severity === 'ERROR') this.errors++;
    else if (gather.rule.severity === 'WARNING') this.warnings++;
    return gather.samples.length < this.#most;
  }

  sample(gather: Gather, at: At, params: Params): void {
    const { rule, samples } = gather;
    const shown = at.isPersonal ? maskParams(params, at) : params;
    samples.push({
      row: at.row,
      line: at.line,
      column: at.column,
      value: at.value === null ? null : excerpt(at.isPersonal ? mask(at.value) : at.value),
      message: fill(rule.advice, shown),
      fixed: at.fixed === null ? null : excerpt(at.isPersonal ? mask(at.fixed) : at.fixed),
    });
    if (samples.length === 1) this.#titles.set(gather, fill(rule.title, shown));
  }
  readonly #titles = new Map<Gather, string>();

  findings(): Finding[] {
    const found = [...this.#gathers.values()].filter((gather) => gather.count > 0);
    return found.sort(byWeight).map((gather) => this.#findingOf(gather));
  }

  /** The worst of what was found so far, each with one sample: to be shown while the file is still read. */
  worst(most: number): { findingCount: number; findings: Finding[] } {
    const found = this.findings();
    const findings = found.slice(0, most).map((finding) => ({ ...finding, samples: finding.samples.slice(0, 1) }));
    return { findingCount: found.length, findings };
  }

  #findingOf(gather: Gather): Finding {
    const { rule, column, scope, count, fixable, samples } = gather;
    return {
      rule: rule.id,
      code: rule.code,
      severity: rule.severity,
      scope,
      column,
      title: this.#titles.get(gather) ?? rule.title,
      message: samples[0]?.message ?? rule.advice,
      source: { name: rule.source.name, url: rule.source.url },
      count,
      fixable,
      samples,
    };
  }
}

const weight: Record<Severity, number> = { ERROR: 0, WARNING: 1, HINT: 2 };
const scopes: Record<Finding['scope'], number> = { FILE: 0, ROW: 1, CELL: 2 };

/** Compared by code units: the order must not hang on the language of the machine. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What is wrong with the file itself stands before what is wrong in it: first of all what kept it from being read. */
function rankOf({ rule }: Gather): number {
  if (rule.scope !== 'READER' || rule.of !== 'FILE' || rule.severity !== 'ERROR') return 2;
  return rule.code === 'validation_unreadable' ? 0 : 1;
}

function byWeight(a: Gather, b: Gather): number {
  return (
    weight[a.rule.severity] - weight[b.rule.severity] ||
    rankOf(a) - rankOf(b) ||
    b.count - a.count ||
    byText(a.rule.id, b.rule.id) ||
    byText(a.column ?? '', b.column ?? '') ||
    scopes[a.scope] - scopes[b.scope]
  );
}

/** Told about the whole run. */
export type Run = {
  rules: string;
  profile: string | null;
  asOf: string;
  file: FileFacts;
  columns: ColumnMatch[];
  asks: string[];
  rows: number;
  valid: number;
  threshold: number;
  isReadable: boolean;
};

export function reportOf(run: Run, gathering: Gathering): Report {
  const findings = gathering.findings();
  return { version: 1, ...run, verdict: verdictOf(run, findings), findings };
}

/**
 * REJECTED: the file itself has an error, or fewer valid rows than the threshold. ACCEPTED_WITH_WARNINGS: accepted, with
 * any error of a row or any warning. Hints never count.
 */
export function verdictOf(
  run: Pick<Run, 'rows' | 'valid' | 'threshold' | 'isReadable'>,
  findings: readonly Pick<Finding, 'severity' | 'scope'>[],
): Verdict {
  const hasFileError = findings.some(({ severity, scope }) => severity === 'ERROR' && scope === 'FILE');
  // Multiplied, not divided: no row at all must not pass as NaN.
  if (!run.isReadable || hasFileError || run.rows === 0 || run.valid < run.rows * run.threshold) return 'REJECTED';
  return findings.some(({ severity }) => severity !== 'HINT') ? 'ACCEPTED_WITH_WARNINGS' : 'ACCEPTED';
}

/** What to do about one fault, masked as a sample of it is. */
export function messageOf(rule: Rule, params: Params, at: At): string {
  return fill(rule.advice, at.isPersonal ? maskParams(params, at) : params);
}

/** `{name}` by its value; what is not known stays as it stands. */
function fill(words: string, params: Params): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? numberIn(name, value) : excerpt(value);
  });
}

/** At most 200 characters, and what would not be seen shown as a picture. */
export function excerpt(text: string): string {
  let shown = text.slice(0, mostCharacters + 2);
  if (text.length > mostCharacters) {
    const characters = Array.from(shown);
    shown = `${characters.slice(0, mostCharacters - 1).join('')}…`;
    // A pair that was cut in two.
    shown = shown.replace(/[\ud800-\udbff](?![\udc00-\udfff])/g, '');
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it shows.
  return shown.replace(/[\u0000-\u001f\u007f]/g, (control) =>
    control === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + control.charCodeAt(0)),
  );
}

const phone = /^[\s()+./\-\d]*$/;

/**
 * Personal data as findings may show it: of every part the first and the last character, of a domain its last label, of a
 * phone number the last two digits.
 */
export function mask(text: string): string {
  const cut = text.slice(0, 1_000);
  if (phone.test(cut) && cut.replace(/\D/g, '').length >= 5) {
    let left = cut.replace(/\D/g, '').length - 2;
    return cut.replace(/\d/g, (digit) => (left-- > 0 ? '*' : digit));
  }
  const at = cut.lastIndexOf('@');
  const dot = cut.lastIndexOf('.');
  const isAddress = at >= 0 && dot > at;
  const tail = isAddress ? cut.slice(dot) : '';
  const masked = (isAddress ? cut.slice(0, dot) : cut).replace(/[\p{L}\p{N}\p{M}]+/gu, (part) => {
    const characters = Array.from(part);
    const last = characters.length > 3 ? characters[characters.length - 1] : '';
    return `${characters[0]}***${last}`;
  });
  return masked + tail;
}

/** Params that are words of the rules, and hold nothing of the file but a row's number. */
const ownWords: ReadonlySet<string> = new Set(['first']);

/** A param that repeats the value, or a part of it, or holds an address or a number like it. */
function maskParams(params: Params, { value, fixed }: At): Params {
  const texts = [value, fixed].filter((text) => text !== null).map((text) => text.toLowerCase());
  const isTelling = (param: string): boolean => {
    const folded = param.toLowerCase();
    if (param.includes('@') || /\d{5}/.test(param)) return true;
    return texts.some(
      (text) => (folded.length > 2 && text.includes(folded)) || (text.length > 2 && folded.includes(text)),
    );
  };
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => [
      name,
      typeof param === 'string' && !ownWords.has(name) && isTelling(param) ? mask(param) : param,
    ]),
  );
}
