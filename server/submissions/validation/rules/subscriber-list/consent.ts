import type { Cell } from '../../cell.ts';
import type { CellRule, FileRule, RowRule, Rule } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { dateFormOf, dateMsOf, declaredOrder, repairDate, Told } from '../common/dates.ts';
import { enumOf, isCellOneOfFolded, isOneOfFolded, meantBy } from '../common/enums.ts';
import { addScheme, authorityProblem, encodeUrl, illegalAt, UrlProblem } from '../common/urls.ts';
import { firstOf, isBlank, isDigit, lastOf } from '../common/window.ts';
import { gdprProof, klaviyoDates, klaviyoFormat, rfc3339 } from './sources.ts';

/*
 * Who said yes, when and where. Nothing is assumed: an empty cell is a no.
 */
const columns = ['consent_email', 'consent_sms'];
const covers = ['F3:consent_email', 'F3:consent_sms'];

const consents = enumOf(['true', 'false', 'SUBSCRIBED', 'UNSUBSCRIBED', 'NEVER'], {
  true: [
    'yes',
    'y',
    '1',
    't',
    'ja',
    'oui',
    'si',
    'sí',
    'wahr',
    'vrai',
    'opt in',
    'optin',
    'opted in',
    'x',
    'granted',
    'confirmed',
  ],
  false: [
    'no',
    'n',
    '0',
    'f',
    'nein',
    'non',
    'falsch',
    'faux',
    'opt out',
    'optout',
    'opted out',
    'denied',
    'not subscribed',
  ],
  SUBSCRIBED: ['subscriber', 'abonniert', 'abonné', 'angemeldet', 'active'],
  UNSUBSCRIBED: ['abgemeldet', 'désabonné', 'cancelled', 'canceled', 'unsubscribe'],
  NEVER: ['never subscribed', 'nie', 'jamais'],
});
const yes = enumOf(['true', 'subscribed']);

/** The cell says yes, in one of the words of the specification. */
export function isYes(cell: Cell): boolean {
  return isOneOfFolded(yes, cell.bytes, firstOf(cell), lastOf(cell));
}

/** 1: yes; 0: no, never, nothing; 2: what cannot be read. */
export function consentKey(cell: Cell): number {
  if (isYes(cell)) return 1;
  return isBlank(cell) || isCellOneOfFolded(consents, cell) ? 0 : 2;
}

const word: CellRule = {
  id: 'consent.enum',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_enum',
  covers,
  source: klaviyoFormat,
  title: 'A consent is neither a yes nor a no',
  advice:
    'Write true or false, or SUBSCRIBED, UNSUBSCRIBED, NEVER. Leave the cell empty where nobody asked: that counts as no.',
  columns,
  check: (cell) => (isBlank(cell) || isCellOneOfFolded(consents, cell) ? null : noParams),
  fix: (text) => meantBy(consents, text),
  accepted: ['true', 'false', 'TRUE', 'SUBSCRIBED', 'unsubscribed', 'NEVER', ''],
  refused: ['yes', '1', 'ja', 'opt-in', 'maybe', 'pending'],
  fixed: { yes: 'true', '1': 'true', Nein: 'false', 'opt-in': 'true', abgemeldet: 'UNSUBSCRIBED', maybe: null },
};

const blank: CellRule = {
  id: 'consent.blank',
  scope: 'CELL',
  severity: 'HINT',
  code: 'validation_missing_value',
  covers,
  source: gdprProof,
  title: 'A row says nothing about consent',
  advice: 'It counts as no: nobody writes to this person. Fill true where you can prove that the person agreed.',
  columns,
  isForEmpty: true,
  check: (cell) => (isBlank(cell) ? noParams : null),
  accepted: ['true', 'NEVER'],
  refused: ['', ' '],
};

/** A list without any word about consent is no list for marketing. */
function noColumn(profiles: readonly string[] | null): FileRule {
  const isStrict = profiles !== null;
  return {
    id: isStrict ? 'consent.columns_needed' : 'consent.columns',
    scope: 'FILE',
    severity: isStrict ? 'ERROR' : 'WARNING',
    code: 'validation_missing_value',
    covers,
    source: gdprProof,
    ...(isStrict && { profiles }),
    title: 'The list does not say who agreed to get mail',
    advice:
      'Add a column consent_email (and consent_sms for text messages) with true or false. Without it nobody of this list may be written to.',
    columns: [],
    watch: ({ profile }) =>
      !isStrict && profile !== null && profile in strictProfiles
        ? null
        : {
            row: () => null,
            end: ({ columns: present }) => (columns.some((name) => present.includes(name)) ? [] : [brokenAt(null)]),
          },
    accepted: [
      { rows: [{ email: 'anna@shop.example', consent_email: 'true' }] },
      { rows: [{ phone: '+1', sms_consent: '' }] },
    ],
    refused: [{ rows: [{ email: 'anna@shop.example', first_name: 'Anna' }] }],
  };
}
const strictProfiles: Readonly<Record<string, true>> = { klaviyo: true, strict: true };

const time = { scope: 'CELL', columns: ['consent_timestamp'], covers: ['F3:consent_timestamp'] } as const;

const timeForm: CellRule = {
  ...time,
  id: 'consent_timestamp.format',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  source: rfc3339,
  title: 'The time of a consent is not in the form of ISO 8601',
  advice: 'Write it like 2026-03-14T09:26:53+01:00.',
  check: (cell) => (isBlank(cell) || dateFormOf(cell) !== 0 ? null : noParams),
  fix: (text, { declared }) => repairDate(text, declaredOrder(declared)),
  accepted: ['2026-03-14T09:26:53+01:00', '2026-03-14T09:26:53Z', '2026-03-14', ''],
  refused: ['14.03.2026 09:26', '03/04/2026', 'last spring', '2026-02-30'],
  fixed: { '14.03.2026 09:26': '2026-03-14T09:26', '3/14/2026 9:26 am': '2026-03-14T09:26', '03/04/2026': null },
};

const timeZone: CellRule = {
  ...time,
  id: 'consent_timestamp.zone',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  source: rfc3339,
  title: 'The time of a consent has no time zone',
  advice: 'A proof needs the very moment: add the time, and Z for UTC or an offset, as in 2026-03-14T09:26:53+01:00.',
  check: (cell) => {
    const form = dateFormOf(cell);
    return form !== 0 && form !== Told.date && (form & Told.zone) === 0 ? noParams : null;
  },
  accepted: ['2026-03-14T09:26:53+01:00', '2026-03-14T09:26Z', '2026-03-14', 'soon'],
  refused: ['2026-03-14T09:26:53', '2026-03-14 09:26'],
};

const timeDay: CellRule = {
  id: 'dates.midnight',
  scope: 'CELL',
  columns: ['consent_timestamp', 'date_added'],
  covers: ['F3:consent_timestamp', 'F3:birthday, dates'],
  severity: 'WARNING',
  code: 'validation_invalid_format',
  source: klaviyoDates,
  title: 'A date has no time',
  advice:
    'It becomes midnight UTC, which is the evening before in America. Add the time and its offset if it is known: 2026-03-14T09:26:53+01:00.',
  check: (cell) => (dateFormOf(cell) === Told.date ? noParams : null),
  accepted: ['2026-03-14T09:26:53+01:00', '14.03.2026', ''],
  refused: ['2026-03-14'],
};

const timeFuture: CellRule = {
  ...time,
  id: 'consent_timestamp.future',
  severity: 'ERROR',
  code: 'validation_date_out_of_range',
  source: gdprProof,
  title: 'A consent lies in the future',
  advice: 'Look whether day and month changed places, or the time zone is missing.',
  check: (cell, { asOfMs }) => (dateMsOf(cell) > asOfMs + 5 * 60_000 ? noParams : null),
  accepted: ['2026-03-14T09:26:53Z', '2026-11-22T00:05:00Z', 'soon'],
  refused: ['2026-11-22T00:06:00Z', '2027-01-01'],
};

type Needed = {
  id: string;
  column: string;
  severity: 'ERROR' | 'WARNING';
  profiles?: readonly string[];
  title: string;
};

function timeNeeded({ column, ...rule }: Needed): RowRule {
  return {
    ...rule,
    scope: 'ROW',
    code: 'validation_missing_value',
    covers: ['F3:consent_timestamp', `F3:${column}`],
    source: gdprProof,
    advice:
      'Fill consent_timestamp with the moment at which the person agreed, like 2026-03-14T09:26:53+01:00. It is the proof.',
    columns: [column, 'consent_timestamp'],
    needs: [column],
    check: ([consent, at], { profile }) => {
      // In strict mode the same is an error, told by its own rule.
      if (rule.severity === 'WARNING' && profile === 'strict') return null;
      return consent && at && isYes(consent) && isBlank(at) ? brokenAt('consent_timestamp') : null;
    },
    accepted: [
      { [column]: 'true', consent_timestamp: '2026-03-14T09:26:53Z' },
      { [column]: 'false', consent_timestamp: '' },
      { [column]: '' },
    ],
    refused: [{ [column]: 'true', consent_timestamp: '' }, { [column]: 'SUBSCRIBED' }],
  };
}

const proof: RowRule = {
  id: 'consent.proof',
  scope: 'ROW',
  severity: 'WARNING',
  code: 'validation_missing_value',
  covers: ['F3:consent_source, ip, form_url'],
  source: gdprProof,
  profiles: ['strict'],
  title: 'Nothing says where a person agreed',
  advice:
    'Fill consent_source (like “checkout”) or consent_form_url, and consent_ip if it was kept: who sends has to prove the consent.',
  columns: ['consent_email', 'consent_sms', 'consent_source', 'consent_ip', 'consent_form_url'],
  check: (cells) => {
    const [byEmail, bySms, source, ip, form] = cells as readonly [Cell, Cell, Cell, Cell, Cell];
    if (!isYes(byEmail) && !isYes(bySms)) return null;
    return isBlank(form) && (isBlank(source) || isBlank(ip))
      ? brokenAt(isBlank(source) ? 'consent_source' : 'consent_ip')
      : null;
  },
  accepted: [
    { consent_email: 'true', consent_source: 'checkout', consent_ip: '203.0.113.7' },
    { consent_email: 'true', consent_form_url: 'https://shop.example/newsletter' },
    { consent_email: 'false' },
  ],
  refused: [{ consent_email: 'true' }, { consent_sms: 'true', consent_source: 'checkout', consent_ip: '' }],
};

const ip: CellRule = {
  id: 'consent_ip.format',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers: ['F3:consent_source, ip, form_url'],
  source: gdprProof,
  title: 'The address from which a person agreed is no IP address',
  advice: 'Write it like 203.0.113.7 or 2001:db8::7, without a port.',
  columns: ['consent_ip'],
  check: (cell) => (isBlank(cell) || isIp(cell) ? null : noParams),
  accepted: ['203.0.113.7', '2001:db8::7', '::1', '::ffff:203.0.113.7', ''],
  refused: ['203.0.113', '203.0.113.256', '203.0.113.7:443', 'localhost', '2001:db8', ':::', '1::2::3'],
};

function isIp(cell: Cell): boolean {
  const start = firstOf(cell);
  const end = lastOf(cell);
  return isIpV4(cell.bytes, start, end) || (end - start <= 45 && isIpV6(cell.text().trim()));
}

function isIpV4(bytes: Uint8Array, start: number, end: number): boolean {
  let parts = 1;
  let value = -1;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2e) {
      if (value < 0) return false;
      parts++;
      value = -1;
    } else if (isDigit(byte)) {
      value = Math.max(value, 0) * 10 + byte - 0x30;
      if (value > 255) return false;
    } else return false;
  }
  return parts === 4 && value >= 0;
}

function isIpV6(text: string): boolean {
  const bare = text.replace(/:\d{1,3}(?:\.\d{1,3}){3}$/, ':0:0');
  const halves = bare.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length <= 7 : groups.length === 8;
}

const formUrl: CellRule = {
  id: 'consent_form_url.format',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers: ['F3:consent_source, ip, form_url'],
  source: gdprProof,
  title: 'The page on which a person agreed is no web address',
  advice: 'Write all of it, as in https://shop.example/newsletter.',
  columns: ['consent_form_url'],
  check: (cell) => {
    const start = firstOf(cell);
    const end = lastOf(cell);
    if (isBlank(cell)) return null;
    const isGood =
      authorityProblem(cell.bytes, start, end) === UrlProblem.none && illegalAt(cell.bytes, start, end) === -1;
    return isGood ? null : noParams;
  },
  fix: (text) => encodeUrl(text) ?? addScheme(text),
  accepted: ['https://shop.example/newsletter', ''],
  refused: ['/newsletter', 'shop.example', 'https://shop.example/ab c', 'checkout'],
  fixed: {
    'https://shop.example/ab c': 'https://shop.example/ab%20c',
    'www.shop.example/x': 'https://www.shop.example/x',
    checkout: null,
  },
};

export const consentRules: readonly Rule[] = [
  noColumn(null),
  noColumn(['klaviyo', 'strict']),
  word,
  blank,
  timeForm,
  timeZone,
  timeDay,
  timeFuture,
  timeNeeded({
    id: 'consent_sms.timestamp',
    column: 'consent_sms',
    severity: 'ERROR',
    title: 'Somebody agreed to text messages, and nothing says when',
  }),
  timeNeeded({
    id: 'consent_email.timestamp',
    column: 'consent_email',
    severity: 'WARNING',
    title: 'Somebody agreed to get mail, and nothing says when',
  }),
  timeNeeded({
    id: 'consent_email.timestamp_needed',
    column: 'consent_email',
    severity: 'ERROR',
    profiles: ['strict'],
    title: 'Somebody agreed to get mail, and nothing says when',
  }),
  proof,
  ip,
  formUrl,
];
