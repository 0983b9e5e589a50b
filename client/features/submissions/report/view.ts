import type { Report } from '../../../../server/submissions/validation/types.ts';
import type { ResultOf } from '../../../api/graphql.ts';
import { readFragment } from '../../../api/graphql.ts';
import { findingFragment, findingSampleFragment, type reportQuery } from './documents.ts';

/*
 * A report as it is shown: the server's, which keeps long parts back until they are asked for, or the browser's own,
 * which has all of it.
 */
export type SampleView = {
  row: number | null;
  line: number | null;
  column: string | null;
  value: string | null;
  message: string;
  fixed: string | null;
};
export type FindingView = {
  /** Its place in the whole report. */
  at: number;
  rule: string;
  severity: 'ERROR' | 'WARNING' | 'HINT';
  scope: 'FILE' | 'ROW' | 'CELL';
  column: string | null;
  title: string;
  message: string;
  sourceName: string;
  sourceUrl: string | null;
  count: number;
  fixable: number;
  sampleCount: number;
  samples: SampleView[];
};
export type Verdict = 'ACCEPTED' | 'ACCEPTED_WITH_WARNINGS' | 'REJECTED';
export type ReportView = {
  rules: string | null;
  verdict: Verdict;
  isReadable: boolean;
  rows: number;
  valid: number;
  threshold: number;
  findingCount: number;
  findings: FindingView[];
};

type OfServer = Extract<NonNullable<ResultOf<typeof reportQuery>['node']>, { report: unknown }>;
export type ServerReport = NonNullable<OfServer['report']>;
export type ServerFindings = ServerReport['findings'];

/** What the server says; null while there is no verdict. */
export function viewOfServer(report: ServerReport, later: readonly FindingView[]): ReportView | null {
  const { rules, verdict, isReadable, rows, valid, threshold, findingCount } = report;
  if (verdict === null) return null;
  const findings = [...findingsOf(report.findings, 0), ...later];
  return { rules, verdict, isReadable, rows, valid, threshold, findingCount, findings };
}

export function findingsOf(masked: ServerFindings, from: number): FindingView[] {
  return readFragment(findingFragment, masked).map((finding, index) => ({
    ...finding,
    at: from + index,
    samples: [...readFragment(findingSampleFragment, finding.samples)],
  }));
}

/** What the engine says in this browser. */
export function viewOfEngine(report: Report): ReportView {
  const { rules, verdict, isReadable, rows, valid, threshold } = report;
  const findings = report.findings.map(({ source, ...finding }, at) => ({
    ...finding,
    at,
    sourceName: source.name,
    sourceUrl: source.url,
    sampleCount: finding.samples.length,
  }));
  return { rules, verdict, isReadable, rows, valid, threshold, findingCount: findings.length, findings };
}

/** Findings that keep their rows from counting, or that are worth mending: what "to fix" counts. */
export function toFix(report: Pick<ReportView, 'findings'>): number {
  const errors = report.findings.filter((finding) => finding.severity === 'ERROR').length;
  return errors > 0 ? errors : report.findings.filter((finding) => finding.severity === 'WARNING').length;
}

/** Where a value and what repairing makes of it part: the bad piece of the value, and the piece that takes its place. */
export function difference(value: string, fixed: string): { before: string; bad: string; good: string; after: string } {
  const [from, to] = [[...value], [...fixed]];
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  let end = 0;
  while (end < from.length - start && end < to.length - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  return {
    before: from.slice(0, start).join(''),
    bad: from.slice(start, from.length - end).join(''),
    good: to.slice(start, to.length - end).join(''),
    after: from.slice(from.length - end).join(''),
  };
}

/** What repairs of a kind are named by. */
export type Fix = { rule: string; column: string | null };
export const fixKey = ({ rule, column }: Fix) => `${rule}\n${column ?? ''}`;
