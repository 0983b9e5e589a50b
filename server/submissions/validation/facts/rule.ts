import { numberIn } from '../numbers.ts';
import type { Code, Finding, Judging, Params, Sample, Severity, Verdict } from '../types.ts';

/*
 * Rules over gathered facts: what is no table of rows (an image, DNS records, a page) is looked at once, by somebody who
 * may do I/O, and judged here, where nothing does. A rule is a row of data with its words and its examples.
 */

/** What is wrong once. `at` names what it speaks of: a host, an address, a part of the thing. */
export type Mark = {
  readonly at?: string | null;
  readonly expected?: string | null;
  readonly found?: string | null;
  /** What to put there instead, to be copied. */
  readonly fix?: string | null;
  readonly params?: Params;
};

export type FactHead = {
  /** `DNS-02.apex`: the id of the check, and which part of it. */
  readonly id: string;
  readonly severity: Severity;
  readonly code: Code;
  /** Of validation-rules: `F5:DNS-02`. At least one. */
  readonly covers: readonly string[];
  readonly source: { readonly name: string; readonly url: string | null };
  /** What is wrong, without a full stop; `{param}` is filled in, as are `{at}`, `{expected}` and `{found}`. */
  readonly title: string;
  /** What to do about it. */
  readonly advice: string;
  /** Asked only when judging by one of these; left out: always. */
  readonly profiles?: readonly string[];
};

export type FactRule<F> = FactHead & {
  readonly check: (facts: F, judging: Judging) => Mark | readonly Mark[] | null;
  readonly accepted: readonly F[];
  readonly refused: readonly F[];
  /** When its examples are judged, for rules that begin on a day. */
  readonly asOf?: string;
};

/** A place where it is wrong, with what was expected there; what was found is its `value`, what to put there `fixed`. */
export type FactSample = Sample & { expected: string | null };

/** A finding with what was expected, what was found and what to put there, each of its first sample. */
export type FactFinding = Finding & {
  samples: FactSample[];
  expected: string | null;
  found: string | null;
  fix: string | null;
};

const maxSamples = 100;
const rank: Readonly<Record<Severity, number>> = { ERROR: 0, WARNING: 1, HINT: 2 };

/** Everything that the rules have against these facts, the gravest first. */
export function judge<F>(rules: readonly FactRule<F>[], facts: F, judging: Judging): FactFinding[] {
  return ordered(
    rules.flatMap((rule) => {
      if (rule.profiles && !rule.profiles.includes(judging.profile ?? '')) return [];
      const marks = [rule.check(facts, judging) ?? []].flat();
      return marks.length === 0 ? [] : [findingOf(rule, marks)];
    }),
  );
}

/** Findings of several judgements as one list; those of one rule become one. */
export function ordered(findings: readonly FactFinding[]): FactFinding[] {
  const byRule = new Map<string, FactFinding>();
  for (const finding of findings) {
    const before = byRule.get(finding.rule);
    byRule.set(finding.rule, before ? joined(before, finding) : finding);
  }
  return [...byRule.values()].sort(
    (a, b) => rank[a.severity] - rank[b.severity] || b.count - a.count || (a.rule < b.rule ? -1 : 1),
  );
}

function joined(a: FactFinding, b: FactFinding): FactFinding {
  return {
    ...a,
    count: a.count + b.count,
    fixable: a.fixable + b.fixable,
    samples: [...a.samples, ...b.samples].slice(0, maxSamples),
  };
}

export function verdictOf(findings: readonly FactFinding[]): Verdict {
  if (findings.some(({ severity }) => severity === 'ERROR')) return 'REJECTED';
  return findings.some(({ severity }) => severity === 'WARNING') ? 'ACCEPTED_WITH_WARNINGS' : 'ACCEPTED';
}

function findingOf(rule: FactHead, marks: readonly Mark[]): FactFinding {
  const samples = marks.slice(0, maxSamples).map((mark) => ({
    row: null,
    line: null,
    column: mark.at ?? null,
    value: mark.found === undefined || mark.found === null ? null : shown(mark.found),
    message: filled(rule.advice, mark),
    fixed: mark.fix ?? null,
    expected: mark.expected ?? null,
  }));
  const [first = {}] = marks;
  return {
    rule: rule.id,
    code: rule.code,
    severity: rule.severity,
    scope: 'FILE',
    column: first.at ?? null,
    title: filled(rule.title, first),
    message: filled(rule.advice, first),
    source: rule.source,
    count: marks.length,
    fixable: marks.filter(({ fix }) => fix !== undefined && fix !== null).length,
    samples,
    expected: first.expected ?? null,
    found: samples[0]?.value ?? null,
    fix: first.fix ?? null,
  };
}

function filled(text: string, mark: Mark): string {
  const values: Readonly<Record<string, string | number | null | undefined>> = {
    at: mark.at,
    expected: mark.expected,
    found: mark.found,
    ...mark.params,
  };
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return shown(typeof value === 'number' ? numberIn(name, value) : value);
  });
}

/** Foreign text as it may stand in a message: short, and with its control characters as pictures. */
export function shown(text: string): string {
  const visible = text.replaceAll(/\p{Cc}/gu, (control) => {
    const at = control.charCodeAt(0);
    return at < 0x20 ? String.fromCharCode(0x2400 + at) : '\u2421';
  });
  const characters = [...visible.slice(0, 402)];
  return characters.length > 200 ? `${characters.slice(0, 199).join('')}…` : visible;
}

export function rfc(number: number, section?: string): FactHead['source'] {
  const place = section === undefined ? '' : `#section-${section}`;
  return {
    name: `RFC ${number}${section === undefined ? '' : `, ${section}`}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}${place}`,
  };
}

/** Known to everybody in the trade and written nowhere in particular. */
export const commonPractice: FactHead['source'] = { name: 'Common practice', url: null };

/** `12 MB`, for messages. */
export function megabytes(bytes: number): string {
  const mega = bytes / 1_000_000;
  return `${mega >= 10 ? Math.round(mega) : Math.round(mega * 10) / 10} MB`;
}
