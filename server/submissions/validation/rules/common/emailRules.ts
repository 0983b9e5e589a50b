import { Has } from '../../cell.ts';
import type { CellRule } from '../../types.ts';
import { noParams } from './answers.ts';
import {
  EmailProblem,
  emailProblem,
  hasCapitalDomain,
  isDisposable,
  isRole,
  meantDomain,
  repairEmail,
  withPlainDomain,
} from './emails.ts';
import { firstOf, isBlank, lastOf } from './window.ts';

const rfc5321 = { name: 'RFC 5321: size limits and minimums', url: 'https://www.rfc-editor.org/rfc/rfc5321' };
const rfc6531 = { name: 'RFC 6531: internationalized email', url: 'https://www.rfc-editor.org/rfc/rfc6531' };
const rfc2142 = { name: 'RFC 2142: mailbox names for common services', url: 'https://www.rfc-editor.org/rfc/rfc2142' };
const goodPractice = { name: 'Good practice', url: null };

/** In words, by `EmailProblem`; without the sign itself, by which words about persons are masked. */
const troubles: readonly string[] = [
  '',
  'There is no at sign in it',
  'There is more than one at sign in it',
  'Before the at sign stands something that no address has, or two dots in a row',
  'Before the at sign stand more than 64 bytes',
  'What stands behind the at sign is no domain',
  'The domain behind the at sign has no dot',
  'It has more than 254 bytes',
  'There is a blank in it',
];

/** Addresses of people, in the columns that a set names. */
export function emailRules(columns: readonly string[], covers: readonly string[]): CellRule[] {
  const head = { scope: 'CELL', columns, covers } as const;
  return [
    {
      ...head,
      id: 'email.form',
      severity: 'ERROR',
      code: 'validation_invalid_format',
      source: rfc5321,
      title: 'An email address is none',
      advice: '{trouble}. Write the address alone, as in anna@shop.example.',
      check: (cell) => {
        if (isBlank(cell)) return null;
        const problem = emailProblem(cell.bytes, firstOf(cell), lastOf(cell));
        return problem === EmailProblem.none ? null : { trouble: troubles[problem] ?? '' };
      },
      fix: repairEmail,
      accepted: [
        'anna@shop.example',
        'a.b+c@x.co',
        '"anna b"@shop.example'.replace(' ', '.'),
        'anna@müller.example',
        'anna@xn--mller-kva.example',
        `${'x'.repeat(64)}@shop.example`,
        ' anna@shop.example ',
      ],
      refused: [
        ...['anna', 'anna@', '@shop.example', 'anna@shop', 'anna@@shop.example', 'anna@shop@example.com'],
        ...[
          'an na@shop.example',
          'anna..b@shop.example',
          '.anna@shop.example',
          'anna.@shop.example',
          '"anna@shop.example',
        ],
        ...[
          'anna@-shop.example',
          'anna@shop-.example',
          'anna@shop..example',
          'anna@shop.example.',
          'anna@shop,example',
        ],
        ...['anna@shop.1', 'anna@10.0.0.1', 'anna@[10.0.0.1]', 'anna@sh_op.example', 'n/a'],
        ...[`${'x'.repeat(65)}@shop.example`, `anna@${'x'.repeat(64)}.example`, `anna@${'x.'.repeat(125)}example`],
        'Anna <anna@shop.example>',
      ],
      fixed: {
        'Anna <anna@shop.example>': 'anna@shop.example',
        'mailto:anna@shop.example': 'anna@shop.example',
        'anna @ shop.example': 'anna@shop.example',
        'anna@shop.example.': 'anna@shop.example',
        'anna@shop.example;': 'anna@shop.example',
        'anna@shop,example': null,
        anna: null,
      },
    },
    {
      ...head,
      id: 'email.idn',
      severity: 'WARNING',
      code: 'validation_invalid_format',
      source: rfc6531,
      title: 'An email address has letters beyond ASCII',
      advice:
        'Many systems take only plain letters. The domain can be written as its A-label (anna@xn--mller-kva.example); ask the person for another address where the part before the @ is concerned.',
      onlyIf: Has.nonAscii,
      check: (cell) =>
        emailProblem(cell.bytes, firstOf(cell), lastOf(cell)) === EmailProblem.none && !isBlank(cell) ? noParams : null,
      fix: (text) => {
        const made = withPlainDomain(text);
        return made === null || /[^\x21-\x7e]/.test(made) ? null : made;
      },
      accepted: ['anna@shop.example', 'anna@xn--mller-kva.example', 'annä'],
      refused: ['anna@müller.example', 'jürgen@shop.example'],
      fixed: { 'anna@müller.example': 'anna@xn--mller-kva.example', 'jürgen@shop.example': null },
    },
    {
      ...head,
      id: 'email.case',
      severity: 'HINT',
      code: 'validation_invalid_format',
      source: rfc5321,
      title: 'The domain of an email address has capitals',
      advice:
        'Write it in small letters: the mail arrives either way, but a system that compares takes it for another.',
      onlyIf: Has.upper,
      check: (cell) => (hasCapitalDomain(cell.bytes, firstOf(cell), lastOf(cell)) ? noParams : null),
      fix: (text) => withPlainDomain(text),
      accepted: ['Anna@shop.example', 'ANNA'],
      refused: ['anna@Shop.example', 'ANNA@SHOP.EXAMPLE'],
      fixed: { 'anna@Shop.Example': 'anna@shop.example', 'ANNA@SHOP.EXAMPLE': 'ANNA@shop.example' },
    },
    {
      ...head,
      id: 'email.typo',
      severity: 'WARNING',
      code: 'validation_invalid_value',
      source: goodPractice,
      title: 'The domain of an email address looks mistyped',
      advice: 'Perhaps {meant} is meant. It is not changed by itself: the mail would go to somebody else if it is not.',
      check: (cell) => {
        const meant = meantDomain(cell.bytes, firstOf(cell), lastOf(cell));
        return meant === null ? null : { meant };
      },
      accepted: ['anna@gmail.com', 'anna@googlemail.com', 'gmial.com', 'anna@mygmial.com'],
      refused: ['anna@gmial.com', 'ANNA@GMAIL.CON', 'anna@hotmial.com'],
    },
    {
      ...head,
      id: 'email.role',
      severity: 'HINT',
      code: 'validation_invalid_value',
      source: rfc2142,
      title: 'An email address is that of an office, not of a person',
      advice:
        'Nobody in particular reads info@ or noreply@, and such addresses complain more often. Leave it out if you can.',
      check: (cell) => (isRole(cell.bytes, firstOf(cell), lastOf(cell)) ? noParams : null),
      accepted: ['anna@shop.example', 'infoanna@shop.example', 'info'],
      refused: ['info@shop.example', 'NoReply@shop.example'],
    },
    {
      ...head,
      id: 'email.disposable',
      severity: 'WARNING',
      code: 'validation_invalid_value',
      source: goodPractice,
      title: 'An email address is one that is thrown away',
      advice:
        'The provider gives addresses for a few minutes. Leave it out: mail to it bounces and hurts your sending domain.',
      check: (cell) => (isDisposable(cell.bytes, firstOf(cell), lastOf(cell)) ? noParams : null),
      accepted: ['anna@shop.example', 'mailinator.com', 'anna@notmailinator.com'],
      refused: ['anna@mailinator.com', 'x@YOPMAIL.com'],
    },
  ];
}
