import type { Code, ReaderRule, Severity } from '../types.ts';

/* What the readers of XML and JSON find by themselves. Examples are whole files. */

const xml = { name: 'XML 1.0', url: 'https://www.w3.org/TR/xml/' };
const json = { name: 'RFC 8259 (JSON)', url: 'https://www.rfc-editor.org/rfc/rfc8259' };
const jsonLines = { name: 'JSON Lines', url: 'https://jsonlines.org/' };
const security = {
  name: 'OWASP: XML external entities',
  url: 'https://owasp.org/www-community/vulnerabilities/XML_External_Entity_(XXE)_Processing',
};

const feed = '<rss><channel><item><id>1</id><title>A &amp; B</title></item></channel></rss>';
const list = '[{"id":1},{"id":2}]';
const lines = '{"id":1}\n{"id":2}\n';

function rule(
  id: string,
  of: ReaderRule['of'],
  severity: Severity,
  code: Code,
  words: { title: string; advice: string; source: ReaderRule['source'] },
  accepted: ReaderRule['accepted'],
  refused: ReaderRule['refused'],
): ReaderRule {
  return { scope: 'READER', of, id, severity, code, covers: ['F0:CSV-12'], ...words, accepted, refused };
}

export const xmlRules: readonly ReaderRule[] = [
  rule(
    'XML-01',
    'FILE',
    'ERROR',
    'validation_unreadable',
    {
      title: 'The XML is not well-formed',
      advice:
        'Line {line}, position {position}: {what}. Reading ended there, as it does in every reader of XML; mend it and send the file again.',
      source: xml,
    },
    [feed, '<feed><entry><id>1</id><link href="https://a.example/"/></entry></feed>'],
    [
      '<rss><channel><item><id>1</title></item></channel></rss>',
      '<rss><channel><item><id>1</id></item></channel>',
      '<rss><channel><item><id a=1>1</id></item></channel></rss>',
      '<rss></rss><rss></rss>',
      '<rss><channel><item><id>1</id>',
    ],
  ),
  rule(
    'XML-02',
    'FILE',
    'ERROR',
    'validation_invalid_value',
    {
      title: 'The XML declares a document type',
      advice:
        'A <!DOCTYPE> can make a reader fetch other files or fill its memory, so nothing behind line {line} was read. Leave it out: feeds need none.',
      source: security,
    },
    [feed],
    [
      '<!DOCTYPE rss><rss/>',
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><b><c>&x;</c></b></a>',
    ],
  ),
  rule(
    'XML-03',
    'FILE',
    'ERROR',
    'validation_invalid_format',
    {
      title: 'An & in the XML is not written as &amp;',
      advice:
        'In XML "{value}" has to be written with &amp; in place of the &, and letters with accents as they are or by number (&#233;). Other readers refuse the whole file.',
      source: xml,
    },
    [feed, '<a><b><c>&#233;&#xe9;&lt;</c></b></a>', '<a><b><c><![CDATA[A & B]]></c></b></a>'],
    [
      '<a><b><c>A & B</c></b></a>',
      '<a><b><c>caf&eacute;</c></b></a>',
      '<a><b><c>https://a.example/?a=1&b=2</c></b></a>',
    ],
  ),
  rule(
    'XML-04',
    'FILE',
    'ERROR',
    'validation_invalid_length',
    {
      title: 'The XML is nested too deeply',
      advice:
        'On line {line} elements stand in each other more than 100 deep, which no feed does. Reading ended there.',
      source: security,
    },
    [feed],
    ['<a>'.repeat(200), `<rss><item>${'<a>'.repeat(200)}`],
  ),
  rule(
    'XML-05',
    'ROW',
    'ERROR',
    'validation_invalid_length',
    {
      title: 'A record is longer than {most} bytes',
      advice:
        'No record may be longer than {most} bytes. It was passed over; put long content elsewhere and link to it.',
      source: xml,
    },
    [feed],
    [`<rss><item><id>${'x'.repeat(1_100_000)}</id></item><item><id>2</id></item></rss>`],
  ),
  rule(
    'XML-06',
    'FILE',
    'ERROR',
    'validation_invalid_length',
    {
      title: 'The records use too many different names',
      advice: 'Elements have to be called the same in every record; from line {line} on nothing was read.',
      source: xml,
    },
    [feed],
    [`<rss><item>${Array.from({ length: 20_100 }, (_, at) => `<a${at}/>`).join('')}</item></rss>`],
  ),
];

export const jsonRules: readonly ReaderRule[] = [
  rule(
    'JSON-01',
    'FILE',
    'ERROR',
    'validation_unreadable',
    {
      title: 'The JSON cannot be read',
      advice: 'Line {line}, position {position}: {what}. Reading ended there; mend it and send the file again.',
      source: json,
    },
    [list, '{"products":[{"id":1}]}', '[]'],
    [
      '[{"id":1},{"id":2}',
      '[{"id":1,}]',
      '[{"id":1}{"id":2}]',
      "[{'id':1}]",
      '[{"id":01}]',
      '[{"id":1}] x',
      '{"a":1,\n',
    ],
  ),
  rule(
    'JSON-02',
    'ROW',
    'ERROR',
    'validation_unreadable',
    {
      title: 'A line is no whole JSON object',
      advice:
        'At position {position} of the line: {what}. Every line has to be one whole object; line ends inside of values are written \\n.',
      source: jsonLines,
    },
    [lines],
    ['{"id":1}\n{"id":\n{"id":3}\n', '{"id":1} {"id":2}\n{"id":3}\n', '{"id":1}\n{"id" 2}\n'],
  ),
  rule(
    'JSON-03',
    'ROW',
    'ERROR',
    'validation_invalid_length',
    {
      title: 'A record is longer than {most} bytes',
      advice:
        'No record may be longer than {most} bytes. It was passed over; put long content elsewhere and link to it.',
      source: json,
    },
    [list, lines],
    [`[{"id":"${'x'.repeat(1_100_000)}"},{"id":2}]`, `{"id":1}\n{"id":"${'x'.repeat(1_100_000)}"}\n`],
  ),
  rule(
    'JSON-04',
    'ROW',
    'ERROR',
    'validation_invalid_value',
    {
      title: 'A record is no object',
      advice: 'Every record has to be an object with names and values, such as {"id": "1"}.',
      source: json,
    },
    [list, lines],
    ['[{"id":1},2]', '[[1],[2]]', '{"id":1}\n[1]\n'],
  ),
  rule(
    'JSON-05',
    'FILE',
    'ERROR',
    'validation_missing_value',
    {
      title: 'There is no list of records in the JSON',
      advice: 'Send an array of objects, [{"id": "1"}, ...], or an object that holds one: {"products": [...]}.',
      source: json,
    },
    [list, '{"data":{"items":[{"id":1}]}}'],
    ['{"a":1,\n"b":[1,2]}'],
  ),
  rule(
    'JSON-06',
    'CELL',
    'WARNING',
    'validation_duplicate',
    {
      title: 'A name stands in a record twice',
      advice:
        '"{column}" is there more than once, and the last value counts. Write several values as a list: ["a", "b"].',
      source: json,
    },
    [list, '[{"id":[1,2]}]'],
    ['[{"id":1,"id":2}]'],
  ),
  rule(
    'JSON-07',
    'FILE',
    'ERROR',
    'validation_invalid_length',
    {
      title: 'The records use too many different names',
      advice: 'Values have to be called the same in every record; from line {line} on nothing was read.',
      source: json,
    },
    [list],
    [`[{${Array.from({ length: 20_100 }, (_, at) => `"a${at}":1`).join(',')}}]`],
  ),
  rule(
    'JSON-08',
    'ROW',
    'ERROR',
    'validation_invalid_length',
    {
      title: 'A record is nested too deeply',
      advice:
        'Lists and objects stand in each other more than 100 deep, which no feed does. The record was passed over.',
      source: json,
    },
    [list],
    [`[{"a":${'['.repeat(200)}${']'.repeat(200)}}]`],
  ),
];
