import type { JSONContent } from '@tiptap/core';
import fc from 'fast-check';

/** Documents that the schema allows, of words and of signs that mean something in Markdown. */
const words = fc.constantFrom(
  'a',
  'Feed',
  'b1',
  '*',
  '**',
  '_',
  '~',
  '`',
  '``',
  '#',
  '1.',
  '1)',
  '-',
  '+',
  '=',
  '>',
  '|',
);
const more = fc.constantFrom(
  '[',
  ']',
  '(x)',
  '<b>',
  '&amp;',
  '&',
  '\\',
  '!',
  ':',
  'https://x.de',
  'www.x.de',
  'x@y.de',
  '“',
  'é',
  '😀',
  ' ',
  '  ',
  'x_y',
  '"',
);
const text = fc.array(fc.oneof(words, more), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
const mark = fc.constantFrom('bold', 'italic', 'strike');
const marks = fc
  .record({ set: fc.uniqueArray(mark, { maxLength: 3 }), link: fc.boolean(), code: fc.boolean() })
  .map(({ set, link, code }) => {
    const given: { type: string; attrs?: Record<string, unknown> }[] =
      link && set.length === 0 ? [{ type: 'link', attrs: { href: 'https://x.de/a?b=1&lt=2' } }] : [];
    return code ? [{ type: 'code' }] : [...given, ...set.map((type) => ({ type }))];
  });
const textNode: fc.Arbitrary<JSONContent> = fc.record({ type: fc.constant('text'), text, marks });
const id = '0190a0a0-0000-7000-8000-000000000000';
const atom: fc.Arbitrary<JSONContent> = fc.constantFrom(
  { type: 'hardBreak' },
  { type: 'mention', attrs: { id, label: 'Ann' } },
);
const inline = fc.array(fc.oneof({ weight: 4, arbitrary: textNode }, { weight: 1, arbitrary: atom }), { maxLength: 5 });
const paragraph: fc.Arbitrary<JSONContent> = inline.map((content) => ({ type: 'paragraph', content }));
const leaf: fc.Arbitrary<JSONContent> = fc.oneof(
  paragraph,
  paragraph,
  fc
    .record({ level: fc.integer({ min: 1, max: 3 }), content: inline })
    .map(({ level, content }) => ({ type: 'heading', attrs: { level }, content })),
  fc.constant({ type: 'horizontalRule' }),
  fc
    .record({ language: fc.constantFrom(null, 'ts'), code: fc.constantFrom('', 'a', '```\nx', ' a\n\n b', '~~~') })
    .map(({ language, code }) => ({
      type: 'codeBlock',
      attrs: { language },
      ...(code ? { content: [{ type: 'text', text: code }] } : {}),
    })),
  fc.constantFrom('plan.pdf', 'a [b].png').map((name) => ({ type: 'noteFile', attrs: { fileId: id, name } })),
  fc
    .integer({ min: 1, max: 3 })
    .chain((width) =>
      fc.array(fc.array(paragraph, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 3 }),
    )
    .map((rows) => ({
      type: 'table',
      content: rows.map((cells, i) => ({
        type: 'tableRow',
        content: cells.map((cell) => ({ type: i === 0 ? 'tableHeader' : 'tableCell', content: [cell] })),
      })),
    })),
);
const { block } = fc.letrec<{ block: JSONContent; item: JSONContent[] }>((tie) => ({
  item: fc.tuple(paragraph, fc.array(tie('block'), { maxLength: 2 })).map(([first, rest]) => [first, ...rest]),
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('block'), { minLength: 1, maxLength: 2 }).map((content) => ({ type: 'blockquote', content })),
    fc
      .array(tie('item'), { minLength: 1, maxLength: 3 })
      .map((items) => ({ type: 'bulletList', content: items.map((content) => ({ type: 'listItem', content })) })),
    fc
      .tuple(fc.integer({ min: 0, max: 12 }), fc.array(tie('item'), { minLength: 1, maxLength: 3 }))
      .map(([start, items]) => ({
        type: 'orderedList',
        attrs: { start },
        content: items.map((content) => ({ type: 'listItem', content })),
      })),
    fc.array(fc.tuple(fc.boolean(), tie('item')), { minLength: 1, maxLength: 3 }).map((items) => ({
      type: 'taskList',
      content: items.map(([checked, content]) => ({ type: 'taskItem', attrs: { checked }, content })),
    })),
  ),
}));

/** Bits of text that mean something in Markdown, alone or together. */
export const signs = fc.constantFrom(
  ...['*', '**', '_', '~~', '`', '```', '\n', '\n\n', '- ', '1. ', '> ', '# ', '[', ']', '(', ')', '<', '>', '&', ';'],
  ...[
    '&amp;',
    '|',
    '---',
    ' ',
    '  ',
    '\\',
    'a',
    'b1',
    '!',
    'https://x.de',
    'x@y.de',
    '[ ] ',
    '<br>',
    '\t',
    '=',
    '+',
    ':',
  ],
  ...['&#35;', '| a |\n| - |\n', 'é', '😀', '“'],
);

export const markdownDocuments: fc.Arbitrary<JSONContent> = fc
  .array(block, { minLength: 1, maxLength: 4 })
  .map((content) => ({ type: 'doc', content }));
