import { describe, expect, it } from 'vitest';
import { linkPieces, safeHref } from '../../client/features/comments/linkPieces.ts';

const hrefsIn = (text: string) => linkPieces(text).flatMap((piece) => piece.href ?? []);

describe('links in a comment', () => {
  it.each([
    ['see https://a.example/x?y=1.', ['https://a.example/x?y=1']],
    ['www.shop.com and me@shop.com', ['http://www.shop.com/', 'mailto:me@shop.com']],
    ['(http://a.example/b)', ['http://a.example/b']],
  ])('%j leads where it says', (text, hrefs) => {
    expect(hrefsIn(text)).toEqual(hrefs);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'ftp://a.example/x',
    '//a.example/x',
    'file:///etc/passwd',
  ])('%j never becomes a link of its own protocol', (text) => {
    for (const href of hrefsIn(text)) expect(['http:', 'https:', 'mailto:']).toContain(new URL(href).protocol);
    expect(safeHref(text)).toBeNull();
  });

  it.each(['', 'plain', 'a https://b.example c\nd www.e.com', '🙂 https://f.example 🙂'])(
    'the pieces of %j are the text, whole and in order',
    (text) => {
      expect(
        linkPieces(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    },
  );
});
