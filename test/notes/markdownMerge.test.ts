import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { mergeInto } from '../../server/notes/document/merge.ts';
import { parseMarkdown } from '../../server/notes/document/parseMarkdown.ts';
import { createReader } from '../../server/notes/document/read.ts';
import { writeMarkdown } from '../../server/notes/document/writeMarkdown.ts';
import { markdownDocuments } from './documents.ts';

const reader = createReader();
const nodeOf = (markdown: string) => reader.schema.nodeFromJSON(parseMarkdown(markdown, () => 'Ann'));
const markdownOf = (doc: Y.Doc) => writeMarkdown(reader.read(doc).toJSON());
const write = (doc: Y.Doc, markdown: string) => mergeInto(doc, nodeOf(markdown), reader);

function noteOf(markdown: string): Y.Doc {
  const doc = new Y.Doc();
  write(doc, markdown);
  return doc;
}
/** The same note in somebody else's browser. */
function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}
function exchange(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
}
function textAt(doc: Y.Doc, block: number): Y.XmlText {
  return (doc.getXmlFragment('default').get(block) as Y.XmlElement).get(0) as Y.XmlText;
}
const sizeOf = (doc: Y.Doc, before: Uint8Array) => Y.encodeStateAsUpdate(doc, before).byteLength;

test('a note says what was written in it, whatever it said before', () => {
  fc.assert(
    fc.property(markdownDocuments, markdownDocuments, (a, b) => {
      const [before, after] = [writeMarkdown(a), writeMarkdown(b)];
      const doc = noteOf(before);
      expect(markdownOf(doc)).toBe(before);
      write(doc, after);
      expect(markdownOf(doc)).toBe(after);
    }),
    { numRuns: 80 },
  );
});

test('writing what it says already changes nothing at all', () => {
  const doc = noteOf('# Plan\n\n- one\n- two\n\n| a |\n| --- |\n| **b** |');
  const before = Y.encodeStateAsUpdate(doc);
  write(doc, markdownOf(doc));
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
});

test('what another types in the same moment is kept, in another block and in the same sentence', () => {
  const doc = noteOf('# Plan\n\nFeed comes on Friday\n\nAsk about prices');
  const theirs = copyOf(doc);
  textAt(theirs, 1).insert('Feed comes on Friday'.length, ' at noon');
  textAt(theirs, 2).insert(0, 'Please: ');
  write(doc, '# New plan\n\nIntro\n\nThe feed comes on Friday\n\nAsk about prices\n\nEnd');
  exchange(doc, theirs);
  expect(markdownOf(doc)).toBe(
    '# New plan\n\nIntro\n\nThe feed comes on Friday at noon\n\nPlease: Ask about prices\n\nEnd',
  );
  expect(markdownOf(theirs)).toBe(markdownOf(doc));
});

test('a caret stays in its word when words before it and blocks above it change', () => {
  const doc = noteOf('One\n\nThe price is wrong');
  const place = Y.createRelativePositionFromTypeIndex(textAt(doc, 1), 'The price'.length);
  write(doc, 'Zero\n\nOne\n\nThe old price is **very** wrong');
  const found = Y.createAbsolutePositionFromRelativePosition(place, doc);
  expect(found?.type).toBe(textAt(doc, 2));
  expect(found?.index).toBe('The old price'.length);
});

test('a small change is a small update, however long the note', () => {
  const paragraphs = Array.from({ length: 400 }, (_, i) => `Paragraph ${i} of a long note with some words in it`);
  const doc = noteOf(paragraphs.join('\n\n'));
  const before = Y.encodeStateVector(doc);
  write(doc, ['New', ...paragraphs.map((text, i) => (i === 300 ? `${text}!` : text))].slice(0, 400).join('\n\n'));
  expect(sizeOf(doc, before)).toBeLessThan(400);
});

test('an empty line where somebody is about to write stays', () => {
  const doc = noteOf('One\n\nTwo');
  const line = new Y.XmlElement('paragraph');
  doc.getXmlFragment('default').insert(1, [line]);
  write(doc, 'One\n\nTwo\n\nThree');
  line.insert(0, [new Y.XmlText('between')]);
  expect(markdownOf(doc)).toBe('One\n\nbetween\n\nTwo\n\nThree');
});

test('what no editor could have made is not shown, and harms nobody', () => {
  const doc = noteOf('One');
  const fragment = doc.getXmlFragment('default');
  let deep = new Y.XmlElement('blockquote');
  fragment.push([deep]);
  for (let i = 0; i < 1_000; i++) {
    const inner = new Y.XmlElement('blockquote');
    deep.insert(0, [inner]);
    deep = inner;
  }
  const wrong = new Y.XmlElement('script');
  const heading = new Y.XmlElement('heading');
  heading.setAttribute('level', '99"><script>');
  heading.insert(0, [new Y.XmlText('Title')]);
  const item = new Y.XmlElement('listItem');
  fragment.push([wrong, heading, item]);
  doc.getMap('other').set('x', 'y');
  const read = reader.read(doc);
  read.check();
  expect(writeMarkdown(read.toJSON())).toMatch(/^One\n\n(>.*\n)*.*\n*### Title$/s);
});
