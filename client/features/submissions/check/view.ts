import type { ResultOf } from '../../../api/graphql.ts';
import type { checkHeadFragment, checkQuery } from './documents.ts';

type OfSubmission = Extract<NonNullable<ResultOf<typeof checkQuery>['node']>, { check: unknown }>;
export type CheckView = NonNullable<OfSubmission['check']>;
export type RunView = NonNullable<CheckView['lastRun']>;
export type CheckFindingView = RunView['findings'][number];
export type MarkView = CheckFindingView['marks'][number];

/** What tells that there is something new to see of a check. */
export function seenOf({ lastRun, isRunning, standing, isEnded }: ResultOf<typeof checkHeadFragment>): string {
  return [lastRun?.id, isRunning, standing, isEnded].join(' ');
}

/** What looking is called: a feed is fetched, credentials are tried. */
export function lookOf(of: CheckView['of']): 'FEED' | 'CREDENTIALS' | 'other' {
  return of === 'FEED' || of === 'CREDENTIALS' ? of : 'other';
}

/** A record that must stand in the client's zone, as the form of a DNS provider asks for it. */
export type WantedRecord = { type: string; name: string; value: string | null };

/** How one record stands after the last look. */
export type RecordState = {
  record: WantedRecord;
  /** The whole name, with the domain. */
  host: string;
  state: 'RIGHT' | 'WORTH' | 'WRONG' | 'FREE' | 'UNSEEN';
  marks: { finding: CheckFindingView; mark: MarkView }[];
};

/** The rules that speak of each kind of record. */
const families: Readonly<Record<string, RegExp>> = {
  CNAME: /^DNS-(01|02|03)/,
  TXT: /^(TXT|DNS-01)/,
  CAA: /^(DNS-04|DNS-01)/,
  SPF: /^SPF-/,
  DKIM: /^(DKIM-|DNS-01)/,
  DMARC: /^DMARC-/,
  BULK: /^BULK-/,
};
/** Of these there is one for a domain, whatever name a finding gives it. */
const single: readonly string[] = ['SPF', 'DMARC', 'BULK'];

/** A domain that nobody knows: of its records there is nothing to say. */
const unknownDomain = 'DNS-00.unknown';
/** Nothing has to stand there. */
const unneeded = 'DNS-04.unneeded';

export function hostOf({ name }: WantedRecord, domain: string): string {
  return name === '@' ? domain : `${name}.${domain}`;
}

/** Sorts what was found by the record that it speaks of; what speaks of none is left over. */
export function sortByRecord(
  records: readonly WantedRecord[],
  domain: string,
  run: Pick<RunView, 'findings'> | null,
): { states: RecordState[]; left: CheckFindingView[] } {
  if (run?.findings.some(({ rule }) => rule === unknownDomain)) return { states: [], left: [...run.findings] };
  const told = new Set<string>();
  const states = records.map((record): RecordState => {
    const host = hostOf(record, domain);
    if (run === null) return { record, host, state: 'UNSEEN', marks: [] };
    const marks = run.findings.flatMap((finding) => {
      if (!families[record.type]?.test(finding.rule)) return [];
      const own = finding.marks.filter(({ at }) => single.includes(record.type) || isOf(at, host));
      if (own.length > 0) told.add(finding.rule);
      return own.map((mark) => ({ finding, mark }));
    });
    return { record, host, state: stateOf(marks), marks };
  });
  return { states, left: run?.findings.filter(({ rule }) => !told.has(rule)) ?? [] };
}

function isOf(at: string | null, host: string): boolean {
  return at !== null && asciiOf(at.replace(/\.$/, '')) === asciiOf(host);
}

/** A name as DNS has it, `xn--…` where people write other letters. */
export function asciiOf(name: string): string {
  const address = `http://${name}`;
  return URL.canParse(address) ? new URL(address).hostname : name.toLowerCase();
}

/** What is looked at of what somebody types or pastes as their domain. */
export function domainMeant(text: string): string {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/?#:].*$/, '');
  return host.replace(/^www\.(?=[^.]+\.)/, '').replace(/\.$/, '');
}

function stateOf(marks: RecordState['marks']): RecordState['state'] {
  if (marks.some(({ finding }) => finding.rule === unneeded)) return 'FREE';
  if (marks.some(({ finding }) => finding.severity === 'ERROR')) return 'WRONG';
  return marks.some(({ finding }) => finding.severity === 'WARNING') ? 'WORTH' : 'RIGHT';
}

/** How many things there are to fix, else how many are worth mending. */
export function toDo({ findings }: Pick<RunView, 'findings'>): number {
  const of = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return of('ERROR') || of('WARNING');
}

/** So many failed looks in a row take up a task again that was done. */
const failuresToReopen = 3;

/** After how many more failed looks a done task opens again; null when this look does not lead there. */
export function looksLeft({ standing, runs: { nodes } }: Pick<CheckView, 'standing' | 'runs'>): number | null {
  const good = nodes.findIndex(({ result }) => result !== 'FAILED');
  const left = failuresToReopen - (good === -1 ? nodes.length : good);
  return standing === 'DEGRADED' && good !== 0 && left > 0 ? left : null;
}
