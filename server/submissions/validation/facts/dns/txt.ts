import { commonPractice, type FactRule, rfc } from '../rule.ts';
import { type Answer, agreed, hostOf, isUnanswered, recordsOf } from './answers.ts';

/** A TXT record that proves ownership. */
export type TxtFact = { readonly name: string; readonly value: string; readonly answers: readonly Answer[] };

/** Whether an issuer may make certificates for a name. */
export type CaaFact = {
  readonly name: string;
  /** `letsencrypt.org` */
  readonly issuer: string;
  /** The closest name, from itself upwards, that has CAA records, and these. */
  readonly at: string | null;
  readonly records: readonly string[];
};

/** Without the quotes and blanks that forms add. */
const plain = (text: string) =>
  text
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .trim();
const token = 'slipway-verify=a1B2';
const healthyTxt: TxtFact = { name: 'shop.example', value: token, answers: agreed('v=spf1 -all', token) };

export const txtRules: readonly FactRule<TxtFact>[] = [
  {
    id: 'TXT-01.missing',
    severity: 'ERROR',
    code: 'validation_missing_value',
    covers: ['F5:TXT-01'],
    source: rfc(1035, '3.3.14'),
    title: 'The proof of ownership is not at {at}',
    advice: 'Add a record of type TXT at {at} with exactly this text: {expected}. Leave other TXT records as they are.',
    check: ({ name, value, answers }) =>
      isUnanswered(answers) || recordsOf(answers).some((record) => plain(record).toLowerCase() === value.toLowerCase())
        ? null
        : {
            at: name,
            expected: value,
            found: recordsOf(answers).join(' | ') || null,
            fix: `${hostOf(name)}. TXT "${value}"`,
          },
    accepted: [healthyTxt, { ...healthyTxt, answers: agreed(`"${token}"`) }],
    refused: [
      { ...healthyTxt, answers: agreed() },
      { ...healthyTxt, answers: agreed('slipway-verify=other') },
    ],
  },
  {
    id: 'TXT-01.wrapped',
    severity: 'ERROR',
    code: 'validation_invalid_format',
    covers: ['F5:TXT-01'],
    source: commonPractice,
    title: 'The proof at {at} is written with something around it',
    advice:
      'Enter exactly {expected}: without quotes, which your DNS provider adds by itself, without blanks around, and with the same capitals.',
    check: ({ name, value, answers }) => {
      const records = recordsOf(answers);
      const near = records.find((record) => plain(record).toLowerCase() === value.toLowerCase());
      return near === undefined || records.includes(value)
        ? null
        : { at: name, expected: value, found: near, fix: value };
    },
    accepted: [healthyTxt, { ...healthyTxt, answers: agreed() }],
    refused: [
      { ...healthyTxt, answers: agreed(`"${token}"`) },
      { ...healthyTxt, answers: agreed(` ${token}`) },
      { ...healthyTxt, answers: agreed(token.toUpperCase()) },
    ],
  },
];

const healthyCaa: CaaFact = { name: 'mail.shop.example', issuer: 'letsencrypt.org', at: null, records: [] };

/** A set without `issue` restricts nobody (RFC 8659, 4.2). */
const issuesOf = (records: readonly string[]) =>
  records.filter((record) => record.split(' ')[1]?.toLowerCase() === 'issue');

/** `0 issue "letsencrypt.org; validationmethods=dns-01"` -> the issuer's name; `;` alone names nobody. */
const issuerOf = (record: string) => (record.split(' ').slice(2).join(' ').split(';')[0] ?? '').trim().toLowerCase();

export const caaRules: readonly FactRule<CaaFact>[] = [
  {
    id: 'DNS-04.issuer',
    severity: 'ERROR',
    code: 'validation_invalid_value',
    covers: ['F5:DNS-04'],
    source: rfc(8659, '4'),
    title: 'No certificate can be made for {at}',
    advice:
      'The CAA records at {zone} name who may issue certificates, and {expected} is not among them. Add the record shown; keep the others.',
    check: ({ name, issuer, at, records }) => {
      const issues = issuesOf(records);
      if (issues.length === 0 || issues.some((record) => issuerOf(record) === issuer.toLowerCase())) return null;
      const zone = at ?? name;
      return {
        at: name,
        expected: issuer,
        found: issues.join(', '),
        fix: `${zone}. CAA 0 issue "${issuer}"`,
        params: { zone },
      };
    },
    accepted: [
      healthyCaa,
      {
        ...healthyCaa,
        at: 'shop.example',
        records: ['0 issue digicert.com', '0 issue letsencrypt.org; validationmethods=dns-01'],
      },
      { ...healthyCaa, at: 'shop.example', records: ['0 iodef mailto:x@shop.example', '0 issuewild digicert.com'] },
    ],
    refused: [
      { ...healthyCaa, at: 'shop.example', records: ['0 issue digicert.com'] },
      { ...healthyCaa, at: 'shop.example', records: ['0 issue ;'] },
    ],
  },
  {
    id: 'DNS-04.unneeded',
    severity: 'HINT',
    code: 'validation_missing_value',
    covers: ['F5:DNS-04'],
    source: rfc(8659, '3'),
    title: 'Not needed: no CAA record stands in the way',
    advice:
      'Nothing at {at} or above names who may issue certificates, so that everybody may. Such a record is needed only beside others of its kind.',
    check: ({ name, records }) => (issuesOf(records).length === 0 ? { at: name } : null),
    accepted: [
      { ...healthyCaa, at: 'shop.example', records: ['0 issue letsencrypt.org'] },
      { ...healthyCaa, at: 'shop.example', records: ['0 issue ;'] },
    ],
    refused: [healthyCaa, { ...healthyCaa, at: 'shop.example', records: ['0 iodef mailto:x@shop.example'] }],
  },
];
