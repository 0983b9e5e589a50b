import type { JSONContent } from '@tiptap/core';
import { MarkdownManager } from '@tiptap/markdown';
import { isId } from './extensions.ts';
import { safeHref } from './links.ts';

/** What marked's lexer makes of a text, as far as we read it. */
type Token = {
  type: string;
  raw: string;
  text?: string;
  depth?: number;
  href?: string;
  lang?: string;
  ordered?: boolean;
  start?: number | '';
  task?: boolean;
  tokens?: Token[];
  items?: Token[];
  header?: Token[];
  rows?: Token[][];
};
type Mark = { type: string; attrs?: Record<string, unknown> };
type Given = { nameOf: (personId: string) => string | null; depth: number };

/** Deeper lists and quotes are kept as text: nobody writes them, and each level costs a stack frame in many places. */
export const maxDepth = 24;
const fileScheme = 'file:';
const named = /@\[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]/g;

/**
 * The document that a Markdown text says: CommonMark and GitHub's tables, task lists and strikethrough. HTML in it is
 * text like any other, but for `<br>`. `@[person id]` names somebody where `nameOf` knows them, `![name](file:id)` on
 * its own is a file of the note. What is nested or tangled beyond reason is text. Pure, without a DOM; never throws.
 */
export function parseMarkdown(markdown: string, nameOf: Given['nameOf'] = () => null): JSONContent {
  const text = markdown.replace(/\r\n?/g, '\n').replaceAll('\0', '');
  const content = isTangled(text) ? paragraphsOf(text) : blocksOf(lexer().lex(text) as Token[], { nameOf, depth: 0 });
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] };
}

/** The ids of the people that a text may name, each once; no more than a note has use for. */
export function namedIn(markdown: string): string[] {
  return [...new Set([...markdown.matchAll(named)].map((match) => match[1] ?? ''))].slice(0, 200);
}

/** What a line of Markdown says that stands in a paragraph. */
export function parseInline(markdown: string): JSONContent[] {
  const tokens = lexer().inlineTokens(markdown) as Token[];
  return trimmed(inlineOf(tokens, [], { nameOf: () => '', depth: 0 }));
}

/** The reader looks for the partner of each sign through the whole of its paragraph: this many looks take half a second. */
const maxLooks = 100_000_000;
const deep = /^(?:[ \t]{200}|(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])){50})/m;

/** Whether reading it would hold everybody up: nobody writes such a text by hand, and it is kept as it stands. */
function isTangled(text: string): boolean {
  if (deep.test(text)) return true;
  let looks = 0;
  for (const part of text.split(/\n[ \t]*\n/)) {
    const signs = part.match(/[*_~`[\]<&!\\@:]/g)?.length ?? 0;
    looks += signs * part.length;
    if (looks > maxLooks) return true;
  }
  return false;
}

function lexer() {
  // Without extensions of its own, so that nothing is registered in the one `marked` of the process.
  const marked = new MarkdownManager({ extensions: [] }).instance;
  const tokenizer = new marked.Tokenizer();
  // HTML is text. Taken out here, markdown between two tags is read as what it is.
  tokenizer.html = () => undefined;
  const tag = tokenizer.tag.bind(tokenizer);
  tokenizer.tag = (src) => (/^<br\s*\/?>/i.test(src) ? tag(src) : undefined);
  return new marked.Lexer({ ...marked.getDefaults(), gfm: true, breaks: false, pedantic: false, tokenizer });
}

function paragraphsOf(text: string): JSONContent[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .map((part) => ({ type: 'paragraph', content: [{ type: 'text', text: part }] }));
}

function blocksOf(tokens: readonly Token[], given: Given): JSONContent[] {
  return tokens.flatMap((token) => blockOf(token, given));
}

function blockOf(token: Token, given: Given): JSONContent[] {
  const inner = { ...given, depth: given.depth + 1 };
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return [];
    case 'heading':
      return [withContent({ type: 'heading', attrs: { level: Math.min(token.depth ?? 1, 3) } }, flat(token, given))];
    case 'hr':
      return [{ type: 'horizontalRule' }];
    case 'code': {
      const language = /^[\w+#.-]{1,30}/.exec(token.lang ?? '')?.[0] ?? null;
      const text = token.text ?? '';
      return [withContent({ type: 'codeBlock', attrs: { language } }, text === '' ? [] : [{ type: 'text', text }])];
    }
    case 'blockquote':
      if (given.depth >= maxDepth) return paragraphsOf(token.raw);
      return [{ type: 'blockquote', content: filled(blocksOf(token.tokens ?? [], inner)) }];
    case 'list':
      return given.depth >= maxDepth ? paragraphsOf(token.raw) : listsOf(token, inner);
    case 'table':
      return [tableOf(token, given)];
    default:
      return token.tokens ? textBlocks(token.tokens, given) : paragraphsOf(token.raw);
  }
}

/** Paragraphs of inline tokens; a file among them stands as a block of its own. */
function textBlocks(tokens: readonly Token[], given: Given): JSONContent[] {
  const blocks: JSONContent[] = [];
  let inline: Token[] = [];
  const close = () => {
    const content = trimmed(inlineOf(inline, [], given));
    if (content.length > 0) blocks.push({ type: 'paragraph', content });
    inline = [];
  };
  for (const token of tokens) {
    const fileId = fileOf(token);
    if (fileId === null) inline.push(token);
    else {
      close();
      blocks.push({ type: 'noteFile', attrs: { fileId, name: decoded(token.text ?? '') } });
    }
  }
  close();
  return blocks;
}

function fileOf({ type, href = '' }: Token): string | null {
  if (type !== 'image' || !href.startsWith(fileScheme)) return null;
  const id = href.slice(fileScheme.length);
  return isId(id) ? id : null;
}

/** Task items and others in one list are two lists. */
function listsOf(token: Token, given: Given): JSONContent[] {
  const lists: JSONContent[] = [];
  let start = Number(token.start) || 0;
  for (const item of token.items ?? []) {
    // By its own words: the reader misses a box with nothing to read behind it.
    const box = /^\s*(?:[-+*]|\d{1,9}[.)])\s+\[([ x])\](?=\s|$)/i.exec(item.raw)?.[1];
    const type = box !== undefined ? 'taskList' : token.ordered ? 'orderedList' : 'bulletList';
    const content = itemContent(blocksOf(item.tokens ?? [], given));
    const made =
      box !== undefined
        ? { type: 'taskItem', attrs: { checked: box !== ' ' }, content: item.task ? content : withoutBox(content) }
        : { type: 'listItem', content };
    const last = lists.at(-1);
    if (last?.type === type) last.content?.push(made);
    else lists.push({ type, ...(type === 'orderedList' ? { attrs: { start } } : {}), content: [made] });
    start += 1;
  }
  return lists;
}

function withoutBox([first, ...rest]: JSONContent[]): JSONContent[] {
  const [start, ...others] = first?.content ?? [];
  const text = start?.text?.replace(/^\[[ x]\]\s*/i, '') ?? '';
  return [withContent({ type: 'paragraph' }, trimmed([...textNodes(text, []), ...others])), ...rest];
}

function itemContent(blocks: JSONContent[]): JSONContent[] {
  return blocks[0]?.type === 'paragraph' ? blocks : [{ type: 'paragraph' }, ...blocks];
}

function tableOf(token: Token, given: Given): JSONContent {
  const cell = (type: string) => (one: Token) => ({
    type,
    content: [withContent({ type: 'paragraph' }, trimmed(inlineOf(one.tokens ?? [], [], given)))],
  });
  const row = (content: JSONContent[]) => ({ type: 'tableRow', content });
  const header = row((token.header ?? []).map(cell('tableHeader')));
  return { type: 'table', content: [header, ...(token.rows ?? []).map((cells) => row(cells.map(cell('tableCell'))))] };
}

/** Of a block that has one line. */
function flat(token: Token, given: Given): JSONContent[] {
  const content = inlineOf(token.tokens ?? [], [], given);
  return trimmed(content.map((node) => (node.type === 'hardBreak' ? { type: 'text', text: ' ' } : node)));
}

function inlineOf(tokens: readonly Token[], marks: readonly Mark[], given: Given): JSONContent[] {
  const nodes = tokens.flatMap((token): JSONContent[] => {
    const within = (mark: Mark) => inlineOf(token.tokens ?? [], withMark(marks, mark), given);
    switch (token.type) {
      case 'strong':
        return within({ type: 'bold' });
      case 'em':
        return within({ type: 'italic' });
      case 'del':
        return within({ type: 'strike' });
      case 'codespan':
        return textNodes((token.text ?? '').replace(/\n/g, ' '), [{ type: 'code' }]);
      case 'br':
        return [{ type: 'hardBreak' }];
      case 'checkbox':
        return [];
      case 'html':
        return /^<br/i.test(token.raw) ? [{ type: 'hardBreak' }] : textNodes(token.raw, marks);
      case 'escape':
        return textNodes(token.text ?? '', marks);
      case 'link': {
        const href = safeHref(decoded(token.href ?? ''));
        return href === null ? inlineOf(token.tokens ?? [], marks, given) : within({ type: 'link', attrs: { href } });
      }
      case 'image': {
        // Another site's image would tell that site who reads here: its address stands in its place.
        const text = decoded(token.text ?? '');
        const href = safeHref(decoded(token.href ?? ''));
        if (href === null) return textNodes(text, marks);
        return textNodes(text === '' ? href : text, withMark(marks, { type: 'link', attrs: { href } }));
      }
      default:
        if (token.tokens) return inlineOf(token.tokens, marks, given);
        return withNames(token.text ?? token.raw, marks, given);
    }
  });
  return joined(nodes);
}

function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  return marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark];
}

function textNodes(text: string, marks: readonly Mark[]): JSONContent[] {
  if (text === '') return [];
  return [{ type: 'text', text, ...(marks.length > 0 ? { marks: [...marks] } : {}) }];
}

function withNames(raw: string, marks: readonly Mark[], given: Given): JSONContent[] {
  const nodes: JSONContent[] = [];
  let end = 0;
  for (const match of raw.matchAll(named)) {
    const id = match[1] ?? '';
    const label = given.nameOf(id);
    if (label === null) continue;
    nodes.push(...textNodes(decoded(raw.slice(end, match.index)), marks), { type: 'mention', attrs: { id, label } });
    end = match.index + match[0].length;
  }
  return [...nodes, ...textNodes(decoded(raw.slice(end)).replace(/\n/g, ' '), marks)];
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
export const entity = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;

function decoded(text: string): string {
  return text.replace(entity, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : '\ufffd';
  });
}

/** Text nodes with the same marks are one. */
function joined(nodes: readonly JSONContent[]): JSONContent[] {
  const all: JSONContent[] = [];
  for (const node of nodes) {
    const last = all.at(-1);
    const isSame = node.type === 'text' && last?.type === 'text' && same(node.marks, last.marks);
    if (last && isSame) all[all.length - 1] = { ...last, text: `${last.text}${node.text}` };
    else all.push(node);
  }
  return all;
}

function same(a: JSONContent['marks'], b: JSONContent['marks']): boolean {
  return JSON.stringify(a ?? []) === JSON.stringify(b ?? []);
}

/** Without white space and breaks at its ends, which Markdown cannot say. */
function trimmed(nodes: JSONContent[]): JSONContent[] {
  const all = [...nodes];
  const isBlank = (node: JSONContent | undefined) =>
    node?.type === 'hardBreak' || (node?.type === 'text' && (node.text ?? '').trim() === '');
  while (isBlank(all[0])) all.shift();
  while (isBlank(all.at(-1))) all.pop();
  const [first] = all;
  if (first?.type === 'text') all[0] = { ...first, text: (first.text ?? '').trimStart() };
  const last = all.at(-1);
  if (last?.type === 'text') all[all.length - 1] = { ...last, text: (last.text ?? '').trimEnd() };
  return all;
}

function withContent(node: JSONContent, content: JSONContent[]): JSONContent {
  return content.length > 0 ? { ...node, content } : node;
}

function filled(blocks: JSONContent[]): JSONContent[] {
  return blocks.length > 0 ? blocks : [{ type: 'paragraph' }];
}
