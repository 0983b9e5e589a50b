import type { Code, ReaderRule, Severity } from '../types.ts';

/*
 * What unpacking and decoding find by themselves, before a record is read. Examples are whole files, as text or as the
 * bytes that they have to be.
 */

const unicode = { name: 'RFC 3629 (UTF-8)', url: 'https://www.rfc-editor.org/rfc/rfc3629' };
const gzip = { name: 'RFC 1952 (gzip)', url: 'https://www.rfc-editor.org/rfc/rfc1952' };
const plain = { name: 'Files that are what they say', url: null };

const table = 'a,b\n1,2\n';
const gzipped = fromBase64('H4sIAAAAAAAAA0vUSeIy1DHiAgB7B5cKCAAAAA==');
const zipped = zipOf([{ name: 'a.csv', text: table, crc: 0x0a97077b }]);

function fileRule(
  id: string,
  severity: Severity,
  code: Code,
  words: { title: string; advice: string; source: ReaderRule['source'] },
  accepted: ReaderRule['accepted'],
  refused: ReaderRule['refused'],
): ReaderRule {
  const covers = [`F0:${id.slice(0, 6)}`];
  return { scope: 'READER', of: 'FILE', id, severity, code, covers, ...words, accepted, refused };
}

export const encodingRules: readonly ReaderRule[] = [
  fileRule(
    'CSV-01.bom',
    'WARNING',
    'validation_invalid_format',
    {
      title: 'The file begins with a byte order mark',
      advice:
        'The three bytes EF BB BF at the start were passed over. Some importers (Algolia) refuse them: save as "UTF-8 without BOM", or take the repaired file.',
      source: unicode,
    },
    [table],
    [`\ufeff${table}`],
  ),
  fileRule(
    'CSV-01.utf-16',
    'WARNING',
    'validation_invalid_format',
    {
      title: 'The file is {encoding} and not UTF-8',
      advice:
        'It was read as {encoding}. Most importers take UTF-8 alone: choose "CSV UTF-8" instead of "Unicode text" when you save, or take the repaired file.',
      source: unicode,
    },
    [table],
    [utf16(table, [0xff, 0xfe]), utf16(table.repeat(2), [])],
  ),
  fileRule(
    'CSV-01.not-utf-8',
    'WARNING',
    'validation_invalid_format',
    {
      title: 'The file is not UTF-8',
      advice:
        'Byte {byte} at offset {offset} (byte {position} of its line) is no UTF-8; it was read as Windows-1252, where it is "{character}". Look whether accents are right, and save as UTF-8.',
      source: unicode,
    },
    [table, 'a,b\nCaf\u00e9,2\n'],
    [bytesOf('a,b\nCaf\xe9,2\n'), bytesOf('a,b\nCaf\xe9')],
  ),
  fileRule(
    'CSV-01.declared',
    'WARNING',
    'validation_inconsistent',
    {
      title: 'The file says that it is {encoding}, and is UTF-8',
      advice:
        'The first line declares {encoding}, but the bytes are UTF-8 and were read so. Write encoding="UTF-8" there.',
      source: unicode,
    },
    ['<?xml version="1.0" encoding="UTF-8"?><a><b><c>é</c></b></a>'],
    [
      '<?xml version="1.0" encoding="ISO-8859-1"?><a><b><c>é</c></b></a>',
      '<?xml version="1.0" encoding="klingon"?><a/>',
    ],
  ),
  fileRule(
    'CSV-01.undecodable',
    'ERROR',
    'validation_unreadable',
    {
      title: 'The text is in no encoding that could be made out',
      advice:
        'Byte {byte} at offset {offset} is neither UTF-8 nor Windows-1252. Save the file as UTF-8, or say which encoding it is in.',
      source: unicode,
    },
    [table, bytesOf('a,b\nCaf\xe9,2\n')],
    [bytesOf('a,b\n\x81\x8d,2\n'), bytesOf(`a,b\n${'\xcf\xf0\xe8\xe2\xe5\xf2 '.repeat(20)},2\n`)],
  ),
  fileRule(
    'CSV-01.unknown',
    'ERROR',
    'validation_unreadable',
    {
      title: 'Files in {encoding} cannot be read',
      advice: 'Save the file as UTF-8 and send it again.',
      source: unicode,
    },
    [table],
    [Uint8Array.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])],
  ),
];

export const packingRules: readonly ReaderRule[] = [
  fileRule(
    'CSV-12.binary',
    'ERROR',
    'validation_unreadable',
    { title: 'This is {what}', advice: '{instead}', source: plain },
    [table],
    [
      bytesOf('%PDF-1.7\n1 0 obj'),
      bytesOf('\x89PNG\r\n\x1a\n'),
      bytesOf('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
      zipOf([{ name: '[Content_Types].xml', text: '<Types/>' }]),
      '<!DOCTYPE html><html><body>Sign in</body></html>',
    ],
  ),
  fileRule(
    'CSV-12.extension',
    'ERROR',
    'validation_inconsistent',
    {
      title: 'The file is called {said} and is {found}',
      advice: 'It was read as {found}. Give it the name that says so, or export it again in the format that you meant.',
      source: plain,
    },
    [table],
    ['<a><b><c>1</c></b></a>', '[{"a":1}]'],
  ),
  fileRule(
    'CSV-12.truncated',
    'ERROR',
    'validation_unreadable',
    {
      title: 'The {kind} archive ends too early',
      advice: 'Its end is missing, so it was not uploaded or written whole. Pack it again and send it again.',
      source: gzip,
    },
    [gzipped, zipped],
    [gzipped.slice(0, -6), zipped.slice(0, -6), gzipped.slice(0, 12)],
  ),
  fileRule(
    'CSV-12.damaged',
    'ERROR',
    'validation_unreadable',
    {
      title: 'The {kind} archive is damaged',
      advice: 'Its {part} does not fit the rest of it. Pack the file again and send it again.',
      source: gzip,
    },
    [gzipped, zipped],
    [gzipped.map((byte, at) => (at === 14 ? byte ^ 1 : byte)), Uint8Array.from([...gzipped, 1, 2, 3])],
  ),
  fileRule(
    'CSV-12.members',
    'ERROR',
    'validation_unreadable',
    {
      title: 'The zip archive holds more than one file',
      advice: 'It holds "{first}" and "{second}", and nobody can tell which is meant. Send each by itself.',
      source: plain,
    },
    [
      zipped,
      zipOf([
        { name: '__MACOSX/._a.csv', text: '' },
        { name: 'a.csv', text: table, crc: 0x0a97077b },
      ]),
    ],
    [
      zipOf([
        { name: 'a.csv', text: '' },
        { name: 'b.csv', text: '' },
      ]),
    ],
  ),
  fileRule(
    'CSV-12.empty',
    'ERROR',
    'validation_unreadable',
    {
      title: 'The zip archive is empty',
      advice: 'There is no file in it. Pack it again with the file that you meant.',
      source: plain,
    },
    [zipped],
    [zipOf([]), zipOf([{ name: 'feed/', text: '' }])],
  ),
  fileRule(
    'CSV-12.encrypted',
    'ERROR',
    'validation_unreadable',
    {
      title: 'The zip archive is encrypted',
      advice: 'Pack it without a password, or send the file itself.',
      source: plain,
    },
    [zipped],
    [zipOf([{ name: 'a.csv', text: table, flags: 1 }])],
  ),
  fileRule(
    'CSV-12.path',
    'ERROR',
    'validation_invalid_value',
    {
      title: 'A name in the zip archive leads outside of it',
      advice: 'The file in it is called "{name}". Pack the file by itself, under a plain name such as feed.csv.',
      source: plain,
    },
    [zipped],
    ['../a.csv', '/etc/a.csv', 'C:\\a.csv', 'x/../../a.csv'].map((name) => zipOf([{ name, text: table }])),
  ),
  fileRule(
    'CSV-12.method',
    'ERROR',
    'validation_unreadable',
    {
      title: 'The zip archive is packed in a way that cannot be read',
      advice:
        'Its method ({method}) is not the usual one. Pack it with the usual zip of your system, or send the file itself.',
      source: plain,
    },
    [zipped],
    [zipOf([{ name: 'a.csv', text: table, method: 12 }])],
  ),
  fileRule(
    'CSV-12.nested',
    'ERROR',
    'validation_unreadable',
    {
      title: 'There is another {kind} archive in the archive',
      advice: 'Pack the file itself, and pack it once.',
      source: plain,
    },
    [gzipped],
    [fromBase64('H4sIAAAAAAAAA5Pv5mAAA2bvK56PjK4YPmJiqGafzgUSBQDcvx50HAAAAA==')],
  ),
  fileRule(
    'CSV-12.bomb',
    'ERROR',
    'validation_invalid_length',
    {
      title: 'The archive unpacks to far more than a feed does',
      advice:
        'It grows to over {ratio} times its size, or over {limitBytes} bytes, and was not unpacked further. Send the file itself, or split it.',
      source: plain,
    },
    [gzipped],
    [fromBase64(`H4sIAAAAAAAAA+3BgQAAAADDINb5S1zhAFUB${'A'.repeat(1549)}K8B1RY2LYBPEgA=`)],
  ),
];

/** Each character as one byte. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function fromBase64(text: string): Uint8Array {
  return bytesOf(atob(text));
}

function utf16(ascii: string, bom: readonly number[]): Uint8Array {
  return Uint8Array.from([...bom, ...[...ascii].flatMap((character) => [character.charCodeAt(0), 0])]);
}

/** A zip of stored files; the list of contents is left out, because it is not read. */
function zipOf(
  members: readonly { name: string; text: string; crc?: number; flags?: number; method?: number }[],
): Uint8Array {
  const uint = (value: number, width: number) =>
    String.fromCharCode(...Array.from({ length: width }, (_, at) => (value >>> (8 * at)) & 0xff));
  const local = members.map(
    ({ name, text, crc = 0, flags = 0, method = 0 }) =>
      `PK\x03\x04\x14\0${uint(flags, 2)}${uint(method, 2)}\0\0\0\0${uint(crc, 4)}${uint(text.length, 4)}${uint(text.length, 4)}${uint(name.length, 2)}\0\0${name}${text}`,
  );
  return bytesOf(`${local.join('')}PK\x05\x06${'\0'.repeat(18)}`);
}
