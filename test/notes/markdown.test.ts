import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentSchema } from '../../server/notes/document/extensions.ts';
import { writeHtml } from '../../server/notes/document/html.ts';
import { parseMarkdown } from '../../server/notes/document/parseMarkdown.ts';
import { writeMarkdown } from '../../server/notes/document/writeMarkdown.ts';
import { markdownDocuments, signs } from './documents.ts';

const schema = documentSchema();
const htmlOf = (markdown: string) => writeHtml(schema.nodeFromJSON(parseMarkdown(markdown)));
const again = (markdown: string) => writeMarkdown(parseMarkdown(markdown));

describe('Markdown of a note', () => {
  test('every kind of block comes back as it was written', () => {
    const markdown = [
      '# Plan',
      'Feed on **Friday**, _not_ ~~Monday~~: see [the shop](https://shop.example/a?b=1) and `x | y`.',
      '- one\n  - inner\n- two',
      '3. third\n4. fourth',
      '- [x] done\n- [ ] open',
      '> quoted\n>\n> - list',
      '```ts\nconst a = 1;\n\nconst b = `2`;\n```',
      '| Field | Value |\n| --- | --- |\n| id | a\\|b |\n| x |  |',
      '---',
      '![plan.pdf](file:0190a0a0-0000-7000-8000-000000000000)',
      'a line\\\nand another',
    ].join('\n\n');
    schema.nodeFromJSON(parseMarkdown(markdown)).check();
    expect(again(markdown)).toBe(markdown);
  });

  test.each(['2*3*4', 'un*frigging*believable **and** more', '**2*3*4**, a**b**c', '| 2*3*4 |\n| --- |', '# 2*3*4'])(
    '%s comes back as it was written',
    (markdown) => {
      expect(again(markdown)).toBe(markdown);
    },
  );

  test('signs that were typed as signs come back as they were typed', () => {
    const doc = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '2*3*4 = 24' }] }] };
    const markdown = writeMarkdown(doc);
    expect(markdown).toBe('2\\*3\\*4 = 24');
    expect(parseMarkdown(markdown)).toEqual(doc);
  });

  test('a document becomes Markdown that says the same document', () => {
    fc.assert(
      fc.property(markdownDocuments, (doc) => {
        schema.nodeFromJSON(doc).check();
        const markdown = writeMarkdown(doc);
        const read = parseMarkdown(markdown, () => 'Ann');
        schema.nodeFromJSON(read).check();
        expect(writeMarkdown(read)).toBe(markdown);
      }),
      { numRuns: 200 },
    );
  });

  test('whatever text is read as Markdown stays what it was read as', () => {
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 25 }), (parts) => {
        const doc = parseMarkdown(parts.join(''));
        schema.nodeFromJSON(doc).check();
        const markdown = writeMarkdown(doc);
        expect(again(markdown)).toBe(markdown);
      }),
      { numRuns: 300 },
    );
  });

  test('somebody is named where they are known, and letters stay letters where not', () => {
    const id = '0190a0a0-0000-7000-8000-000000000000';
    const known = parseMarkdown(`Ask @[${id}] today`, () => 'Ann');
    expect(known.content?.[0]?.content?.[1]).toEqual({ type: 'mention', attrs: { id, label: 'Ann' } });
    expect(writeMarkdown(known)).toBe(`Ask @[${id}] today`);
    expect(parseMarkdown(`@[${id}]`).content?.[0]?.content?.[0]?.text).toBe(`@[${id}]`);
  });
});

describe('hostile Markdown', () => {
  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java&#10;script:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:msgbox)',
    '<javascript:alert(1)>',
    '![x](javascript:alert(1))',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<math><mtext><style><img onerror=alert(1)></style></mtext></math>',
    '<a href="x" onclick="alert(1)" style="x">y</a>',
    '<iframe srcdoc="<script>alert(1)</script>">',
    '```"><script>\nx\n```',
    '![" onerror="alert(1)](file:0190a0a0-0000-7000-8000-000000000000)',
    '[x](https://a.example/"onmouseover="alert(1))',
  ])('[I6] %s does nothing in the HTML', (markdown) => {
    const html = htmlOf(markdown);
    const tags = html.match(/<[^>]*>/g) ?? [];
    for (const tag of tags) {
      expect(tag).toMatch(/^<\/?(a|p|span|pre|code|h[345]|ul|ol|li|div|br|blockquote)\b/);
      const names = [...tag.matchAll(/\s([\w-]+)=/g)].map((match) => match[1]);
      expect(['href', 'target', 'rel', 'class', 'data-file']).toEqual(expect.arrayContaining(names));
      if (tag.includes('href=')) expect(tag).toMatch(/href="https:/);
    }
  });

  test.each(
    Object.entries({
      'ten thousand quotes': '>'.repeat(10_000),
      'ten thousand lists': '- '.repeat(10_000),
      'lists that go in and in': Array.from({ length: 3_000 }, (_, i) => `${' '.repeat(i * 2)}- a`).join('\n'),
      'fifty thousand brackets': '['.repeat(50_000),
      'signs of emphasis': '*a'.repeat(50_000),
      'links in links': '[a]('.repeat(25_000),
      entities: '&#'.repeat(50_000),
    }),
  )('%s are read in a moment, and lose no letter', (_, markdown) => {
    const started = process.cpuUsage();
    const doc = parseMarkdown(markdown);
    schema.nodeFromJSON(doc).check();
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1_000).toBeLessThan(2_000);
    const letters = JSON.stringify(doc).match(/"text":"[^"]*a/g);
    expect(letters !== null || !markdown.includes('a')).toBe(true);
  });
});
