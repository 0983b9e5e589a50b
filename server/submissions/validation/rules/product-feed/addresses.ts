import { type Cell, Has } from '../../cell.ts';
import type { CellRule, Params, Rule } from '../../types.ts';
import { noParams } from '../common/answers.ts';
import {
  addScheme,
  authorityEnd,
  authorityProblem,
  encodeUrl,
  hostOf,
  illegalAt,
  UrlProblem,
  withoutParameters,
} from '../common/urls.ts';
import { firstOf, folded, isBlank, isFoldedText, lastOf, lengthOf } from '../common/window.ts';
import { goodPractice, rfc3986, specification } from './sources.ts';

/*
 * Addresses of pages, pictures and videos. Columns whose breach blocks the row have a rule for each mistake.
 */
const columns = ['link', 'image_link'];
const covers = ['F1:link', 'F1:image_link'];

/** In words, by `UrlProblem`. */
const troubles: readonly string[] = [
  '',
  'It does not begin with https://',
  'It begins with something else than http:// or https://',
  'The name of the shop is missing behind https://',
  'The name of the shop is not written right',
  'The name of the shop has no dot, so nobody outside can reach it',
  'It has a user name or password before the @',
  'The number of the port is none',
];

function trouble(problem: number): Params {
  return { trouble: troubles[problem] ?? '' };
}

const ordinaryStart = new TextEncoder().encode('https://');

/**
 * `https://` and a name of small letters with a dot, then letters, digits and `-._~/?=&+,;` alone: most addresses, told in
 * one look, with a path and without the parameter of a visit. With anything rarer the rules look themselves.
 */
function isOrdinary({ bytes, start, end }: Cell): boolean {
  if (end - start > 2000) return false;
  for (let at = 0; at < 8; at++) if (bytes[start + at] !== ordinaryStart[at]) return false;
  let at = start + 8;
  let label = at;
  let dots = 0;
  for (; at < end && bytes[at] !== 0x2f; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2e) {
      if (at === label || at - label > 63) return false;
      label = at + 1;
      dots++;
    } else if ((byte < 0x61 || byte > 0x7a) && (byte < 0x30 || byte > 0x39)) return false;
  }
  // The last label begins with a letter: four numbers are an address of another kind.
  if (dots === 0 || at === label || at - label > 63 || at - start > 200 || (bytes[label] as number) < 0x61)
    return false;
  // Without a path it may be none of a product.
  if (at === end) return false;
  for (; at < end; at++) {
    const kind = plainInPath[bytes[at] as number];
    if (kind === 1) continue;
    // The names of visits end in d and n.
    const before = folded(bytes[at - 1] as number);
    if (kind === 0 || before === 0x64 || before === 0x6e) return false;
  }
  return true;
}

/** 1: letters, digits and `-._~/?&+,;`; 2: `=`; 0: what is rarer. */
const plainInPath = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === 0x3d ? 2 : /[A-Za-z0-9\-._~/?&+,;]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

const form: CellRule = {
  id: 'url.form',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  covers,
  source: rfc3986,
  title: 'An address is no whole web address',
  advice: '{trouble}. Write all of it, as in https://shop.example/shoes/42.',
  columns,
  healthy: isOrdinary,
  check: (cell) => {
    const problem = authorityProblem(cell.bytes, firstOf(cell), lastOf(cell));
    return problem === UrlProblem.none ? null : trouble(problem);
  },
  fix: addScheme,
  accepted: [
    'https://shop.example/shoes/42',
    'HTTP://shop.example',
    'https://shop.example:8443/x',
    'https://müller.example/',
  ],
  refused: [
    ...['/shoes/42', 'shop.example/shoes', 'www.shop.example/x', '//shop.example/x', 'ftp://shop.example/x'],
    ...[
      'https://',
      'https:///x',
      'https://localhost/x',
      'https://anna:secret@shop.example/x',
      'https://shop..example/x',
    ],
    ...['https://shop.example:99999/x', 'mailto:anna@shop.example', 'javascript:alert(1)', 'n/a', 'not a link'],
  ],
  fixed: {
    '//shop.example/x': 'https://shop.example/x',
    'www.shop.example/x': 'https://www.shop.example/x',
    'http//shop.example/x': 'http://shop.example/x',
    '/shoes/42': null,
    'ftp://shop.example/x': null,
  },
};

/** Words where an address should be: that it is none says all. */
function isNoAttempt(cell: Cell): boolean {
  if (authorityProblem(cell.bytes, firstOf(cell), lastOf(cell)) !== UrlProblem.notAbsolute) return false;
  for (let at = firstOf(cell); at < lastOf(cell); at++) {
    if (cell.bytes[at] === 0x2e || cell.bytes[at] === 0x2f) return false;
  }
  return true;
}

const characters: CellRule = {
  id: 'url.characters',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  covers,
  source: rfc3986,
  title: 'An address has characters that must be encoded',
  advice:
    'Letters with accents, blanks and signs like | are written as %C3%A4 or %20, and names of hosts in their xn-- form.',
  columns,
  healthy: isOrdinary,
  check: (cell) => (illegalAt(cell.bytes, firstOf(cell), lastOf(cell)) === -1 || isNoAttempt(cell) ? null : noParams),
  fix: encodeUrl,
  accepted: ['https://shop.example/%C3%A4?x=1&y=[2]#a', 'https://shop.example/a_b~c', '/shoes', 'not a link'],
  refused: [
    'https://shop.example/ä',
    'https://shop.example/a b',
    'https://müller.example/',
    'https://shop.example/100%',
    'https://shop.example/a|b',
    'www.shop.example/größe',
  ],
  fixed: {
    'https://shop.example/größe 42': 'https://shop.example/gr%C3%B6%C3%9Fe%2042',
    'https://müller.example/x': 'https://xn--mller-kva.example/x',
    'https://shop.example/100%': 'https://shop.example/100%25',
    'https://shop.example/a|b?q=%C3%A4': 'https://shop.example/a%7Cb?q=%C3%A4',
    '/größe': null,
  },
};

const length: CellRule = {
  id: 'url.length',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_length',
  covers,
  source: specification,
  title: 'An address is too long',
  advice: 'It has {length} characters and may have 2,000. Leave out parameters that the page does not need.',
  columns,
  healthy: isOrdinary,
  check: (cell) => (cell.end - cell.start > 2000 && lengthOf(cell) > 2000 ? { length: lengthOf(cell) } : null),
  accepted: ['https://shop.example/x', `https://shop.example/${'x'.repeat(1979)}`],
  refused: [`https://shop.example/${'x'.repeat(1980)}`],
};

const path: CellRule = {
  id: 'link.path',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_value',
  covers: ['F1:link'],
  source: specification,
  title: 'A link leads to no page of a product',
  advice:
    'It names the shop, or a place behind # that is no page of its own. Link to the product: https://shop.example/shoes/42.',
  columns: ['link'],
  healthy: isOrdinary,
  check: (cell) => {
    const { bytes } = cell;
    const end = lastOf(cell);
    const host = hostOf(bytes, firstOf(cell), end);
    if (host === -1) return null;
    const at = authorityEnd(bytes, host, end);
    const next = bytes[at] === 0x2f ? at + 1 : at;
    // `https://shop.example/` may be the page of a shop's only product; without the slash or with a # it is none.
    if (next >= end) return at >= end ? noParams : null;
    return bytes[next] === 0x23 ? noParams : null;
  },
  accepted: [
    'https://shop.example/shoes/42',
    'https://shop.example/?p=42',
    'https://shop.example?p=42',
    'https://shop.example/x#blue',
    'https://shop.example/',
  ],
  refused: ['https://shop.example', 'https://shop.example/#/shoes/42', 'https://shop.example#shoes'],
};

/** Parameters that name a visit, in small letters and with their `=`. */
const visits = [
  ...[
    'jsessionid=',
    'phpsessid=',
    'sessionid=',
    'session_id=',
    'aspsessionid=',
    'oscsid=',
    'zenid=',
    'xtcsid=',
    'cftoken=',
  ],
];

const session: CellRule = {
  id: 'link.session',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_value',
  covers: ['F1:link'],
  source: goodPractice,
  title: 'A link names somebody’s visit',
  advice: '{name} belongs to the visit of whoever made the file and makes each link new. Remove it from the link.',
  columns: ['link'],
  healthy: isOrdinary,
  check: (cell) => {
    const name = visitIn(cell);
    return name === null ? null : { name };
  },
  fix: (text) => {
    const names = visits.map((visit) => visit.slice(0, -1));
    const made = withoutParameters(text, names);
    return made === text ? null : made;
  },
  accepted: ['https://shop.example/x?id=4', 'https://shop.example/x?side=4', 'https://shop.example/sessionid'],
  refused: [
    'https://shop.example/x?PHPSESSID=abc',
    'https://shop.example/x;jsessionid=AB12?id=4',
    'https://shop.example/x?id=4&sessionid=9',
  ],
  fixed: {
    'https://shop.example/x?PHPSESSID=abc': 'https://shop.example/x',
    'https://shop.example/x;jsessionid=AB12?id=4': 'https://shop.example/x?id=4',
    'https://shop.example/x?id=4&sessionid=9#a': 'https://shop.example/x?id=4#a',
  },
};

function visitIn(cell: Cell): string | null {
  const { bytes, end } = cell;
  // Shorter than scheme, host and the shortest of them.
  for (let at = cell.start + 12; at < end; at++) {
    if (bytes[at] !== 0x3d) continue;
    const last = folded(bytes[at - 1] as number);
    if (last !== 0x64 && last !== 0x6e) continue;
    for (let index = 0; index < visits.length; index++) {
      const visit = visits[index] as string;
      const start = at + 1 - visit.length;
      const before = bytes[start - 1];
      const isParameter = before === 0x3f || before === 0x26 || before === 0x3b;
      if (start > cell.start && isParameter && isFoldedText(bytes, start, at + 1, visit)) return visit.slice(0, -1);
    }
  }
  return null;
}

const host: CellRule = {
  id: 'link.host',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_value',
  covers: ['F1:link'],
  source: specification,
  title: 'A link leads to another shop than the one that was confirmed',
  advice: 'Links must stay on {hosts}. Look whether addresses of a test shop came into the file.',
  columns: ['link'],
  exampleDeclares: { verifiedHosts: 'shop.example shop.test' },
  check: (cell, judging) => {
    const { verifiedHosts } = judging.declared;
    if (verifiedHosts === undefined || verifiedHosts === '') return null;
    const end = lastOf(cell);
    const start = hostOf(cell.bytes, firstOf(cell), end);
    if (start === -1) return null;
    let hostEnd = authorityEnd(cell.bytes, start, end);
    for (let at = start; at < hostEnd; at++) if (cell.bytes[at] === 0x3a) hostEnd = at;
    return isOnOneOf(cell.bytes, start, hostEnd, verifiedHosts) ? null : { hosts: verifiedHosts };
  },
  accepted: ['https://shop.example/x', 'https://www.shop.example:443/x', 'https://SHOP.test/x', '/x'],
  refused: [
    'https://other.example/x',
    'https://myshop.example/x',
    'https://shop.example.evil.test/x',
    'https://staging.other.test/x',
  ],
};

/** The host, or one below it, among names joined by a blank. Makes nothing. */
function isOnOneOf(bytes: Uint8Array, start: number, end: number, names: string): boolean {
  let from = 0;
  for (let at = 0; at <= names.length; at++) {
    if (at < names.length && names.charCodeAt(at) !== 0x20) continue;
    const size = at - from;
    const first = end - size;
    if (size > 0 && first >= start && (first === start || bytes[first - 1] === 0x2e)) {
      let index = 0;
      while (index < size && folded(bytes[first + index] as number) === folded(names.charCodeAt(from + index))) index++;
      if (index === size) return true;
    }
    from = at + 1;
  }
  return false;
}

/** A required address that is not there. */
function missing(column: string, what: string, example: string): CellRule {
  return {
    id: `${column}.missing`,
    scope: 'CELL',
    severity: 'ERROR',
    code: 'validation_missing_value',
    covers: [`F1:${column}`],
    source: specification,
    title: `A product has no ${what}`,
    advice: `Write its whole address, like ${example}.`,
    columns: [column],
    isForEmpty: true,
    onlyIf: Has.outerSpace,
    check: (cell) => (isBlank(cell) ? noParams : null),
    accepted: [example],
    refused: ['', '  '],
  };
}

export const addressRules: readonly Rule[] = [
  missing('link', 'link', 'https://shop.example/shoes/42'),
  missing('image_link', 'picture', 'https://shop.example/shoes/42.jpg'),
  form,
  characters,
  length,
  path,
  session,
  host,
];
