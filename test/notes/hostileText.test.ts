import { getSchema } from '@tiptap/core';
import { Mark } from '@tiptap/pm/model';
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { noteExtensions } from '../../client/features/notes/extensions.ts';
import { createSuggestionStore } from '../../client/features/notes/suggesting.ts';
import { documentSchema } from '../../server/notes/document/extensions.ts';
import { safeHref, typedHref } from '../../server/notes/document/links.ts';
import { caretColors } from '../../server/notes/identity.ts';

const schema = getSchema(
  noteExtensions({
    checkbox: (text) => text,
    slashItems: () => [],
    people: () => [],
    suggestions: createSuggestionStore(),
  }),
);

test('the editor and the server hold a note to the same schema', () => {
  const shape = (of: typeof schema) => ({
    nodes: Object.entries(of.nodes)
      .map(([name, { spec }]) => [name, spec.content, spec.group, spec.marks, spec.attrs])
      .sort(),
    marks: Object.entries(of.marks)
      .map(([name, { spec }]) => [name, spec.excludes, spec.attrs])
      .sort(),
  });
  const [editor, server] = [shape(schema), shape(documentSchema())];
  const withoutDefaults = (given: unknown) =>
    JSON.parse(JSON.stringify(given, (key, value) => (key === 'default' ? typeof value : value)));
  expect(withoutDefaults(editor)).toEqual(withoutDefaults(server));
});

/** What a hostile peer wrote with Yjs directly, as the editor draws it: the DOM that the link's mark becomes. */
function drawnLink(attributes: Record<string, unknown>): unknown {
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  paragraph.insert(0, [text]);
  doc.getXmlFragment('default').push([paragraph]);
  text.insert(0, 'click me', { link: attributes });
  const node = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment('default'), schema);
  const [mark] = node.firstChild!.firstChild!.marks;
  expect(mark).toBeInstanceOf(Mark);
  return mark!.type.spec.toDOM!(mark!, true);
}

const inert = ['span', {}, 0];

describe('[I6] an address that arrives by Yjs is drawn as a link only when it may be followed', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript&colon;alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:text/html;base64,PHNjcmlwdD4=',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'ftp://example.org/x',
    'blob:https://example.org/x',
    'view-source:https://example.org',
    '//evil.example/x',
    '/graphql',
    '',
  ])('%j is plain text', (href) => {
    expect(drawnLink({ href })).toEqual(inert);
  });

  test.each<{ href: unknown }>([
    { href: null },
    { href: 7 },
    { href: {} },
    { href: ['javascript:alert(1)'] },
    { href: { toString: 'javascript:' } },
  ])('%j is plain text', ({ href }) => {
    expect(drawnLink({ href })).toEqual(inert);
  });

  test('rel, target and handlers of the document are not taken over', () => {
    const hostile = { rel: 'opener', target: '_self', onclick: 'alert(1)', style: 'position:fixed', class: 'evil' };
    expect(drawnLink({ href: 'https://example.org/a', ...hostile })).toEqual([
      'a',
      { href: 'https://example.org/a', target: '_blank', rel: 'noopener noreferrer nofollow' },
      0,
    ]);
  });

  test.each(['https://example.org/a?b=c#d', 'http://example.org/', 'mailto:jo@example.org'])('%s is a link', (href) => {
    expect(safeHref(href)).toBe(href);
  });
});

test('[I6] elements and marks that a note does not know are not drawn', () => {
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment('default');
  const known = new Y.XmlElement('paragraph');
  known.insert(0, [new Y.XmlText('fine')]);
  const hostile = ['script', 'iframe', 'image', 'svg', 'style'].map((name) => {
    const element = new Y.XmlElement(name);
    element.setAttribute('src', 'javascript:alert(1)');
    element.setAttribute('onerror', 'alert(1)');
    return element;
  });
  fragment.push([known, ...hostile]);
  expect(Object.keys(schema.nodes)).not.toContain('image');
  const drawn = yXmlFragmentToProseMirrorRootNode(fragment, schema);
  expect(drawn.toJSON()).toEqual({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'fine' }] }],
  });
});

test.each([
  ['example.com', 'https://example.com/'],
  [' example.com/path ', 'https://example.com/path'],
  ['localhost.example:8080/x', 'https://localhost.example:8080/x'],
  ['jo@example.org', 'mailto:jo@example.org'],
  ['http://example.com', 'http://example.com/'],
  ['javascript:alert(1)', null],
  ['tel:+49', null],
  ['word', null],
  ['two words.com', null],
  ['', null],
])('a person who types %j means %j', (typed, href) => {
  expect(typedHref(typed)).toBe(href);
});

test.each(caretColors)('%s carries white letters and is seen on both grounds', (color) => {
  expect(contrast(color, '#ffffff')).toBeGreaterThanOrEqual(4.5);
  expect(contrast(color, '#1c1b19')).toBeGreaterThanOrEqual(2.5);
});

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
