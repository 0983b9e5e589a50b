import { getSchema } from '@tiptap/core';
import { Fragment, type Mark, type Node, type Schema } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { documentExtensions, fragmentName, isId } from './extensions.ts';
import { safeHref } from './links.ts';
import { maxDepth } from './parseMarkdown.ts';

/** More blocks and pieces of text than a note can show; what is beyond is left out. */
const maxNodes = 100_000;
/** A list in a list is two nodes deep. */
const maxLevels = maxDepth * 2 + 4;
/** Marks that may overlap themselves carry a hash of theirs behind their name. */
const markHash = /--[a-zA-Z0-9+/=]{8}$/;

export type DocumentReader = {
  readonly schema: Schema;
  read(doc: Y.Doc): Node;
  /** One part of it: an element, or the pieces of a text. Null for what the schema does not know. */
  readPart(part: Y.XmlElement | Y.XmlText): Node | Node[] | null;
};

/** Reads what clients wrote as the document that the schema allows: what no editor could have made is left out. */
export function createReader(schema: Schema = getSchema(documentExtensions())): DocumentReader {
  return {
    schema,
    read(doc) {
      const budget = { left: maxNodes };
      const content = childrenOf(doc.getXmlFragment(fragmentName), 0, budget);
      return fitted(schema, 'doc', {}, content) ?? (schema.topNodeType.createAndFill() as Node);
    },
    readPart(part) {
      const budget = { left: maxNodes };
      return part instanceof Y.XmlText ? textsOf(schema, part, budget) : nodeOf(part, 0, budget);
    },
  };

  function nodeOf(element: Y.XmlElement, level: number, budget: { left: number }): Node | null {
    const type = Object.hasOwn(schema.nodes, element.nodeName) ? schema.nodes[element.nodeName] : undefined;
    if (!type || type.isText || type === schema.topNodeType) return null;
    return fitted(schema, element.nodeName, element.getAttributes(), childrenOf(element, level + 1, budget));
  }

  function childrenOf(parent: Y.XmlFragment, level: number, budget: { left: number }): Node[] {
    const found: Node[] = [];
    if (level > maxLevels) return found;
    for (let child = parent.firstChild; child !== null; child = nextOf(child)) {
      if (budget.left-- <= 0) break;
      if (child instanceof Y.XmlText) found.push(...textsOf(schema, child, budget));
      else if (child instanceof Y.XmlElement) {
        const node = nodeOf(child, level, budget);
        if (node) found.push(node);
      }
    }
    return found;
  }
}

function nextOf(child: Y.XmlElement | Y.XmlText | Y.XmlHook): Y.XmlElement | Y.XmlText | null {
  return child instanceof Y.XmlElement || child instanceof Y.XmlText
    ? (child.nextSibling as Y.XmlElement | Y.XmlText | null)
    : null;
}

function textsOf(schema: Schema, text: Y.XmlText, budget: { left: number }): Node[] {
  const pieces: { insert?: unknown; attributes?: Record<string, unknown> }[] = text.toDelta();
  return pieces.flatMap(({ insert, attributes = {} }) => {
    if (typeof insert !== 'string' || insert === '' || budget.left-- <= 0) return [];
    const marks = Object.entries(attributes).flatMap(([name, value]) =>
      markOf(schema, name.replace(markHash, ''), value),
    );
    return [schema.text(insert, marks)];
  });
}

function markOf(schema: Schema, name: string, value: unknown): Mark[] {
  const type = Object.hasOwn(schema.marks, name) ? schema.marks[name] : undefined;
  if (!type || value === null || value === undefined || value === false) return [];
  if (name !== 'link') return [type.create()];
  const href = safeHref(Reflect.get(Object(value), 'href'));
  return href === null ? [] : [type.create({ href })];
}

/** The node with what of its content is allowed in it; null when there is no such node. */
function fitted(schema: Schema, name: string, attributes: Record<string, unknown>, content: Node[]): Node | null {
  const type = schema.nodes[name];
  if (!type) return null;
  let match = type.contentMatch;
  const kept: Node[] = [];
  for (const node of content) {
    const next = match.matchType(node.type);
    if (!next) {
      // What has to stand before it may be missing: an item gets the paragraph that it begins with.
      const fill = match.fillBefore(Fragment.from(node));
      const after = fill && match.matchFragment(fill)?.matchType(node.type);
      if (!fill || !after) continue;
      kept.push(...fill.content, node);
      match = after;
      continue;
    }
    kept.push(type.allowsMarks(node.marks) ? node : node.mark(type.allowedMarks(node.marks)));
    match = next;
  }
  return type.createAndFill(attributesOf(name, attributes), kept);
}

/** What the schema knows of its attributes, in the shape that it expects. */
function attributesOf(name: string, given: Record<string, unknown>): Record<string, unknown> {
  const whole = (value: unknown, least: number, most: number, otherwise: number) => {
    const number = Number(value);
    return Number.isInteger(number) && number >= least && number <= most ? number : otherwise;
  };
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 300) : '');
  switch (name) {
    case 'heading':
      return { level: whole(given.level, 1, 3, 3) };
    case 'orderedList':
      return { start: whole(given.start, 0, 99_999_999, 1), type: null };
    case 'codeBlock':
      return { language: /^[\w+#.-]{1,30}$/.test(text(given.language)) ? text(given.language) : null };
    case 'taskItem':
      return { checked: given.checked === true || given.checked === 'true' };
    case 'tableCell':
    case 'tableHeader':
      return { colspan: whole(given.colspan, 1, 50, 1), rowspan: whole(given.rowspan, 1, 50, 1) };
    case 'mention':
      return { id: isId(given.id) ? given.id : null, label: text(given.label) };
    case 'noteFile':
      return { fileId: isId(given.fileId) ? given.fileId : null, name: text(given.name) };
    default:
      return {};
  }
}
