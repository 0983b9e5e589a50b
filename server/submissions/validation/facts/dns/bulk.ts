import { commonPractice, type FactRule, rfc } from '../rule.ts';

/** What a sender of many messages has to have. */
export type BulkFact = {
  readonly domain: string;
  readonly messagesPerDay: number;
  readonly hasSpf: boolean;
  readonly hasDkim: boolean;
  readonly hasDmarc: boolean;
  /** Sending addresses, and whether their name leads back to them. */
  readonly addresses: readonly {
    readonly address: string;
    readonly name: string | null;
    readonly isConfirmed: boolean;
  }[];
  /** As the sender says; null: not asked. */
  readonly usesTls: boolean | null;
  readonly hasOneClick: boolean | null;
  /** Share of messages marked as spam. */
  readonly spamRate: number | null;
};

const bulk: BulkFact = {
  domain: 'shop.example',
  messagesPerDay: 20_000,
  hasSpf: true,
  hasDkim: true,
  hasDmarc: true,
  addresses: [{ address: '192.0.2.1', name: 'mta.shop.example', isConfirmed: true }],
  usesTls: true,
  hasOneClick: true,
  spamRate: 0.001,
};
const gmail = { name: 'Google: e-mail sender guidelines', url: 'https://support.google.com/mail/answer/81126' };
const isBulk = (fact: BulkFact) => fact.messagesPerDay > 5_000;
const bulkHead = {
  severity: 'WARNING',
  code: 'validation_invalid_value',
  covers: ['F5:BULK-01'],
  source: gmail,
} as const;

export const bulkRules: readonly FactRule<BulkFact>[] = [
  {
    ...bulkHead,
    id: 'BULK-01.authentication',
    title: 'Over 5,000 messages a day need SPF, DKIM and DMARC',
    advice: 'For {at} this is missing: {found}. Gmail and Yahoo refuse or slow down mail without all three.',
    check: (fact) => {
      const missing = [fact.hasSpf ? [] : 'SPF', fact.hasDkim ? [] : 'DKIM', fact.hasDmarc ? [] : 'DMARC'].flat();
      return isBulk(fact) && missing.length > 0
        ? { at: fact.domain, expected: 'SPF, DKIM, DMARC', found: missing.join(', ') }
        : null;
    },
    accepted: [bulk, { ...bulk, messagesPerDay: 5_000, hasDkim: false }],
    refused: [
      { ...bulk, hasDkim: false },
      { ...bulk, hasSpf: false, hasDmarc: false },
    ],
  },
  {
    ...bulkHead,
    id: 'BULK-01.reverse',
    title: 'The name of {at} does not lead back to it',
    advice:
      'Set a PTR record for {at} to a name whose A or AAAA record is this address. Whoever rents out the address does it.',
    check: (fact) =>
      isBulk(fact)
        ? fact.addresses.flatMap(({ address, name, isConfirmed }) =>
            isConfirmed ? [] : [{ at: address, found: name }],
          )
        : null,
    accepted: [bulk],
    refused: [{ ...bulk, addresses: [{ address: '192.0.2.1', name: null, isConfirmed: false }] }],
  },
  {
    ...bulkHead,
    id: 'BULK-01.sending',
    source: rfc(8058),
    title: 'Over 5,000 messages a day need TLS and an unsubscribe link of one click',
    advice:
      'Send over TLS, and add the headers List-Unsubscribe and List-Unsubscribe-Post to what is not an order or a receipt.',
    check: (fact) =>
      isBulk(fact) && (fact.usesTls === false || fact.hasOneClick === false) ? { at: fact.domain } : null,
    accepted: [bulk, { ...bulk, usesTls: null, hasOneClick: null }],
    refused: [
      { ...bulk, hasOneClick: false },
      { ...bulk, usesTls: false },
    ],
  },
  {
    ...bulkHead,
    id: 'BULK-01.spam',
    source: commonPractice,
    title: 'Too many messages of {at} are marked as spam',
    advice:
      'Keep the rate in Google’s Postmaster Tools under 0.3 %, better under 0.1 %: write only to people who asked for it, and take out who does not open. It is {found}.',
    check: (fact) =>
      isBulk(fact) && (fact.spamRate ?? 0) >= 0.003
        ? { at: fact.domain, expected: '0.3 %', found: `${Math.round((fact.spamRate ?? 0) * 10_000) / 100} %` }
        : null,
    accepted: [bulk, { ...bulk, spamRate: null }],
    refused: [{ ...bulk, spamRate: 0.004 }],
  },
];
