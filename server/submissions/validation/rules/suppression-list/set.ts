import type { Cell } from '../../cell.ts';
import type { CellRule, FileRule, RuleSet } from '../../types.ts';
import { AddressKey } from '../common/addressKey.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { trimRule } from '../common/anyText.ts';
import { optional, required } from '../common/columnOf.ts';
import { dateFormOf, declaredOrder, repairDate } from '../common/dates.ts';
import { emailRules } from '../common/emailRules.ts';
import { repeated } from '../common/first.ts';
import { comparedRule } from '../common/memory.ts';
import { manyRows, PrintTable } from '../common/printTable.ts';
import { isBlank } from '../common/window.ts';

const klaviyo = {
  name: 'Klaviyo: importing suppressed profiles',
  url: 'https://help.klaviyo.com/hc/en-us/articles/360043841811',
};
const covers = ['F3:suppression file'];

const missing: CellRule = {
  id: 'email.missing',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_missing_value',
  covers,
  source: klaviyo,
  title: 'A row has no email address',
  advice: 'Fill the address that must not be written to, or remove the row.',
  columns: ['email'],
  isForEmpty: true,
  check: (cell) => (isBlank(cell) ? noParams : null),
  accepted: ['anna@shop.example'],
  refused: ['', ' '],
};

const twice: FileRule = {
  id: 'email.unique',
  scope: 'FILE',
  severity: 'HINT',
  code: 'validation_duplicate',
  covers,
  source: klaviyo,
  title: 'An email address stands in more than one row',
  advice: '{first}Nothing has to be done: once is enough.',
  columns: ['email'],
  needs: ['email'],
  watch: (_judging, _known, memory) => {
    const table = memory.bounded('email', new PrintTable(Math.min(2_000_000, memory.most), manyRows));
    const key = new AddressKey();
    return {
      row: ([cell], row) => {
        if (!cell || isBlank(cell)) return null;
        key.of(cell as Cell);
        return table.put(key.low, key.high, 1, row) === 0 ? null : repeated('email', table.row);
      },
      end: () => [],
    };
  },
  accepted: [{ rows: [{ email: 'anna@shop.example' }, { email: 'bo@shop.example' }] }],
  refused: [{ rows: [{ email: 'anna@shop.example' }, { email: 'ANNA@shop.example' }] }],
};

const date: CellRule = {
  id: 'date.format',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers,
  source: klaviyo,
  title: 'A date is not in the form of ISO 8601',
  advice: 'Write it like 2026-03-14 or 2026-03-14T09:26:53+01:00.',
  columns: ['date'],
  check: (cell) => (isBlank(cell) || dateFormOf(cell) !== 0 ? null : noParams),
  fix: (text, { declared }) => repairDate(text, declaredOrder(declared)),
  accepted: ['2026-03-14', ''],
  refused: ['14.03.2026', 'spring'],
  fixed: { '14.03.2026': '2026-03-14', spring: null },
};

const others: FileRule = {
  id: 'columns.others',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_invalid_value',
  covers,
  source: { name: 'GDPR, article 5: data minimisation', url: 'https://gdpr-info.eu/art-5-gdpr/' },
  title: 'The suppression list has more columns than it needs',
  advice: 'Keep email, and reason and date if you have them. Remove the column {found}.',
  columns: [],
  watch: () => {
    const filled = new Set<number>();
    return {
      row: () => null,
      record: (cells, count) => {
        for (let at = 0; at < count; at++) if (!isBlank(cells[at] as Cell)) filled.add(at);
      },
      end: ({ matches }) =>
        matches.flatMap(({ source, column }, at) =>
          column === null && source !== '_findings' && filled.has(at) ? [brokenAt(source, { found: source })] : [],
        ),
    };
  },
  accepted: [{ rows: [{ email: 'anna@shop.example', reason: 'bounced', date: '2026-03-14' }] }],
  refused: [{ rows: [{ email: 'anna@shop.example', first_name: 'Anna' }] }],
};

/** Whom nobody may write to: sent before the subscriber list, which is compared with it. */
export const suppressionList: RuleSet = {
  key: 'suppression-list',
  name: 'Suppression list',
  profiles: [],
  columns: [
    required('email', 'email_address e_mail mail user_email courriel', { isPersonal: true }),
    optional('reason', 'suppression_reason grund type status motif'),
    optional('date', 'timestamp created_at suppressed_at unsubscribed_at datum'),
  ],
  rules: [
    trimRule(['email', 'reason', 'date'], covers),
    missing,
    ...emailRules(['email'], covers).filter(({ id }) => ['email.form', 'email.idn', 'email.case'].includes(id)),
    twice,
    date,
    others,
    comparedRule(covers, 'email'),
  ],
  idColumn: 'email',
};
