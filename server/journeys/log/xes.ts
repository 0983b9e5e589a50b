/*
 * An event log as IEEE 1849-2016 (XES) has it, and as the table that PM4Py reads. Pure: text from cases.
 */

/** The standard's transactional lifecycle, as far as tasks have it. */
export type Transition =
  | 'schedule'
  | 'start'
  | 'suspend'
  | 'resume'
  | 'complete'
  | 'manualskip'
  | 'withdraw'
  | 'unknown';

export type LoggedEvent = {
  id: string;
  /** What was done. */
  activity: string;
  at: Date;
  transition: Transition;
  /** What the task became, in Slipway's own words. */
  state: string;
  /** Who did it, in which role, and of which company; null when it followed by itself. */
  by: { name: string; role: string; group: string } | null;
};

/** One project, from its first event to its last. */
export type LoggedCase = {
  id: string;
  name: string;
  client: string;
  platform: string;
  state: string;
  events: readonly LoggedEvent[];
};

const extensions = [
  ['Concept', 'concept'],
  ['Identity', 'identity'],
  ['Lifecycle', 'lifecycle'],
  ['Organizational', 'org'],
  ['Time', 'time'],
] as const;

export function xesHead(): string {
  const declared = extensions.map(
    ([name, prefix]) =>
      `  <extension name="${name}" prefix="${prefix}" uri="http://www.xes-standard.org/${prefix}.xesext"/>\n`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n',
    ...declared,
    '  <global scope="trace">\n',
    string('concept:name', 'unknown', 4),
    '  </global>\n',
    '  <global scope="event">\n',
    string('concept:name', 'unknown', 4),
    date('time:timestamp', new Date(0), 4),
    string('lifecycle:transition', 'unknown', 4),
    '  </global>\n',
    '  <classifier name="Activity" keys="concept:name"/>\n',
    '  <classifier name="Activity and transition" keys="concept:name lifecycle:transition"/>\n',
    string('lifecycle:model', 'standard', 2),
  ].join('');
}

export function xesTrace({ id, name, client, platform, state, events }: LoggedCase): string {
  return [
    '  <trace>\n',
    string('concept:name', id, 4),
    string('slipway:project', name, 4),
    string('slipway:client', client, 4),
    string('slipway:platform', platform, 4),
    string('slipway:state', state, 4),
    ...events.map(xesEvent),
    '  </trace>\n',
  ].join('');
}

export const xesTail = '</log>\n';

function xesEvent({ id, activity, at, transition, state, by }: LoggedEvent): string {
  return [
    '    <event>\n',
    string('concept:name', activity, 6),
    date('time:timestamp', at, 6),
    string('lifecycle:transition', transition, 6),
    ...(by === null
      ? []
      : [string('org:resource', by.name, 6), string('org:role', by.role, 6), string('org:group', by.group, 6)]),
    string('slipway:state', state, 6),
    `      <id key="identity:id" value="${id}"/>\n`,
    '    </event>\n',
  ].join('');
}

/** PM4Py's names: what begins with `case:` is of the trace. */
export const csvHead = [
  'case:concept:name',
  'concept:name',
  'time:timestamp',
  'lifecycle:transition',
  'org:resource',
  'org:role',
  'org:group',
  'case:slipway:project',
  'case:slipway:client',
  'case:slipway:platform',
  'case:slipway:state',
  'slipway:state',
] as const;

/** A line of cells for each event of a case. */
export function csvRows({ id, name, client, platform, state, events }: LoggedCase): (string | null)[][] {
  return events.map((event) => [
    ...[id, event.activity, event.at.toISOString(), event.transition],
    ...[event.by?.name ?? null, event.by?.role ?? null, event.by?.group ?? null],
    ...[name, client, platform, state, event.state],
  ]);
}

function string(key: string, value: string, indent: number): string {
  return `${' '.repeat(indent)}<string key="${key}" value="${escaped(value)}"/>\n`;
}

function date(key: string, value: Date, indent: number): string {
  return `${' '.repeat(indent)}<date key="${key}" value="${value.toISOString()}"/>\n`;
}

/** What XML 1.0 cannot hold at all is left out; what it reads as its own, and the ends of lines, are written as numbers. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[<>&"'\t\n\r]/g, (found) => `&#${found.charCodeAt(0)};`);
}
