import { createHash } from 'node:crypto';
import { words } from '../../words/en.ts';
import type { PrintedApproval, PrintedSignOff, ProjectRecord } from './queries.ts';

const said = words.milestones.record;

/** A paper of its own: dark on white whatever the screen is, no file beside it, and no break inside of one signature. */
const style = `
:root { color-scheme: light; }
body { margin: 2rem auto; max-width: 44rem; padding: 0 1rem; background: #fff; color: #1d1c1a;
  font: 14px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 28px; line-height: 1.2; margin: 0; }
h2 { font-size: 20px; line-height: 1.2; margin: 2rem 0 0.75rem; }
h3 { font-size: 16px; line-height: 1.2; margin: 0 0 0.5rem; }
p { margin: 0.25rem 0; }
section { border-top: 1px solid #c9c5be; padding: 1rem 0; break-inside: avoid; }
dl { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0.25rem 1rem; margin: 0.5rem 0; }
dt { color: #5b5750; }
dd { margin: 0; white-space: pre-line; }
code { font: 12px/1.45 ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; font-variant-numeric: tabular-nums; }
caption { color: #5b5750; text-align: start; }
th, td { border-bottom: 1px solid #e4e1db; padding: 0.25rem 0.5rem 0.25rem 0; text-align: start; vertical-align: top; }
.care { color: #7a4b00; }
@page { margin: 18mm; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
`;

/** What the page may do: draw itself, by this one style sheet. */
export const recordPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox',
].join('; ');

/** The record as one page that prints. Every text of a person goes through `plain`. */
export function recordPage({ project, account, company, signOffs, approvals }: ProjectRecord, at: Date): string {
  const when = (moment: Date) => inWords(moment, project.timeZone);
  const lead = said.lead({ project: project.name, account, company });
  const printed = said.printed({ at: when(at), zone: project.timeZone });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${plain(`${said.title()}: ${project.name}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${plain(said.title())}</h1>
<p>${plain(lead)}</p>
<p>${plain(printed)}</p>
<h2>${plain(said.milestones())}</h2>
${signOffs.length === 0 ? paragraph(said.noMilestones()) : signOffs.map((one) => signOffPart(one, when)).join('\n')}
<h2>${plain(said.approvals())}</h2>
${approvals.length === 0 ? paragraph(said.noApprovals()) : approvals.map((one) => approvalPart(one, when)).join('\n')}
</main>
</body>
</html>
`;
}

type When = (moment: Date) => string;

function signOffPart({ row, by, isOutdated, shownTasks }: PrintedSignOff, when: When): string {
  const { name, milestone, tasks } = row.content;
  const lines = tasks.map(({ id, title, state, version }) => {
    const cells = [
      shownTasks.has(id) ? title : said.hidden(),
      state === 'WAIVED' ? said.states.WAIVED() : said.states.DONE(),
      version === null ? said.none() : String(version),
    ];
    return `<tr>${cells.map((cell) => `<td>${plain(cell)}</td>`).join('')}</tr>`;
  });
  const heads = [said.task(), said.state(), said.version()].map((head) => `<th scope="col">${plain(head)}</th>`);
  return `<section>
<h3>${plain(`${name}: ${milestone}`)}</h3>
<p>${plain(said.signOff({ number: row.number }))}</p>
${isOutdated ? `<p class="care">${plain(said.outdated())}</p>` : ''}
${facts([
  [said.by(), by ?? said.somebody()],
  [said.at(), when(row.at)],
  [said.said(), row.note],
])}
<table><caption>${plain(said.contents())}</caption><thead><tr>${heads.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>
${fingerprint(row.digest)}
</section>`;
}

function approvalPart(one: PrintedApproval, when: When): string {
  const of = one.of === null ? said.ofText() : one.of === 'HIDDEN' ? said.ofHidden() : said.ofVersion(one.of);
  return `<section>
<h3>${plain(one.title)}</h3>
${facts([
  [said.statement(), one.statement],
  [said.what(), of],
  [said.decision(), said.decisions[one.decision]()],
  [said.decidedBy(), one.by ?? said.somebody()],
  [said.inPlaceOf(), one.inPlaceOf === null ? '' : (one.inPlaceOf ?? said.somebody())],
  [said.at(), when(one.at)],
  [said.said(), one.reason],
])}
${one.fingerprint === null ? '' : fingerprint(one.fingerprint)}
</section>`;
}

function facts(all: readonly (readonly [string, string])[]): string {
  const given = all.filter(([, value]) => value !== '');
  return `<dl>${given.map(([name, value]) => `<dt>${plain(name)}</dt><dd>${plain(value)}</dd>`).join('')}</dl>`;
}

function fingerprint(digest: string): string {
  return `<p>${plain(said.fingerprint())} <code>${plain(digest)}</code></p>`;
}

function paragraph(text: string): string {
  return `<p>${plain(text)}</p>`;
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** What would turn the text around it, or hide in it. */
const turning = /[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/gu;

/** A person's text as text. */
function plain(text: string): string {
  return text.replace(turning, '').replace(/[&<>"']/g, (mark) => marks[mark] ?? '');
}

function inWords(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);
}
