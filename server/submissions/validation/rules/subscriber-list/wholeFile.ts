import { type Cell, cellOf } from '../../cell.ts';
import type { FileRule, IdSet, Rule } from '../../types.ts';
import { brokenAt } from '../common/answers.ts';
import { withPlainDomain } from '../common/emails.ts';
import { firstOf, folded, isBlank, lastOf } from '../common/window.ts';
import { isYes } from './consent.ts';
import { goodPractice, klaviyoFormat, klaviyoImport } from './sources.ts';

/*
 * The list beside the other list: whom nobody may write to any more.
 */

const firstColumn: FileRule = {
  id: 'columns.first',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  covers: ['F3:*file*'],
  source: klaviyoFormat,
  profiles: ['klaviyo'],
  title: 'The first column is neither the email address nor the phone number',
  advice: 'Klaviyo takes the first column for the person: move {wanted} to the front, before {found}.',
  columns: [],
  watch: () => ({
    row: () => null,
    end: ({ matches }) => {
      const [first] = matches;
      const isPerson = (column: string | null | undefined) => column === 'email' || column === 'phone';
      const person = matches.find(({ column }) => isPerson(column));
      if (first === undefined || person === undefined || isPerson(first.column)) return [];
      return [brokenAt(first.column ?? first.source, { wanted: person.source, found: first.source })];
    },
  }),
  accepted: [
    { rows: [{ Email: 'anna@shop.example', first_name: 'Anna' }] },
    { rows: [{ phone_number: '+49', x: '' }] },
  ],
  refused: [
    { rows: [{ first_name: 'Anna', email: 'anna@shop.example' }] },
    { rows: [{ nr: '1', email: 'anna@shop.example' }] },
  ],
};

const suppressionFirst: FileRule = {
  id: 'suppression.first',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_missing_value',
  covers: ['F3:suppression file'],
  source: klaviyoImport,
  profiles: ['klaviyo', 'strict'],
  title: 'No suppression list was given before this list',
  advice:
    'First send the addresses that unsubscribed, bounced or complained, then this list: whoever is loaded before is written to.',
  columns: [],
  watch: (_, { suppressed }) => (suppressed !== undefined ? null : { row: () => null, end: () => [brokenAt(null)] }),
  accepted: [{ rows: [{ email: 'anna@shop.example' }], suppressed: ['bo@shop.example'] }],
  refused: [{ rows: [{ email: 'anna@shop.example' }] }],
};

/** Looks as the list writes it, then in small letters with a plain domain. */
class Suppressed {
  readonly #ids: IdSet;
  readonly #scratch = new Uint8Array(512);

  constructor(ids: IdSet) {
    this.#ids = ids;
  }

  has(cell: Cell): boolean {
    const start = firstOf(cell);
    const end = lastOf(cell);
    if (this.#ids.has(cell.bytes, start, end)) return true;
    const length = end - start;
    if (length > this.#scratch.length) return false;
    let isAscii = true;
    for (let at = 0; at < length; at++) {
      const byte = cell.bytes[start + at] as number;
      if (byte >= 0x80) isAscii = false;
      this.#scratch[at] = folded(byte);
    }
    if (this.#ids.has(this.#scratch, 0, length)) return true;
    const plain = isAscii ? null : withPlainDomain(cell.text());
    if (plain === null) return false;
    const made = cellOf(plain.toLowerCase());
    return this.#ids.has(made.bytes, made.start, made.end);
  }
}

const stillConsenting: FileRule = {
  id: 'suppression.consent',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers: ['F3:suppression file', 'F3:consent_email'],
  source: klaviyoImport,
  title: 'An address of the suppression list is said to have agreed',
  advice:
    'Remove the row, or write UNSUBSCRIBED: this person does not want mail any more. If the consent is newer, have it proven and taken off the suppression list first.',
  columns: ['email', 'consent_email'],
  needs: ['email', 'consent_email'],
  watch: (_, { suppressed }) => {
    if (suppressed === undefined) return null;
    const list = new Suppressed(suppressed);
    const broken = brokenAt('consent_email');
    return {
      row: ([email, consent]) =>
        email && consent && !isBlank(email) && isYes(consent) && list.has(email) ? broken : null,
      end: () => [],
    };
  },
  accepted: [
    {
      rows: [
        { email: 'anna@shop.example', consent_email: 'true' },
        { email: 'bo@shop.example', consent_email: 'false' },
      ],
      suppressed: ['bo@shop.example'],
    },
  ],
  refused: [
    { rows: [{ email: 'Bo@Shop.example', consent_email: 'true' }], suppressed: ['bo@shop.example'] },
    { rows: [{ email: 'bo@müller.example', consent_email: 'SUBSCRIBED' }], suppressed: ['bo@xn--mller-kva.example'] },
  ],
};

const overlap: FileRule = {
  id: 'suppression.overlap',
  scope: 'FILE',
  severity: 'HINT',
  code: 'validation_inconsistent',
  covers: ['F3:suppression file'],
  source: klaviyoImport,
  title: 'Addresses of the suppression list are in this list',
  advice:
    '{count} rows are on both lists. They are kept out of every mail; you may as well leave them out of the file.',
  columns: ['email'],
  needs: ['email'],
  watch: (_, { suppressed }) => {
    if (suppressed === undefined) return null;
    const list = new Suppressed(suppressed);
    let count = 0;
    return {
      row: ([email]) => {
        if (email && !isBlank(email) && list.has(email)) count++;
        return null;
      },
      end: () => (count > 0 ? [brokenAt('email', { count })] : []),
    };
  },
  accepted: [
    { rows: [{ email: 'anna@shop.example' }], suppressed: ['bo@shop.example'] },
    { rows: [{ email: 'bo@shop.example' }] },
  ],
  refused: [{ rows: [{ email: 'bo@shop.example' }], suppressed: ['bo@shop.example'] }],
};

const shrunk: FileRule = {
  id: 'rows.dropped',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: ['F3:*file*'],
  source: goodPractice,
  title: 'Far fewer people than in the last accepted version',
  advice: 'There were {before} and now there are {now}. Look whether the export stopped early.',
  columns: [],
  watch: (_, { accepted }) =>
    accepted === undefined
      ? null
      : {
          row: () => null,
          end: ({ rows }) => (rows < accepted.rows * 0.7 ? [brokenAt(null, { before: accepted.rows, now: rows })] : []),
        },
  accepted: [{ rows: [{ email: 'a@b.example' }] }],
  refused: [{ rows: [{ email: 'a@b.example' }], previousIds: ['a', 'b', 'c'] }],
};

export const wholeFileRules: readonly Rule[] = [firstColumn, suppressionFirst, stillConsenting, overlap, shrunk];
