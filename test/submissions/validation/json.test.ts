import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonReader } from '../../../server/submissions/validation/formats/json.ts';
import { JsonLinesReader } from '../../../server/submissions/validation/formats/jsonLines.ts';
import { spanValue } from '../../../server/submissions/validation/formats/writers.ts';
import type { Limits } from '../../../server/submissions/validation/types.ts';
import { type ReadOut, readWith } from './reading.ts';

const read = (input: string | Uint8Array, sizes?: readonly number[], limits?: Partial<Limits>): ReadOut =>
  readWith((sink, all) => new JsonReader(sink, all), input, sizes, limits);
const readLines = (input: string | Uint8Array, sizes?: readonly number[], limits?: Partial<Limits>): ReadOut =>
  readWith((sink, all) => new JsonLinesReader(sink, all), input, sizes, limits);
const valuesOf = (input: string) => read(input).rows.map((row) => row.values);
/** Rule and row of what is wrong; the same however the bytes are cut. */
const first = (reader: typeof read, input: string, limits?: Partial<Limits>) => {
  const whole = reader(input, undefined, limits);
  for (const sizes of [[1000], input.length > 50_000 ? [4096] : [1]])
    expect(reader(input, sizes, limits)).toEqual(whole);
  return { ...whole, problems: whole.problems.map(({ rule, row }) => `${rule} ${row}`) };
};

describe('records', () => {
  test.each([
    ['an array', '[{"id":1},\n{"id":2}]'],
    ['an array in an object', '{"version":1,"tags":["a"],"products":[{"id":1},{"id":2}],"more":[{"id":3}]}'],
    ['an array two deep', '{"data":{"count":2,"items":[{"id":1},{"id":2}]},"x":{}}'],
  ])('%s of objects', (_, text) => {
    expect(valuesOf(text)).toEqual([{ id: '1' }, { id: '2' }]);
  });

  test('values are the text that stands there; objects have paths, lists are joined', () => {
    const record = `{"n":-1.50e+3,"yes":true,"none":null,"empty":"","s":"a \\"q\\" \\\\ \\/ \\n \\u00e9\\ud83c\\udf64 \\ud800!",
      "list":[1,"b",null,[true]],"o":{"a":1,"b":{"c":2}},"objects":[{"x":1},{"x":2}],"é":"ö",
      "shipping":[{"country":"SE","price":"49 SEK"},{"country":"NO","price":"59 NOK"}],"price":{"value":12.90,"currency":"SEK"}}`;
    expect(valuesOf(`[${record}]`)).toEqual([
      {
        n: '-1.50e+3',
        yes: 'true',
        s: 'a "q" \\ / \n é🍤 �!',
        list: '1,b,true',
        'o.a': '1',
        'o.b.c': '2',
        'objects.x': '1,2',
        é: 'ö',
        shipping: 'SE:::49 SEK,NO:::59 NOK',
        price: '12.90 SEK',
      },
    ]);
  });

  test('names such as __proto__ are names, and the last of two counts', () => {
    const { rows, problems } = read('[{"__proto__":"1","constructor":{"prototype":2},"a":1,"a":2}]');
    expect(Object.entries(rows[0]?.values ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor.prototype', '2'],
      ['a', '2'],
    ]);
    expect(problems).toMatchObject([{ rule: 'JSON-06', row: 1, column: 'a' }]);
  });

  test('[U9] lines are counted by LF, CRLF and lone CR', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(read(['[', '{"a":', '1},', '{"a":2}]'].join(end), [1]).rows.map((row) => row.line)).toEqual([2, 4]);
      expect(readLines(['{"a":1}', '', '{"a":2}', ''].join(end), [1]).rows.map((row) => row.line)).toEqual([1, 3]);
    }
  });
});

describe('repair', () => {
  test('where a value stands, another can be written that is read back', () => {
    const text = '[{"a":"x","b":1.5,"c":"e\\u00e9","d":null,"e":["1"],"f":[1,2]}]';
    const value = 'A "q" \\ é\n';
    const spans: { start: number; end: number; made: string }[] = [];
    readWith(
      (sink, limits) => new JsonReader(sink, limits),
      text,
      undefined,
      {},
      (_, __, span) => spans.push({ ...span, made: spanValue(value, span, ',', false) }),
    );
    let repaired = text;
    for (const { start, end, made } of spans.toReversed())
      repaired = repaired.slice(0, start) + made + repaired.slice(end);
    expect(valuesOf(repaired)).toEqual([{ a: value, b: value, c: value, e: value, f: '1,2' }]);
  });
});

describe('what is refused', () => {
  test.each([
    ['an end inside a record', '[{"a":1},{"a":', 'JSON-01 1', 1],
    ['an end inside the list', '[{"a":1}', 'JSON-01 1', 1],
    ['a comma too many', '[{"a":1,}]', 'JSON-01 1', 0],
    ['a comma too few', '[{"a":1}{"a":2}]', 'JSON-01 1', 1],
    ['a name without quotes', '[{a:1}]', 'JSON-01 1', 0],
    ['a number with a zero before it', '[{"a":01}]', 'JSON-01 1', 0],
    ['a word that is none', '[{"a":nil}]', 'JSON-01 1', 0],
    ['a line end inside of quotes', '[{"a":"x\ny"}]', 'JSON-01 1', 0],
    ['an escape that means nothing', '[{"a":"\\x"}]', 'JSON-01 1', 0],
    ['something behind it', '[{"a":1}] [', 'JSON-01 1', 1],
    ['no list', '{"a":{"b":[1]}}', 'JSON-05 null', 0],
    ['a list too deep', '{"a":{"b":{"c":[{"d":1}]}}}', 'JSON-05 null', 0],
  ])('%s ends the reading', (_, text, problem, rows) => {
    const result = first(read, text);
    expect([result.problems, result.rows.length, result.isStuck]).toEqual([[problem], rows, true]);
  });

  test('line and position are those of the place', () => {
    expect(read('[\n{"a":1},\n{"a":1 "b":2}]').problems[0]?.params).toMatchObject({ line: 3, position: 8 });
  });

  test('what is no object, too long or too deep is an error of its row', () => {
    const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const { problems, rows } = first(read, `[1,"a",[{"b":[]}],${deep},{"a":"${'x'.repeat(500_000)}]}"},{"a":1}]`, {
      recordBytes: 450_000,
    });
    expect(problems).toEqual(['JSON-04 1', 'JSON-04 2', 'JSON-04 3', 'JSON-08 4', 'JSON-03 5']);
    expect(rows.map((row) => row.row)).toEqual([6]);
  });

  test('200,000 deep around the list is passed over', () => {
    const deep = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`;
    expect(first(read, deep).problems).toEqual(['JSON-05 null']);
  });

  test('of JSON Lines a broken line is an error of its row, and the next is read', () => {
    const text = `{"a":1}\n{"a":\n[1]\n\n{"a":"${'x'.repeat(300)}"}\n{"a":1}{"a":2}\n{"a":${'['.repeat(200)}\n{"a":3}`;
    const { problems, rows } = first(readLines, text, { recordBytes: 250 });
    expect(problems).toEqual(['JSON-02 2', 'JSON-04 3', 'JSON-03 4', 'JSON-02 6', 'JSON-08 7']);
    expect(rows.map(({ row, line }) => [row, line])).toEqual([
      [1, 1],
      [5, 6],
      [8, 8],
    ]);
  });

  test('names without bound end the reading', () => {
    const many = (count: number) => `{${Array.from({ length: count }, (_, at) => `"a${at}":1`).join(',')}}`;
    expect(first(read, `[${many(300)}]`, { columns: 100 }).problems).toEqual(['JSON-07 1']);
    expect(first(readLines, `${many(300)}\n{"b":1}\n`, { columns: 100 }).problems).toEqual(['JSON-07 1']);
  });
});

/** What the reader should make of a record, by JSON.parse. */
function flat(value: unknown, path: string, out: Map<string, string[]>): void {
  if (Array.isArray(value)) for (const one of value) flat(one, path, out);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) flat(inner, path === '' ? name : `${path}.${name}`, out);
  else if (value !== null && value !== '') out.set(path, [...(out.get(path) ?? []), String(value)]);
}

describe('whatever the file', () => {
  const name = fc.constantFrom('id', 'title', 'é', 'a b', 'x"y');
  const value = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.oneof(fc.string({ maxLength: 4 }), fc.integer()), { maxLength: 3 }),
    fc.dictionary(name, fc.string({ maxLength: 5 }), { maxKeys: 3 }),
  );
  const records = fc.array(fc.dictionary(name, value, { maxKeys: 5 }), { maxLength: 6 });
  const sizes = fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 6 });

  test('it is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(records, fc.constantFrom(0, 2), sizes, (all, indent, cuts) => {
        const expected = all.map((record) => {
          const out = new Map<string, string[]>();
          flat(record, '', out);
          return [...out].map(([path, values]) => [path, values.join(',')]).toSorted();
        });
        const entries = ({ rows }: ReadOut) => rows.map((row) => Object.entries(row.values).toSorted());
        expect(entries(read(JSON.stringify(all, null, indent), cuts))).toEqual(expected);
        expect(entries(readLines(all.map((record) => JSON.stringify(record)).join('\n'), cuts))).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  test('nothing throws, nothing hangs, and where it is cut changes nothing', () => {
    const token = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"b":',
        '{"a":1}',
        '"',
        '\\',
        '\n',
        '\r',
        ' ',
        '1',
        '-',
        '0.5',
        'true',
        'nul',
        'é',
        '\0',
        '"\\u12',
        '{"shipping":{"country":"SE"}}',
      ],
    );
    const broken = fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(''));
    const text = fc.oneof(
      broken,
      broken.map((tail) => `[{"a":1},{"a":${tail}`),
      broken.map((tail) => `{"a":{"b":[{"a":1},${tail}`),
      broken.map((tail) => `{"a":1}\n${tail}\n{"a":2}\n`),
    );
    fc.assert(
      fc.property(text, sizes, fc.constantFrom(20, 1_048_576), (input, cuts, recordBytes) => {
        expect(read(input, cuts, { recordBytes })).toEqual(read(input, undefined, { recordBytes }));
        expect(readLines(input, cuts, { recordBytes })).toEqual(readLines(input, undefined, { recordBytes }));
      }),
      { numRuns: 2000 },
    );
  });
});
