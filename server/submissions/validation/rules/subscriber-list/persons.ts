import { type Cell, Has } from '../../cell.ts';
import type { CellRule, FileRule, RowRule, Rule } from '../../types.ts';
import { AddressKey } from '../common/addressKey.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { emailRules } from '../common/emailRules.ts';
import { repeated } from '../common/first.ts';
import { isE164, isInternational, repairPhone } from '../common/phones.ts';
import { manyRows, Print, PrintTable, someRows } from '../common/printTable.ts';
import { firstOf, isBlank, isLongerThan, lastOf, lengthOf } from '../common/window.ts';
import { consentKey } from './consent.ts';
import { e164, goodPractice, klaviyoFormat, klaviyoImport } from './sources.ts';

/*
 * Who the rows are: by address, by phone number, by the number that the shop gives; each once.
 */

const noWay: RowRule = {
  id: 'person.missing',
  scope: 'ROW',
  severity: 'ERROR',
  code: 'validation_missing_value',
  covers: ['F3:email', 'F3:phone'],
  source: klaviyoFormat,
  title: 'A row has neither an email address nor a phone number',
  advice: 'Fill one of the two, or remove the row: nobody can be reached by it.',
  columns: ['email', 'phone'],
  check: (cells) => ((cells as Cell[]).every(isBlank) ? brokenAt(null) : null),
  accepted: [{ email: 'anna@shop.example' }, { phone: '+491701234567' }, { email: '', phone: '+491701234567' }],
  refused: [{ email: '' }, { email: ' ', phone: '' }],
};

const phone: CellRule = {
  id: 'phone.format',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  covers: ['F3:phone'],
  source: e164,
  title: 'A phone number is not in the international form',
  advice: 'Write + and the code of the country, then the digits alone: +491701234567 for 0170 1234567 in Germany.',
  columns: ['phone'],
  check: (cell) => (isBlank(cell) || isE164(cell.bytes, firstOf(cell), lastOf(cell)) ? null : noParams),
  fix: (text, { declared }) => repairPhone(text, declared.country),
  exampleDeclares: { country: 'DE' },
  accepted: ['+491701234567', '+15551234567', '', ' +491701234567 '],
  refused: [
    '0170 1234567',
    '00491701234567',
    '+49 170 1234567',
    '+49 (0)170/1234567',
    '491701234567',
    '+0170123456',
    'none',
    '+12',
  ],
  fixed: {
    '0170 1234567': '+491701234567',
    '00491701234567': '+491701234567',
    '+49 (0)170/12 34 567': '+491701234567',
    '+1 (555) 123-4567': '+15551234567',
    '(0170) 123-4567': '+491701234567',
    '491701234567': null,
    none: null,
  },
};

const countryUnknown: FileRule = {
  id: 'phone.country',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_missing_value',
  covers: ['F3:phone'],
  source: e164,
  title: 'Phone numbers do not say their country',
  advice:
    '{count} numbers have no + and no code of a country. Say which country they are of, and they can be repaired at one click.',
  columns: ['phone'],
  needs: ['phone'],
  asks: 'country',
  watch: ({ declared }) => {
    if (declared.country !== undefined) return null;
    let count = 0;
    return {
      row: ([cell]) => {
        if (!cell || isBlank(cell) || isE164(cell.bytes, firstOf(cell), lastOf(cell))) return null;
        if ((cell.flags & Has.digit) !== 0 && !isInternational(cell.text())) count++;
        return null;
      },
      end: () => (count > 0 ? [brokenAt('phone', { count })] : []),
    };
  },
  accepted: [{ rows: [{ phone: '+491701234567' }, { phone: '0049 170 1234567' }, { phone: '' }] }],
  refused: [{ rows: [{ phone: '0170 1234567' }] }],
};

/** Rows of one list that are remembered for comparing: 20 MB a rule. */
const most = 1_500_000;

const emailTwice: FileRule = {
  id: 'email.unique',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_duplicate',
  covers: ['F3:duplicate', 'F3:email'],
  source: klaviyoImport,
  title: 'An email address stands in more than one row',
  advice: '{first}Keep one row for each person. Where an importer takes them all, the last one counts.',
  columns: ['email'],
  needs: ['email'],
  watch: (_judging, _known, memory) => {
    const table = memory.bounded('email', new PrintTable(Math.min(most, memory.most), manyRows));
    const key = new AddressKey();
    return {
      row: ([cell], row) => {
        if (!cell || isBlank(cell)) return null;
        key.of(cell);
        return table.put(key.low, key.high, 1, row) === 0 ? null : repeated('email', table.row);
      },
      end: () => [],
    };
  },
  accepted: [{ rows: [{ email: 'anna@shop.example' }, { email: 'bo@shop.example' }, { email: '' }, { email: '' }] }],
  refused: [
    { rows: [{ email: 'anna@shop.example' }, { email: 'anna@shop.example' }] },
    { rows: [{ email: 'anna@shop.example' }, { email: ' Anna@SHOP.example' }] },
    { rows: [{ email: 'anna@müller.example' }, { email: 'anna@xn--mller-kva.example' }] },
  ],
};

const phoneTwice: FileRule = {
  id: 'phone.unique',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_duplicate',
  covers: ['F3:duplicate', 'F3:phone'],
  source: klaviyoImport,
  title: 'A phone number stands in more than one row',
  advice: '{first}Keep one row for each person. Where an importer takes them all, the last one counts.',
  columns: ['phone'],
  needs: ['phone'],
  watch: ({ declared }, _known, memory) => {
    const table = memory.bounded('phone', new PrintTable(Math.min(most, memory.most), someRows));
    const key = new AddressKey();
    return {
      row: ([cell], row) => {
        if (!cell || isBlank(cell)) return null;
        const made = isE164(cell.bytes, firstOf(cell), lastOf(cell))
          ? null
          : repairPhone(cell.text(), declared.country);
        if (made === null) key.of(cell);
        else key.ofText(made);
        return table.put(key.low, key.high, 1, row) === 0 ? null : repeated('phone', table.row);
      },
      end: () => [],
    };
  },
  accepted: [{ rows: [{ phone: '+491701234567' }, { phone: '+491701234568' }, { phone: '' }, { phone: '' }] }],
  refused: [{ rows: [{ phone: '+491701234567' }, { phone: '+49 170 1234567' }] }],
};

const consentDiffers: FileRule = {
  id: 'duplicate.consent',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers: ['F3:duplicate', 'F3:consent_email', 'F3:consent_sms'],
  source: klaviyoImport,
  title: 'One person stands in two rows with different consent',
  advice: 'Find out which of them holds and keep that row alone. Until then nobody may write to this person.',
  columns: ['email', 'phone', 'consent_email', 'consent_sms'],
  watch: (_judging, _known, memory) => {
    const table = memory.bounded('email', new PrintTable(Math.min(most, memory.most)));
    const key = new AddressKey();
    const atEmail = brokenAt('email');
    const atPhone = brokenAt('phone');
    return {
      row: (cells) => {
        const [email, number, byEmail, bySms] = cells as readonly [Cell, Cell, Cell, Cell];
        const isByPhone = isBlank(email);
        if (isByPhone && isBlank(number)) return null;
        key.of(isByPhone ? number : email);
        const tag = 1 + consentKey(byEmail) * 8 + consentKey(bySms);
        const found = table.put(key.low, key.high, tag);
        return found === 0 || found === tag ? null : isByPhone ? atPhone : atEmail;
      },
      end: () => [],
    };
  },
  accepted: [
    {
      rows: [
        { email: 'anna@shop.example', consent_email: 'true' },
        { email: 'Anna@shop.example', consent_email: 'SUBSCRIBED' },
        { email: 'bo@shop.example', consent_email: 'false' },
        { email: 'bo@shop.example', consent_email: '' },
      ],
    },
  ],
  refused: [
    {
      rows: [
        { email: 'anna@shop.example', consent_email: 'true' },
        { email: 'Anna@shop.example', consent_email: 'false' },
      ],
    },
    {
      rows: [
        { phone: '+491701234567', consent_sms: 'true' },
        { phone: '+491701234567', consent_sms: '' },
      ],
    },
  ],
};

const idLength: CellRule = {
  id: 'external_id.length',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_length',
  covers: ['F3:external_id'],
  source: goodPractice,
  title: 'The number of a customer is too long',
  advice: 'It has {length} characters and may have 255. Use the number that your shop gives the customer, like C-1042.',
  columns: ['external_id'],
  check: (cell) => (isLongerThan(cell, 255) ? { length: lengthOf(cell) } : null),
  accepted: ['C-1042', 'ü'.repeat(255)],
  refused: ['x'.repeat(256)],
};

const idTwice: FileRule = {
  id: 'external_id.unique',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_duplicate',
  covers: ['F3:external_id'],
  source: goodPractice,
  title: 'The number of a customer stands in more than one row',
  advice: '{first}Each customer has one number and one row. Look which of the two has the wrong one.',
  columns: ['external_id'],
  needs: ['external_id'],
  watch: (_judging, _known, memory) => {
    const table = memory.bounded('external_id', new PrintTable(Math.min(most, memory.most), someRows));
    const print = new Print();
    return {
      row: ([cell], row) => {
        if (!cell || isBlank(cell)) return null;
        const { low, high } = print.clear().addBytes(cell.bytes, firstOf(cell), lastOf(cell));
        return table.put(low, high, 1, row) === 0 ? null : repeated('external_id', table.row);
      },
      end: () => [],
    };
  },
  accepted: [{ rows: [{ external_id: 'C1' }, { external_id: 'C2' }, { external_id: '' }, { external_id: '' }] }],
  refused: [{ rows: [{ external_id: 'C1' }, { external_id: 'C1 ' }] }],
};

export const personRules: readonly Rule[] = [
  noWay,
  ...emailRules(['email'], ['F3:email']),
  phone,
  countryUnknown,
  emailTwice,
  phoneTwice,
  consentDiffers,
  idLength,
  idTwice,
];
