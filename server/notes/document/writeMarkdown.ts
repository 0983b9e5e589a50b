import type { JSONContent } from '@tiptap/core';
import { headingLevels } from './extensions.ts';
import { safeHref } from './links.ts';
import { entity, parseInline } from './parseMarkdown.ts';
import { type Piece, put, withinWords } from './signs.ts';

/**
 * A document as Markdown that `parseMarkdown` reads as the same document. What Markdown has no words for is left out:
 * empty paragraphs, white space at the ends of a line, cells that span others.
 */
export function writeMarkdown(doc: JSONContent): string {
  return blocks(doc.content ?? [], '\n\n');
}

/** One block, for comparing: two blocks of the same Markdown say the same. */
export function blockMarkdown(block: JSONContent): string {
  return writtenBlock(block, null);
}

type Before = { markdown: string; marker: string } | null;

function blocks(nodes: readonly JSONContent[], separator: string): string {
  const parts: string[] = [];
  let before: Before = null;
  for (const node of nodes) {
    const marker = markerOf(node, before);
    const markdown = writtenBlock(node, marker);
    if (markdown === '') continue;
    parts.push(markdown);
    before = marker === null ? null : { markdown, marker };
  }
  return parts.join(separator);
}

/** Two lists in a row would be read as one: the second has another marker. */
function markerOf(node: JSONContent, before: Before): string | null {
  if (node.type === 'bulletList' || node.type === 'taskList') return before?.marker === '-' ? '*' : '-';
  if (node.type === 'orderedList') return before?.marker === '.' ? ')' : '.';
  return null;
}

function writtenBlock(node: JSONContent, marker: string | null): string {
  const content = node.content ?? [];
  switch (node.type) {
    case 'paragraph':
      return lines(content);
    case 'heading': {
      const level = headingLevels.find((one) => one === node.attrs?.level) ?? 3;
      const text = inline(oneLine(content), 'heading');
      return text === '' ? '#'.repeat(level) : `${'#'.repeat(level)} ${text}`;
    }
    case 'horizontalRule':
      return '---';
    case 'codeBlock':
      return code(node);
    case 'blockquote': {
      const inner = blocks(content, '\n\n');
      return inner === '' ? '>' : indented(inner, '> ');
    }
    case 'bulletList':
    case 'taskList':
      return list(content, () => `${marker ?? '-'} `);
    case 'orderedList': {
      const start = orderOf(node.attrs?.start);
      return list(content, (index) => `${start + index}${marker ?? '.'} `);
    }
    case 'table':
      return table(content);
    case 'noteFile':
      return `![${escaped(String(node.attrs?.name ?? '').replace(/\s+/g, ' '))}](file:${String(node.attrs?.fileId ?? '')})`;
    default:
      return '';
  }
}

function orderOf(start: unknown): number {
  const order = Number(start);
  return Number.isInteger(order) && order >= 0 && order <= 99_999_999 ? order : 1;
}

function code(node: JSONContent): string {
  const text = (node.content ?? []).map((part) => part.text ?? '').join('');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const language = /^[\w+#.-]{1,30}/.exec(String(node.attrs?.language ?? ''))?.[0] ?? '';
  return `${fence}${language}\n${text === '' ? '' : `${text}\n`}${fence}`;
}

function list(items: readonly JSONContent[], markerAt: (index: number) => string): string {
  return items
    .map((item, index) => {
      const marker = markerAt(index);
      const box = item.type === 'taskItem' ? `[${item.attrs?.checked ? 'x' : ' '}] ` : '';
      const isParagraph = (node: JSONContent | undefined) => node?.type === 'paragraph';
      const content = (item.content ?? []).filter((node) => !isParagraph(node) || lines(node.content ?? []) !== '');
      const rest = isParagraph(content[0]) ? content.slice(1) : content;
      // A box without words would be read as words.
      const text = (isParagraph(content[0]) && lines(content[0]?.content ?? [])) || (box && '&nbsp;');
      const below = blocks(rest, '\n\n');
      const next = below === '' ? '' : `${text === '' || isTight(rest, below) ? '\n' : '\n\n'}${below}`;
      const body = indented(`${text}${next}`, ' '.repeat(marker.length)).trimStart();
      const isBare = text === '';
      return isBare ? `${marker.trimEnd()}${indented(next, ' '.repeat(marker.length))}` : `${marker}${box}${body}`;
    })
    .join('\n');
}

/** Whether what follows the words of an item may stand right under them: other lists are only read as such after an empty line. */
function isTight(rest: readonly JSONContent[], below: string): boolean {
  return rest.length === 1 && /^(?:[-*]|1[.)]) \S/.test(below);
}

/** Every line but empty ones; those of a quote too, or it would end there. */
function indented(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? by.trimEnd() : `${by}${line}`))
    .join('\n');
}

function table(rows: readonly JSONContent[]): string {
  const cells = rows.map((row) => (row.content ?? []).map((cell) => cellText(cell.content ?? [])));
  const width = Math.max(0, ...cells.map((row) => row.length));
  if (width === 0) return '';
  const line = (row: readonly string[]) => `| ${Array.from({ length: width }, (_, at) => row[at] ?? '').join(' | ')} |`;
  const [header = [], ...others] = cells;
  return [line(header), line(Array.from({ length: width }, () => '---')), ...others.map(line)].join('\n');
}

function cellText(paragraphs: readonly JSONContent[]): string {
  return paragraphs
    .map((paragraph) => inline(paragraph.content ?? [], 'cell'))
    .filter((text) => text !== '')
    .join('<br>');
}

function lines(content: readonly JSONContent[]): string {
  return inline(content, 'paragraph')
    .split('\n')
    .map((line, index) => (index === 0 ? line : line.trimStart()))
    .map(atLineStart)
    .join('\n');
}

/** What would make a heading, a list, a quote, a rule or a table of a line. */
function atLineStart(line: string): string {
  return line.replace(/^([#>+\-=:|])/, '\\$1').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

function oneLine(content: readonly JSONContent[]): JSONContent[] {
  return content.map((node) => (node.type === 'hardBreak' ? { type: 'text', text: ' ' } : node));
}

const maxRuns = 1_000;

type Where = 'paragraph' | 'heading' | 'cell';
type Run = { text: string; marks: Map<string, string>; isAtom: boolean };

const markNames = ['link', 'bold', 'italic', 'strike', 'code'] as const;

function inline(content: readonly JSONContent[], where: Where): string {
  const runs = trimmedRuns(content.flatMap((node) => runOf(node, where)));
  const text = readable(runs, where);
  if (where !== 'heading') return text;
  // Signs at the end would be taken for the closing of the heading.
  return text.replace(/#+$/, (found) => [...found].map((sign) => `\\${sign}`).join(''));
}

/**
 * The signs of the runs, as many of them as are read as what they are: some of those that CommonMark allows are not by
 * the reader that we have, and words without their weight are better than words with stray signs.
 */
function readable(runs: readonly Run[], where: Where): string {
  // Nobody has so many by hand, and reading them over takes the square of them.
  const isMany = runs.length > maxRuns;
  for (const kept of isMany ? [[]] : [markNames, ['link', 'code'], ['code'], []]) {
    const left = joinedRuns(runs, kept, where);
    const isPlain = left.every((run) => run.marks.size === 0);
    for (const within of withinWords) {
      const text = put(pieces(left, markNames, where), within);
      if (isPlain || isReadAs(left, put(pieces(left, markNames, 'paragraph'), within))) return text;
    }
  }
  return '';
}

/** The runs with these marks alone; those that say the same in a row are one. */
function joinedRuns(runs: readonly Run[], kept: readonly string[], where: Where): Run[] {
  const all: Run[] = [];
  for (const run of runs) {
    const marks = new Map([...run.marks].filter(([name]) => kept.includes(name)));
    const last = all.at(-1);
    const isSame =
      last && !last.isAtom && !run.isAtom && JSON.stringify([...last.marks]) === JSON.stringify([...marks]);
    if (last && isSame) last.text += run.text;
    else all.push({ ...run, marks });
  }
  // A table has no way to say this pair of signs in code.
  for (const run of all) if (where === 'cell' && run.text.includes('\\|')) run.marks.delete('code');
  return all;
}

function isReadAs(runs: readonly Run[], text: string): boolean {
  const wanted = runs.map((run) => [run.text, run.isAtom ? [] : [...run.marks].sort()]);
  const found = trimmedRuns(parseInline(text).flatMap((node) => runOf(node, 'paragraph')));
  return said(wanted) === said(found.map((run) => [run.text, run.isAtom ? [] : [...run.marks].sort()]));
}

/** The same marks in a row are one, and white space has none that count. */
function said(runs: readonly (readonly [string, unknown[]] | (string | unknown[])[])[]): string {
  const all: [string, string][] = [];
  for (const [text, marks] of runs) {
    for (const part of String(text).split(/(\s+)/)) {
      if (part === '') continue;
      const key = part.trim() === '' && !JSON.stringify(marks).includes('code') ? '' : JSON.stringify(marks);
      const last = all.at(-1);
      if (last && last[1] === key) last[0] += part;
      else all.push([part, key]);
    }
  }
  return JSON.stringify(all);
}

function runOf(node: JSONContent, where: Where): Run[] {
  const atom = (text: string) => [{ text, marks: new Map<string, string>(), isAtom: true }];
  if (node.type === 'hardBreak') return atom(where === 'cell' ? '<br>' : '\\\n');
  if (node.type === 'mention') return atom(`@[${String(node.attrs?.id ?? '')}]`);
  if (node.type !== 'text' || !node.text) return [];
  const marks = new Map<string, string>();
  for (const name of markNames) {
    const mark = node.marks?.find(({ type }) => type === name);
    const href = mark && (name === 'link' ? safeHref(mark.attrs?.href) : '');
    if (typeof href === 'string') marks.set(name, href);
  }
  return [{ text: node.text.replace(/\s*[\r\n\u2028\u2029]+\s*|\t/g, ' '), marks, isAtom: false }];
}

function isBreak(run: Run | undefined): boolean {
  return run?.isAtom === true && !run.text.startsWith('@');
}

/** Without white space at the ends of its lines, and without breaks at its own. */
function trimmedRuns(runs: Run[]): Run[] {
  const all = runs.filter((run) => run.text !== '');
  const start = (from: number, step: 1 | -1) => {
    for (let at = from; all[at] && !isBreak(all[at]); at += step) {
      const run = all[at] as Run;
      if (run.isAtom) return;
      const text = step === 1 ? run.text.trimStart() : run.text.trimEnd();
      all[at] = { ...run, text };
      if (text !== '') return;
    }
  };
  for (let at = 0; at < all.length; at++) {
    if (!isBreak(all[at])) continue;
    start(at - 1, -1);
    start(at + 1, 1);
  }
  start(0, 1);
  start(all.length - 1, -1);
  const left = all.filter((run) => run.text !== '');
  while (isBreak(left[0])) left.shift();
  while (isBreak(left.at(-1))) left.pop();
  return left;
}

const signs: Readonly<Record<string, string>> = { bold: '**', italic: '_', strike: '~~' };

/** The outermost of the marks first; what shares it stands within one pair of its signs. */
function pieces(runs: readonly Run[], marks: readonly string[], where: Where): Piece[] {
  const [mark, ...inner] = marks;
  if (mark === undefined) return runs.map((run) => plain(run.isAtom ? run.text : escaped(run.text, where)));
  const all: Piece[] = [];
  for (let at = 0; at < runs.length; ) {
    const value = runs[at]?.marks.get(mark);
    let end = at + 1;
    while (end < runs.length && runs[end]?.marks.get(mark) === value) end += 1;
    const group = runs.slice(at, end);
    at = end;
    if (value === undefined) all.push(...pieces(group, inner, where));
    else if (mark === 'code') all.push(plain(codeSpan(group.map((run) => run.text).join(''), where)));
    else if (mark === 'link') all.push(plain('['), ...pieces(group, inner, where), plain(`](${destination(value)})`));
    else all.push(...signed(group, signs[mark] ?? '', inner, where));
  }
  return all;
}

function plain(text: string): Piece {
  return { text, side: null };
}

/** White space at the ends stands outside of the signs, or they would be no signs. */
function signed(group: readonly Run[], sign: string, inner: readonly string[], where: Where): Piece[] {
  const isBlank = (run: Run | undefined) => run !== undefined && !run.marks.has('code') && run.text.trim() === '';
  const runs = [...group];
  let [head, tail] = ['', ''];
  while (isBlank(runs[0])) head += runs.shift()?.text;
  while (isBlank(runs.at(-1))) tail = `${runs.pop()?.text}${tail}`;
  const first = runs[0];
  if (!first) return [plain(head + tail)];
  if (!first.marks.has('code')) {
    const text = first.text.trimStart();
    head += first.text.slice(0, first.text.length - text.length);
    runs[0] = { ...first, text };
  }
  const last = runs.at(-1);
  if (last && !last.marks.has('code')) {
    const text = last.text.trimEnd();
    tail = last.text.slice(text.length) + tail;
    runs[runs.length - 1] = { ...last, text };
  }
  const pair = Symbol();
  const [open, close]: Piece[] = [
    { text: sign, side: 'open', pair },
    { text: sign, side: 'close', pair },
  ];
  return [plain(head), open as Piece, ...pieces(runs, inner, where), close as Piece, plain(tail)];
}

function codeSpan(text: string, where: Where): string {
  const runs = new Set([...text.matchAll(/`+/g)].map(([run]) => run.length));
  let length = 1;
  while (runs.has(length)) length += 1;
  const fence = '`'.repeat(length);
  const isPadded = /^`|`$|^ .*\S.* $/s.test(text);
  const body = isPadded ? ` ${text} ` : text;
  return `${fence}${where === 'cell' ? body.replaceAll('|', '\\|') : body}${fence}`;
}

function destination(href: string): string {
  return href
    .replace(/[\s<>()\\`|]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .replace(entity, (found) => `&amp;${found.slice(1)}`);
}

const signOrEntity = /[\\`*[\]<~]|&(?=(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp);)/gi;

/** Text of which nothing is read as a sign. */
function escaped(text: string, where: Where = 'paragraph'): string {
  const written = text
    .replace(signOrEntity, '\\$&')
    .replace(/_/g, (sign, at: number, whole: string) => (isWithinWord(whole, at) ? sign : `\\${sign}`))
    .replace(/(https?|ftp):(?=\/\/)/gi, '$1\\:')
    .replace(/www\.(?=\S)/gi, (found) => `${found.slice(0, 3)}\\.`)
    .replace(/(?<=[\w.+-])@(?=\w)/g, '\\@');
  return where === 'cell' ? written.replaceAll('|', '\\|') : written;
}

function isWithinWord(text: string, at: number): boolean {
  return /\w/.test(text[at - 1] ?? '') && /[a-z0-9]/i.test(text[at + 1] ?? '');
}
