import type { DOMOutputSpec, Mark, Node } from '@tiptap/pm/model';

/**
 * A document as HTML, written by what the schema says of each node, without a DOM. Every text and every attribute is
 * escaped, and only the elements and attributes named here come out: whatever a client wrote does nothing.
 */
export function writeHtml(doc: Node): string {
  return contentOf(doc);
}

const elements = new Set(
  'a blockquote br code del div em h3 h4 h5 hr input label li ol p pre s span strong table tbody td th tr ul'.split(
    ' ',
  ),
);
const attributes = new Set(
  'href target rel start class colspan rowspan data-type data-checked data-person data-file type checked disabled'.split(
    ' ',
  ),
);
const empty = new Set(['br', 'hr', 'input']);

function contentOf(node: Node): string {
  const parts: string[] = [];
  node.forEach((child) => {
    const own = child.isText ? escaped(child.text ?? '') : element(specOf(child), contentOf(child));
    parts.push(child.marks.reduceRight((inner, mark) => element(markSpec(mark), inner), own));
  });
  return parts.join('');
}

function specOf(node: Node): DOMOutputSpec {
  // Its own view has parts that only make sense where it can be ticked.
  if (node.type.name === 'taskItem') {
    const box: DOMOutputSpec = [
      'input',
      { type: 'checkbox', disabled: '', ...(node.attrs.checked ? { checked: '' } : {}) },
    ];
    return [
      'li',
      { 'data-type': 'taskItem', 'data-checked': String(node.attrs.checked === true) },
      box,
      ['div', {}, 0],
    ];
  }
  return node.type.spec.toDOM?.(node) ?? ['div', {}, 0];
}

function markSpec(mark: Mark): DOMOutputSpec {
  return mark.type.spec.toDOM?.(mark, true) ?? ['span', {}, 0];
}

function element(spec: DOMOutputSpec, content: string): string {
  if (typeof spec === 'string') return escaped(spec);
  if (!Array.isArray(spec)) return content;
  const [name, ...rest] = spec as readonly [string, ...unknown[]];
  const hasAttributes = rest[0] !== null && typeof rest[0] === 'object' && !Array.isArray(rest[0]);
  const given = hasAttributes ? (rest[0] as Record<string, unknown>) : {};
  const inner = (hasAttributes ? rest.slice(1) : rest)
    .map((part) => (part === 0 ? content : element(part as DOMOutputSpec, content)))
    .join('');
  if (!elements.has(name)) return inner;
  const written = Object.entries(given)
    .filter(([key, value]) => attributes.has(key) && value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  return empty.has(name) ? `<${name}${written}>` : `<${name}${written}>${inner}</${name}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
