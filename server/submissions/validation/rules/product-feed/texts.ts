import { type Cell, Has } from '../../cell.ts';
import type { CellRule, RowRule, Rule } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { hasHtml, hasTag, htmlProblem, plainText, simplifyHtml } from '../common/html.ts';
import { areSame, excerpt, folded, isBlank, isFoldedText, isLetter, isLongerThan, lengthOf } from '../common/window.ts';
import { goodPractice, specification, titles } from './sources.ts';

/*
 * What a product is called and how it is described. Titles are judged hardest: they are what buyers see first.
 */
const title = { scope: 'CELL', columns: ['title'], covers: ['F1:title'], source: titles } as const;
const description = {
  scope: 'CELL',
  columns: ['description'],
  covers: ['F1:description'],
  source: specification,
} as const;

const titleMissing: RowRule = {
  id: 'title.missing',
  scope: 'ROW',
  severity: 'ERROR',
  code: 'validation_missing_value',
  covers: ['F1:title'],
  source: titles,
  title: 'A product has no title',
  advice: 'Say what it is with brand, kind and the property that matters: Acme trail running shoe, blue, men.',
  columns: ['title', 'structured_title'],
  check: (cells) => (areBlank(cells) ? brokenAt('title') : null),
  accepted: [{ title: 'Shoe' }, { title: '', structured_title: 'trained_algorithmic_media:Shoe' }],
  refused: [{ title: '' }, { title: ' ', structured_title: '' }],
};

const descriptionMissing: RowRule = {
  id: 'description.missing',
  scope: 'ROW',
  severity: 'ERROR',
  code: 'validation_missing_value',
  covers: ['F1:description'],
  source: specification,
  title: 'A product has no description',
  advice: 'Describe it in a few sentences: material, size, use. 500 to 1,000 characters serve buyers best.',
  columns: ['description', 'structured_description'],
  check: (cells) => (areBlank(cells) ? brokenAt('description') : null),
  accepted: [{ description: 'A shoe.' }, { structured_description: 'default:A shoe.' }],
  refused: [{ description: '' }, { description: '', structured_description: '' }],
};

function areBlank(cells: readonly Cell[]): boolean {
  for (let at = 0; at < cells.length; at++) if (!isBlank(cells[at] as Cell)) return false;
  return true;
}

const titleLength: CellRule = {
  ...title,
  id: 'title.length',
  severity: 'ERROR',
  code: 'validation_invalid_length',
  title: 'A title is too long',
  advice:
    'It has {length} characters and may have {most}. Most places show the first 70: put first what tells the product from others.',
  check: (cell, judging) => {
    const most = judging.profile === 'prisjakt' ? 255 : 150;
    return isLongerThan(cell, most) ? { length: lengthOf(cell), most } : null;
  },
  accepted: ['Shoe', 'x'.repeat(150), 'ü'.repeat(150)],
  refused: ['x'.repeat(151), 'ü'.repeat(300)],
};

const titleShort: CellRule = {
  ...title,
  id: 'title.short',
  severity: 'WARNING',
  code: 'validation_invalid_length',
  title: 'A title says little',
  advice:
    'Titles under 25 characters are found less often. Add brand, colour or size: Acme trail running shoe, blue, 42.',
  check: (cell) => (cell.end - cell.start < 100 && lengthOf(cell) < 25 ? noParams : null),
  accepted: ['Acme trail running shoe, blue, 42', 'x'.repeat(25), 'ü'.repeat(60)],
  refused: ['Shoe', 'ü'.repeat(24)],
};

const titleHtml: CellRule = {
  ...title,
  id: 'title.html',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  title: 'A title has HTML in it',
  advice: 'Titles are plain text: write Tom & Co instead of <b>Tom &amp; Co</b>.',
  onlyIf: Has.markup,
  check: (cell) => (hasHtml(cell) ? noParams : null),
  fix: (text) => {
    const plain = plainText(text);
    return plain === '' || /<[a-z/!]|&#?[a-z0-9]{2,10};/i.test(plain) ? null : plain;
  },
  accepted: ['Tom & Co', 'Cable < 2 m', 'A > B', 'R&D; more'],
  refused: ['<b>Shoe</b>', 'Tom &amp; Co', 'Shoe<br/>blue', 'Caf&#233;'],
  fixed: {
    '<b>Shoe</b>': 'Shoe',
    'Tom &amp; Co': 'Tom & Co',
    'Shoe<br/>blue': 'Shoe blue',
    'Caf&#233;': 'Café',
    '<b></b>': null,
  },
};

const titleCapitals: CellRule = {
  ...title,
  id: 'title.capitals',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  title: 'A title is written in capitals',
  advice:
    'Write it as a sentence is written: Acme trail shoe instead of ACME TRAIL SHOE. Only names that are written so keep their capitals.',
  onlyIf: Has.upper,
  check: (cell) => ((cell.flags & Has.lower) === 0 && isShouted(cell) ? noParams : null),
  accepted: ['Acme TRAIL shoe', 'LG OLED 55', 'IKEA', 'USB-C HUB 4K', 'ACHTUNG ümlaute'],
  refused: ['ACME TRAIL RUNNING SHOE', 'SUMMER DRESS', 'SCHÖNE SCHUHE'],
};

/** Two words of four letters or more, and no small letter of any script. */
function isShouted(cell: Cell): boolean {
  const { bytes, end } = cell;
  let words = 0;
  let letters = 0;
  for (let at = cell.start; at <= end; at++) {
    const byte = at < end ? (bytes[at] as number) : 0x20;
    if (isLetter(byte) || byte >= 0xc0) letters++;
    else if (byte < 0x80) {
      if (letters >= 4) words++;
      letters = 0;
    }
  }
  if (words < 2) return false;
  return (cell.flags & Has.nonAscii) === 0 || cell.text() === cell.text().toUpperCase();
}

/** Promises that belong into other attributes. Small letters, by their first byte. */
const promises = [
  ...[
    'free shipping',
    'free delivery',
    'best price',
    'best seller',
    'buy now',
    'order now',
    'limited time',
    'hot sale',
  ],
  ...[
    'on sale',
    'special offer',
    'top offer',
    'versandkostenfrei',
    'gratis versand',
    'kostenloser versand',
    'sonderangebot',
  ],
  ...['livraison gratuite', 'envio gratis', 'gratis verzending', 'fri frakt', 'fraktfritt', 'spedizione gratuita'],
  ...['% off', '!!', '*** '],
];
const promisesByByte = Array.from({ length: 128 }, (_, byte) => promises.filter((text) => text.charCodeAt(0) === byte));
/** By byte, capitals as small letters: 1 in a word, 2 a promise may begin with it (both: 3), 0 neither. */
const kindOfByte = Uint8Array.from({ length: 256 }, (_, byte) => {
  const begins = (promisesByByte[folded(byte)]?.length ?? 0) > 0;
  return (byte >= 0x80 || isLetter(byte) ? 1 : 0) | (begins ? 2 : 0);
});
/** What may come second, for each first: most words are told apart by it. */
const secondBytes = new Set(promises.map((text) => text.charCodeAt(0) * 128 + text.charCodeAt(1)));
const isSecond = Uint8Array.from({ length: 128 * 128 }, (_, pair) => (secondBytes.has(pair) ? 1 : 0));

const titlePromotion: CellRule = {
  ...title,
  id: 'title.promotion',
  severity: 'WARNING',
  code: 'validation_invalid_value',
  title: 'A title advertises',
  advice:
    '“{found}” says nothing about the product. Use sale_price for reductions, shipping for free delivery, promotion_id for offers.',
  check: (cell) => {
    const found = promiseIn(cell);
    return found === null ? null : { found };
  },
  accepted: ['Acme trail shoe', 'Saleen S7 model car', 'Kitchen scale 0.1 % accuracy', 'On-ear headphones'],
  refused: ['Shoe FREE SHIPPING', 'Buy now: shoe', 'Shoe 20% off', 'Shoe!!!', 'Schuh versandkostenfrei'],
};

function promiseIn(cell: Cell): string | null {
  const { bytes, end } = cell;
  let before = 0;
  for (let at = cell.start; at < end - 1; at++) {
    const byte = bytes[at] as number;
    const kind = kindOfByte[byte] as number;
    if ((kind & 2) !== 0 && before === 0) {
      const next = bytes[at + 1] as number;
      if (next < 0x80 && isSecond[folded(byte) * 128 + folded(next)] === 1) {
        const found = promiseAt(cell, at);
        if (found !== null) return found;
      }
    }
    before = kind & 1;
  }
  return null;
}

function promiseAt(cell: Cell, at: number): string | null {
  for (const text of promisesByByte[folded(cell.bytes[at] as number)] ?? []) {
    if (at + text.length <= cell.end && isFoldedText(cell.bytes, at, at + text.length, text)) return text.trim();
  }
  return null;
}

const descriptionLength: CellRule = {
  ...description,
  id: 'description.length',
  severity: 'WARNING',
  code: 'validation_invalid_length',
  title: 'A description is too long',
  advice: 'It has {length} characters; what is behind the first 5,000 is cut off.',
  check: (cell) => (isLongerThan(cell, 5000) ? { length: lengthOf(cell) } : null),
  accepted: ['A shoe.', 'ü'.repeat(5000)],
  refused: ['x'.repeat(5001)],
};

const descriptionHtml: CellRule = {
  ...description,
  id: 'description.html',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  title: 'A description has HTML that is not simple or not closed',
  advice:
    '<{tag}> is the trouble. Allowed are strong, em, ul, ol, li, br, sub, sup, div, span, dl, dt and dd, without attributes, each closed.',
  onlyIf: Has.markup,
  check: (cell) => {
    if (!hasTag(cell)) return null;
    const problem = htmlProblem(cell.text());
    return problem === null ? null : { tag: excerpt(problem.tag, 20) };
  },
  fix: (text) => {
    const simple = simplifyHtml(text);
    return simple === '' || htmlProblem(simple) !== null ? null : simple;
  },
  accepted: ['Tom & Co', '<ul><li>light<li>dry</ul>', 'a < b', '<strong>light</strong><br>'],
  refused: ['<p>light</p>', '<div style="color:red">x</div>', '<strong>light', '<script>x()</script>a', '</em>x'],
  fixed: {
    '<p>light</p><p>dry</p>': 'light<br>dry',
    '<div style="color:red">x</div>': '<div>x</div>',
    '<strong>light': '<strong>light</strong>',
    '<b>a</b><script>x()</script>': '<strong>a</strong>',
    '<script>x()</script>': null,
  },
};

/** `digital_source_type:content`, for texts that were made by a machine. */
function structured(column: string, most: number): CellRule {
  return {
    id: `${column}.format`,
    scope: 'CELL',
    severity: 'ERROR',
    code: 'validation_invalid_format',
    covers: [column === 'structured_title' ? 'F1:title' : 'F1:description'],
    source: specification,
    title: `${column} does not name how the text was made`,
    advice: `Write trained_algorithmic_media or default, a colon and the text of at most {most} characters: trained_algorithmic_media:"Acme trail shoe".`,
    columns: [column],
    check: (cell) => {
      const { bytes, start, end } = cell;
      for (const type of sourceTypes) {
        const behind = start + type.length;
        if (behind >= end || !isFoldedText(bytes, start, behind, type)) continue;
        return end - behind > most && isLongerThan(cell, most + type.length) ? { most } : null;
      }
      return { most };
    },
    accepted: ['trained_algorithmic_media:"Acme trail shoe"', 'default:Acme trail shoe'],
    refused: ['Acme trail shoe', 'default:', `default:${'x'.repeat(most + 1)}`],
  };
}

const sourceTypes = ['trained_algorithmic_media:', 'default:'];

const sameTexts: RowRule = {
  id: 'description.same_as_title',
  scope: 'ROW',
  severity: 'HINT',
  code: 'validation_inconsistent',
  covers: ['F1:description'],
  source: goodPractice,
  title: 'A description only repeats the title',
  advice: 'Say what the title does not: material, care, what it fits.',
  columns: ['title', 'description'],
  needs: ['title', 'description'],
  check: (cells) => {
    const [name, text] = cells;
    if (!name || !text || text.isEmpty) return null;
    return areSame(name, text) ? brokenAt('description') : null;
  },
  accepted: [{ title: 'Shoe', description: 'A light shoe.' }],
  refused: [{ title: 'Acme shoe', description: 'Acme shoe' }],
};

export const textRules: readonly Rule[] = [
  titleMissing,
  titleLength,
  titleShort,
  titleHtml,
  titleCapitals,
  titlePromotion,
  structured('structured_title', 150),
  descriptionMissing,
  descriptionLength,
  descriptionHtml,
  structured('structured_description', 5000),
  sameTexts,
];
