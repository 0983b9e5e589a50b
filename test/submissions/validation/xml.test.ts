import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spanValue } from '../../../server/submissions/validation/formats/writers.ts';
import { XmlReader } from '../../../server/submissions/validation/formats/xml.ts';
import type { Limits } from '../../../server/submissions/validation/types.ts';
import { type ReadOut, readWith } from './reading.ts';

const read = (
  input: string | Uint8Array,
  sizes?: readonly number[],
  limits?: Partial<Limits>,
  elements?: string[],
): ReadOut => readWith((sink, all) => new XmlReader(sink, all, elements), input, sizes, limits);
const valuesOf = (input: string, elements?: string[]) =>
  read(input, undefined, undefined, elements).rows.map((row) => row.values);
const item = (inside: string) => `<rss><channel><title>Shop</title><item>${inside}</item></channel></rss>`;

describe('records', () => {
  test('an RSS feed with g: names, as shops write it', () => {
    const feed = `<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
  <channel>
    <title>Shop</title><link>https://shop.example</link>
    <!-- <item><g:id>no</g:id></item> -->
    <item>
      <g:id>1</g:id>
      <title><![CDATA[Salt & <b>pepper</b>]]></title>
      <g:price>12.90 SEK</g:price>
    </item>
    <item><g:id>2</g:id><title>A &amp; B &#233;&#x1F364;</title><g:price/></item>
  </channel>
</rss>
`;
    const { rows, columns, problems } = read(feed);
    expect(problems).toEqual([]);
    expect(columns).toEqual(['id', 'title', 'price']);
    expect(rows).toEqual([
      { row: 1, line: 6, values: { id: '1', title: 'Salt & <b>pepper</b>', price: '12.90 SEK' } },
      { row: 2, line: 11, values: { id: '2', title: 'A & B é🍤' } },
    ]);
  });

  test('names of any length are told apart by each of their bytes, where they open and where they close', () => {
    const names = Array.from({ length: 9 }, (_, length) => `n${'é'.repeat(length % 2)}${'x'.repeat(length)}`);
    const inside = (values: readonly string[]) => values.map((name, at) => `<${name}>${at}</${name}>`).join('');
    const expected = Object.fromEntries(names.map((name, at) => [name, String(at)]));
    const feed = `<rss>${`<item>${inside(names)}</item>`.repeat(3)}</rss>`;
    for (const sizes of [undefined, [1], [7]])
      expect(read(feed, sizes).rows.map(({ values }) => values)).toEqual([expected, expected, expected]);
    for (const name of names)
      for (let at = 1; at < name.length; at++) {
        const other = `${name.slice(0, at)}y${name.slice(at + 1)}`;
        const opened = read(`<rss><item>${inside(names)}</item><item><${other}>1</${other}></item></rss>`);
        expect(opened.rows[1]?.values[other]).toBe('1');
        const closed = read(`<rss><item>${inside(names)}</item><item><${name}>1</${other}></item></rss>`);
        expect([closed.rows.length, closed.problems.length]).toEqual([1, 1]);
      }
  });

  test('an Atom feed, with links by their address', () => {
    const entry =
      '<entry><id>1</id><link rel="self" href="https://a.example/self"/><link href="https://a.example/?a=1&amp;b=2"/></entry>';
    expect(valuesOf(`<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>${entry}</feed>`)).toEqual([
      { id: '1', link: 'https://a.example/?a=1&b=2' },
    ]);
  });

  test.each<[string, string, string[] | undefined]>([
    ['what the set of rules names', '<urlset><url><loc>1</loc></url><url><loc>2</loc></url></urlset>', ['url']],
    [
      'the repeated child of the root',
      '<products><product><loc>1</loc></product><product><loc>2</loc></product></products>',
      undefined,
    ],
    [
      'the repeated child of a wrapper',
      '<shop><name>x</name><all><p><loc>1</loc></p><p><loc>2</loc></p></all></shop>',
      undefined,
    ],
    ['whatever its prefix', '<x:a><x:p><loc>1</loc></x:p><x:p><loc>2</loc></x:p></x:a>', undefined],
  ])('%s is a record', (_, xml, elements) => {
    expect(valuesOf(xml, elements)).toEqual([{ loc: '1' }, { loc: '2' }]);
  });

  test('one record alone is a record', () => {
    expect(
      valuesOf('<products><product><id>1</id><shipping><country>SE</country></shipping></product></products>'),
    ).toEqual([{ id: '1', shipping: 'SE' }]);
  });

  test('repeated elements are joined, groups have their delimited spelling, others their path', () => {
    const inside =
      '<g:id>1</g:id><a>x</a><b>1</b><a>y</a><b>2</b><a/><a>z</a>' +
      '<g:shipping><g:country>SE</g:country><g:price>49 SEK</g:price></g:shipping>' +
      '<g:shipping><g:country>NO</g:country><g:service>Fast</g:service><g:price>59 NOK</g:price><g:days>2</g:days></g:shipping>' +
      '<size><width>1</width><deep><er>2</er></deep></size>';
    expect(valuesOf(item(inside))).toEqual([
      {
        id: '1',
        a: 'x,y,z',
        b: '1,2',
        shipping: 'SE:::49 SEK,NO::Fast:59 NOK',
        'shipping.days': '2',
        'size.width': '1',
        'size.deep.er': '2',
      },
    ]);
  });

  test('of title and g:title the one of the feed specification counts', () => {
    expect(valuesOf(item('<title>short</title><g:title>long</g:title>'))).toEqual([{ title: 'long' }]);
    expect(valuesOf(item('<g:title>long</g:title><title>short</title><media:title>x</media:title>'))).toEqual([
      { title: 'long' },
    ]);
    expect(valuesOf(item('<g:title/><title>short</title>'))).toEqual([{ title: 'short' }]);
  });

  test('line ends around a value are layout, blanks are the value', () => {
    expect(valuesOf(item('<a>\n   x y\n  </a><b> x </b><c>\n<![CDATA[ y ]]>\n</c><d>one<!-- c -->two</d>'))).toEqual([
      { a: 'x y', b: ' x ', c: ' y ', d: 'onetwo' },
    ]);
  });

  test('[U9] lines are counted by LF, CRLF and lone CR, and NUL bytes pass', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const lines = ['<rss>', '<item>', '<id>1</id>', '</item>', '<item><id>a\0b</id></item>', '</rss>', ''].join(end);
      for (const sizes of [[1], [65_536]]) expect(read(lines, sizes).rows.map((row) => row.line)).toEqual([2, 5]);
    }
  });

  test('names such as __proto__ are names', () => {
    const [row] = valuesOf(item('<__proto__>1</__proto__><constructor>2</constructor>'));
    expect(Object.entries(row ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
    expect(Object.getPrototypeOf({})).not.toHaveProperty('1');
  });
});

describe('repair', () => {
  test('where a value stands, another can be written that is read back', () => {
    const feed = item('<a>x &amp; y</a><b><![CDATA[x]]></b><c>plain</c><link href="u"/><d/><e>1</e><e>2</e>');
    const value = 'A & <B> "q" ]]> é';
    const spans: { name: string; start: number; end: number; made: string }[] = [];
    readWith(
      (sink, limits) => new XmlReader(sink, limits),
      feed,
      undefined,
      {},
      (name, _, span) => spans.push({ name, ...span, made: spanValue(value, span, ',', false) }),
    );
    expect(spans.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'link']);
    let repaired = feed;
    for (const { start, end, made } of spans.toReversed())
      repaired = repaired.slice(0, start) + made + repaired.slice(end);
    expect(valuesOf(repaired)).toEqual([{ a: value, b: value, c: value, link: value, e: '1,2' }]);
  });
});

describe('what is refused', () => {
  const first = (input: string | Uint8Array, limits?: Partial<Limits>) => {
    const whole = read(input, undefined, limits);
    for (const sizes of [[1000], input.length > 50_000 ? [4096] : [1]])
      expect(read(input, sizes, limits)).toEqual(whole);
    return { ...whole, problems: whole.problems.map(({ rule, line }) => `${rule} ${line}`) };
  };

  test.each([
    [
      'billion laughs',
      '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><lolz>&lol2;</lolz>',
    ],
    ['an external entity of a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['an external entity of an address', '<!DOCTYPE a [<!ENTITY x SYSTEM "http://169.254.169.254/">]><a>&x;</a>'],
    ['an external DTD', '<!DOCTYPE a SYSTEM "https://evil.example/a.dtd"><a/>'],
  ])('[U7] %s: a document type ends the reading', (_, xml) => {
    const { problems, isStuck, rows } = first(xml);
    expect(problems.map((problem) => problem.slice(0, 6))).toEqual(['XML-02']);
    expect([isStuck, rows]).toEqual([true, []]);
  });

  test('[U7] 100,000 elements in each other end the reading, above a record and in it', () => {
    expect(first(`<rss><item/>${'<a>'.repeat(100_000)}`).problems).toEqual(['XML-04 1']);
    expect(first(`<rss><item>${'<a>'.repeat(100_000)}`).problems).toEqual(['XML-04 1']);
  });

  test('[U7] an attribute of many megabytes is passed over with its record, in little memory', () => {
    const chunk = new Uint8Array(65_536).fill(0x61);
    const problems: string[] = [];
    const rows: number[] = [];
    const reader = new XmlReader(
      {
        column: () => 0,
        record: (_, __, place) => rows.push(place.row),
        problem: (rule) => problems.push(rule),
      },
      { recordBytes: 1_048_576, columns: 100, ratio: 200, decodedBytes: 1e12, samples: 100, compared: 1_000 },
    );
    const text = (value: string) => reader.push(new TextEncoder().encode(value));
    text('<rss><item><id>1</id></item><item><id a="');
    const before = process.memoryUsage().arrayBuffers;
    for (let at = 0; at < 1000; at++) reader.push(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16_000_000);
    text('>"/></item><item><id>3</id></item></rss>');
    reader.end();
    expect([problems, rows]).toEqual([['XML-05'], [1, 3]]);
  });

  test('an attribute of many megabytes above the records ends the reading', () => {
    expect(first(`<rss a="${'x'.repeat(1_200_000)}"><item/></rss>`).problems).toEqual(['XML-01 null']);
  });

  test('a record over the limit is an error of its own, whatever is in it', () => {
    const inside = '<id><![CDATA[</item>]]><!-- </item> --><b c="/item>"/>\n<?p </item> ?></id>';
    const { problems, rows } = first(`<rss>\n<item>${inside}${'x'.repeat(100)}</item>\n<item><id>2</id></item></rss>`, {
      recordBytes: 80,
    });
    expect(problems).toEqual(['XML-05 2']);
    expect(rows).toEqual([{ row: 2, line: 4, values: { id: '2' } }]);
  });

  test('a record whose repeated names grow without bound is an error', () => {
    expect(first(item('<a>x</a><b>y</b>'.repeat(20_000))).problems).toEqual(['XML-05 1']);
  });

  test.each([
    ['a tag that another closes', '<rss>\n<item><a>1</b></item></rss>', 2],
    ['an end inside a record', '<rss>\n<item><a>1</a>', null],
    ['an end inside a comment', '<rss>\n<!-- x', null],
    ['an attribute without quotes', '<rss>\n<item><a b=c/></item></rss>', 2],
    ['a < in the text', '<rss>\n<item><a>1 < 2</a></item></rss>', 2],
    ['two first elements', '<rss/>\n<rss/>', null],
    ['text before the first element', 'x<rss/>', null],
    ['nothing in it', '<?xml version="1.0"?>', null],
  ])('%s ends the reading, with its place', (_, xml, line) => {
    const { problems, isStuck } = first(xml);
    expect([problems, isStuck]).toEqual([[`XML-01 ${line}`], true]);
  });

  test('line and position are those of the place', () => {
    expect(read('<rss>\n<item>\n  <a>1</b></item></rss>').problems[0]?.params).toMatchObject({ line: 3, position: 7 });
  });

  test('a bare & and names of HTML are told with their value, kept as they stand, and do not end it', () => {
    const { problems, rows } = first(item('<a>Salt & pepper</a><b>caf&eacute;</b><c>&#0;</c>'));
    expect(problems).toEqual(['XML-03 1', 'XML-03 1', 'XML-03 1']);
    expect(rows[0]?.values).toEqual({ a: 'Salt & pepper', b: 'caf&eacute;', c: '&#0;' });
  });
});

test('whatever the file: nothing throws, nothing hangs, and where it is cut changes nothing', () => {
  const token = fc.constantFrom(
    ...'<rss>|</rss>|<item>|</item>|<a>|</a>|<g:a>|</g:a>|<b c="1>"|/>|>|<|text|&amp;|&|\n|\r|<![CDATA[|]]>|]|<!--|-->|<?p|?>|<!DOCTYPE|<shipping>|</shipping>|<country>SE</country>| |é|"|\0|<link href="x"/>'.split(
      '|',
    ),
  );
  const broken = fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(''));
  const whole = fc
    .array(fc.array(fc.tuple(fc.constantFrom('a', 'g:a', 'b', 'c'), fc.string({ maxLength: 12 })), { maxLength: 6 }), {
      maxLength: 6,
    })
    .map((records) => {
      const clean = (text: string) => text.replaceAll(/[<&]/g, '').replaceAll(']]>', '');
      const inside = (record: [string, string][]) =>
        record.map(([name, text]) => `<${name}>${clean(text)}</${name}>`).join('\n');
      return `<rss>${records.map((record) => `<item>${inside(record)}</item>`).join('\r\n')}</rss>`;
    });
  fc.assert(
    fc.property(
      fc.oneof(
        broken,
        whole,
        broken.map((text) => `<rss><item><a>1</a></item><item>${text}`),
      ),
      fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(40, 1_048_576),
      (text, sizes, recordBytes) => {
        expect(read(text, sizes, { recordBytes })).toEqual(read(text, undefined, { recordBytes }));
      },
    ),
    { numRuns: 2000 },
  );
});
