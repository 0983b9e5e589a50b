import type { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { align, sharedWords, textChanges } from './align.ts';
import { fragmentName } from './extensions.ts';
import type { DocumentReader } from './read.ts';
import { blockMarkdown } from './writeMarkdown.ts';

type Child = Y.XmlElement | Y.XmlText;
/** What is to stand at a place: an element, or text with its marks. */
type Wanted = { node: Node } | { texts: readonly Node[] };

/**
 * Makes a shared document say what `wanted` says with as few changes as can be: blocks that say the same stay as they
 * are, blocks that say something like it are changed inside, word by word. So what others write at the same moment is
 * kept, and their carets stay. Empty paragraphs, which Markdown cannot say, are left where they stand.
 */
export function mergeInto(doc: Y.Doc, wanted: Node, reader: DocumentReader): void {
  doc.transact(() => mergeChildren(doc.getXmlFragment(fragmentName), wanted, reader));
}

/** Puts what `wanted` says behind what stands there. */
export function appendTo(doc: Y.Doc, wanted: Node): void {
  const fragment = doc.getXmlFragment(fragmentName);
  doc.transact(() => {
    // The empty line that an untouched note ends with is where somebody would have gone on.
    const last = fragment.length > 0 ? fragment.get(fragment.length - 1) : null;
    const isFree = last instanceof Y.XmlElement && last.nodeName === 'paragraph' && last.length === 0;
    fragment.insert(isFree ? fragment.length - 1 : fragment.length, wantedOf(wanted).map(made));
  });
}

function mergeChildren(parent: Y.XmlFragment, wanted: Node, reader: DocumentReader): void {
  const old = parent.toArray().filter((child): child is Child => !(child instanceof Y.XmlHook));
  const next = wantedOf(wanted);
  const keys = { old: old.map((child) => keyOfChild(child, reader)), next: next.map(keyOfWanted) };
  const pairs = align(keys.old, keys.next, (o, n) => likeness(old[o], next[n], keys.old[o], keys.next[n]));
  // Where blocks follow each other freely, empty lines are nobody's business but of those who write there.
  const isFree = wanted.type.name === 'doc' || wanted.type.name === 'blockquote';
  const isCleared = next.every(isEmpty);
  // From the end, so that the places before stay what they are.
  let [endOfOld, endOfNext] = [old.length, next.length];
  for (const pair of [{ old: -1, next: -1 }, ...pairs].reverse()) {
    for (let at = endOfOld - 1; at > pair.old; at--) {
      if (isCleared || !isFree || !isEmptyParagraph(old[at])) parent.delete(at, 1);
    }
    const coming = next.slice(pair.next + 1, endOfNext).filter((one) => !isFree || !isEmpty(one));
    if (coming.length > 0) parent.insert(pair.old + 1, coming.map(made));
    const [child, target] = [old[pair.old], next[pair.next]];
    if (child && target && keys.old[pair.old] !== keys.next[pair.next]) change(child, target, reader);
    [endOfOld, endOfNext] = [pair.old, pair.next];
  }
}

function change(child: Child, wanted: Wanted, reader: DocumentReader): void {
  if (child instanceof Y.XmlText && 'texts' in wanted) changeText(child, wanted.texts);
  if (!(child instanceof Y.XmlElement) || !('node' in wanted)) return;
  const attributes = definedAttributes(wanted.node);
  const given: Record<string, unknown> = child.getAttributes();
  for (const [key, value] of Object.entries(attributes)) {
    if (JSON.stringify(given[key] ?? null) !== JSON.stringify(value)) child.setAttribute(key, value as string);
  }
  for (const key of Object.keys(given)) if (!(key in attributes)) child.removeAttribute(key);
  mergeChildren(child, wanted.node, reader);
}

/** Changes words, then marks: each only where it differs. */
function changeText(text: Y.XmlText, wanted: readonly Node[]): void {
  const plain = wanted.map((node) => node.text ?? '').join('');
  const marks = wanted.flatMap((node) => Array.from({ length: (node.text ?? '').length }, () => marksOf(node)));
  for (const { at, remove, insert } of textChanges(stringOf(text), plain).reverse()) {
    if (remove > 0) text.delete(at, remove);
    if (insert !== '') text.insert(at, insert, {});
  }
  let at = 0;
  for (const piece of text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
    const length = typeof piece.insert === 'string' ? piece.insert.length : 1;
    for (let from = 0; from < length; ) {
      const target = marks[at + from] ?? {};
      let end = from + 1;
      while (end < length && sameMarks(marks[at + end] ?? {}, target)) end += 1;
      const difference = markChanges(piece.attributes ?? {}, target);
      if (difference) text.format(at + from, end - from, difference);
      from = end;
    }
    at += length;
  }
}

function markChanges(now: Record<string, unknown>, target: Record<string, unknown>): Record<string, unknown> | null {
  const all: Record<string, unknown> = {};
  for (const key of Object.keys(now)) if (!(key in target)) all[key] = null;
  for (const [key, value] of Object.entries(target)) {
    if (JSON.stringify(now[key]) !== JSON.stringify(value)) all[key] = value;
  }
  return Object.keys(all).length > 0 ? all : null;
}

function sameMarks(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function marksOf(node: Node): Record<string, unknown> {
  return Object.fromEntries(node.marks.map((mark) => [mark.type.name, { ...mark.attrs }]));
}

function stringOf(text: Y.XmlText): string {
  return (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc'))
    .join('');
}

function wantedOf(parent: Node): Wanted[] {
  const all: Wanted[] = [];
  let texts: Node[] = [];
  parent.forEach((child) => {
    if (child.isText) {
      if (texts.length === 0) {
        texts = [];
        all.push({ texts });
      }
      texts.push(child);
    } else {
      texts = [];
      all.push({ node: child });
    }
  });
  return all;
}

function made(wanted: Wanted): Child {
  if ('texts' in wanted) {
    const text = new Y.XmlText();
    text.applyDelta(wanted.texts.map((node) => ({ insert: node.text ?? '', attributes: marksOf(node) })));
    return text;
  }
  const element = new Y.XmlElement(wanted.node.type.name);
  for (const [key, value] of Object.entries(definedAttributes(wanted.node))) element.setAttribute(key, value as string);
  element.insert(0, wantedOf(wanted.node).map(made));
  return element;
}

function definedAttributes(node: Node): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node.attrs).filter(([, value]) => value !== null));
}

function isEmpty(wanted: Wanted): boolean {
  return 'node' in wanted && wanted.node.type.name === 'paragraph' && wanted.node.childCount === 0;
}

function isEmptyParagraph(child: Child | undefined): boolean {
  return child instanceof Y.XmlElement && child.nodeName === 'paragraph' && stringIn(child).trim() === '';
}

function stringIn(child: Child): string {
  if (child instanceof Y.XmlText) return stringOf(child);
  return child
    .toArray()
    .map((inner) =>
      inner instanceof Y.XmlHook
        ? ''
        : inner instanceof Y.XmlElement && inner.length === 0
          ? '\ufffc'
          : stringIn(inner),
    )
    .join('');
}

/** What it says; the same for two that say the same. */
function keyOfChild(child: Child, reader: DocumentReader): string {
  const node = reader.readPart(child);
  return node === null ? `?${String(child)}` : Array.isArray(node) ? keyOfTexts(node) : keyOfNode(node);
}

function keyOfWanted(wanted: Wanted): string {
  return 'texts' in wanted ? keyOfTexts(wanted.texts) : keyOfNode(wanted.node);
}

function keyOfTexts(texts: readonly Node[]): string {
  return `#${JSON.stringify(texts.map((node) => [node.text, marksOf(node)]))}`;
}

function keyOfNode(node: Node): string {
  const { isBlock, type } = node;
  // Parts of lists and tables have no Markdown of their own.
  if (!isBlock || ['listItem', 'taskItem', 'tableRow', 'tableCell', 'tableHeader'].includes(type.name)) {
    return `${type.name} ${JSON.stringify(node.toJSON())}`;
  }
  return `${type.name} ${blockMarkdown(node.toJSON())}`;
}

/** How much two are alike, 0 to 1; 0 where one cannot become the other. */
function likeness(child: Child | undefined, wanted: Wanted | undefined, before = '', after = ''): number {
  if (!child || !wanted) return 0;
  const name = child instanceof Y.XmlElement ? child.nodeName : '#';
  if (name !== ('node' in wanted ? wanted.node.type.name : '#')) return 0;
  if ('node' in wanted && wanted.node.isAtom) return 0;
  return 0.05 + 0.95 * sharedWords(before, after);
}
