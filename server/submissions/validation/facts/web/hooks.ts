import { commonPractice, type FactRule, type Mark, rfc } from '../rule.ts';
import { type Refusal, refusalWords } from './refusals.ts';

/** What a receiver answered to one test event. */
export type HookTry = { readonly status: number | null; readonly ms: number; readonly refusal: Refusal | null };

export type HookFact = {
  readonly url: string;
  /** Rightly signed; the same once more (same id); signed with another secret; an hour old; signed by the old and the new secret. */
  readonly good: HookTry;
  readonly repeated: HookTry | null;
  readonly forged: HookTry | null;
  readonly stale: HookTry | null;
  readonly rotating: HookTry | null;
};

const ok: HookTry = { status: 204, ms: 120, refusal: null };
const no: HookTry = { status: 401, ms: 50, refusal: null };
const healthy: HookFact = {
  url: 'https://shop.example/hooks',
  good: ok,
  repeated: ok,
  forged: no,
  stale: no,
  rotating: ok,
};
const answered = (status: number): HookFact => ({
  ...healthy,
  good: { ...ok, status },
  repeated: null,
  forged: null,
  stale: null,
  rotating: null,
});

const standard = {
  name: 'Standard Webhooks',
  url: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
};
const shopify = {
  name: 'Shopify: HTTPS webhook delivery',
  url: 'https://shopify.dev/docs/apps/build/webhooks/subscribe/https',
};
const isTaken = (one: HookTry | null) => one !== null && one.status !== null && one.status >= 200 && one.status < 300;
const retried = (status: number) => status === 408 || status === 429 || status >= 500;
const mark = (fact: HookFact, more: Mark = {}): Mark => ({ at: fact.url, ...more });
const one = { severity: 'ERROR', code: 'validation_invalid_value' } as const;

export const hookRules: readonly FactRule<HookFact>[] = [
  {
    ...one,
    id: 'HOOK-01.https',
    covers: ['F6:HOOK-01'],
    source: shopify,
    title: '{at} is not https',
    advice: 'Give an address that begins with https://: events carry data of customers.',
    check: (fact) => (fact.url.startsWith('https://') ? null : mark(fact, { expected: 'https://' })),
    accepted: [healthy],
    refused: [{ ...healthy, url: 'http://shop.example/hooks' }],
  },
  {
    ...one,
    id: 'HOOK-01.unreachable',
    code: 'validation_unreachable',
    covers: ['F6:HOOK-01'],
    source: shopify,
    title: '{at} does not take the test event: {why}',
    advice: 'Make the address reachable from the internet with a valid certificate, then test it again.',
    check: (fact) =>
      fact.good.refusal === null ? null : mark(fact, { params: { why: refusalWords[fact.good.refusal] } }),
    accepted: [healthy, answered(500)],
    refused: [
      { ...healthy, good: { status: null, ms: 0, refusal: 'NOT_PUBLIC' } },
      { ...healthy, good: { status: null, ms: 15_000, refusal: 'TOO_SLOW' } },
    ],
  },
  {
    ...one,
    id: 'HOOK-01.status',
    covers: ['F6:HOOK-01'],
    source: shopify,
    title: '{at} answers the test event with {found}',
    advice:
      'Answer every event of a good signature with 200 or 204, also kinds that you do not use. Redirects are not followed.',
    check: (fact) =>
      fact.good.status !== null && !isTaken(fact.good) && fact.good.status !== 410 && !retried(fact.good.status)
        ? mark(fact, { expected: '2xx', found: String(fact.good.status) })
        : null,
    accepted: [healthy, answered(200), answered(500), answered(410)],
    refused: [301, 400, 401, 404, 405].map(answered),
  },
  {
    ...one,
    id: 'HOOK-01.slow',
    severity: 'WARNING',
    covers: ['F6:HOOK-01'],
    source: shopify,
    title: '{at} takes {found} seconds',
    advice: 'Answer within 5 seconds: put the event into a queue and do the work afterwards.',
    check: (fact) =>
      fact.good.refusal === null && fact.good.ms > 5_000
        ? mark(fact, { expected: '5', found: (fact.good.ms / 1000).toFixed(1) })
        : null,
    accepted: [healthy, { ...healthy, good: { ...ok, ms: 5_000 } }],
    refused: [{ ...healthy, good: { ...ok, ms: 5_200 } }],
  },
  {
    ...one,
    id: 'HOOK-01.forged',
    covers: ['F6:HOOK-01'],
    source: standard,
    title: '{at} takes events with a wrong signature',
    advice:
      'Check webhook-signature before anything else, with the secret of this endpoint, and answer 401 when it is wrong. As it is, anybody can send you events.',
    check: (fact) =>
      isTaken(fact.good) && isTaken(fact.forged)
        ? mark(fact, { expected: '401', found: String(fact.forged?.status) })
        : null,
    accepted: [healthy, answered(204)],
    refused: [{ ...healthy, forged: ok }],
  },
  {
    ...one,
    id: 'HOOK-02.stale',
    severity: 'WARNING',
    covers: ['F6:HOOK-02'],
    source: standard,
    title: '{at} takes events that are an hour old',
    advice:
      'Refuse events whose webhook-timestamp is more than 5 minutes away from now, so that nobody replays what they once saw.',
    check: (fact) =>
      isTaken(fact.good) && isTaken(fact.stale)
        ? mark(fact, { expected: '401', found: String(fact.stale?.status) })
        : null,
    accepted: [healthy],
    refused: [{ ...healthy, stale: ok }],
  },
  {
    ...one,
    id: 'HOOK-02.rotating',
    severity: 'WARNING',
    covers: ['F6:HOOK-02'],
    source: standard,
    title: '{at} reads only the first of two signatures',
    advice:
      'While a secret is changed, webhook-signature holds two, parted by a blank. Accept the event when one of them is right.',
    check: (fact) =>
      isTaken(fact.good) && fact.rotating !== null && !isTaken(fact.rotating)
        ? mark(fact, { expected: '2xx', found: String(fact.rotating.status ?? '-') })
        : null,
    accepted: [healthy, { ...healthy, rotating: null }],
    refused: [{ ...healthy, rotating: no }],
  },
  {
    ...one,
    id: 'HOOK-03.gone',
    covers: ['F6:HOOK-03'],
    source: rfc(9110, '15.5.11'),
    title: '{at} says that it is gone',
    advice: '410 switches deliveries off. Answer with 2xx, or set another address.',
    check: (fact) => (fact.good.status === 410 ? mark(fact, { expected: '2xx', found: '410' }) : null),
    accepted: [healthy, answered(404)],
    refused: [answered(410)],
  },
  {
    ...one,
    id: 'HOOK-03.retried',
    covers: ['F6:HOOK-03'],
    source: { name: 'Shopify: retries', url: 'https://shopify.dev/docs/apps/build/webhooks/troubleshooting-webhooks' },
    title: '{at} answers {found}, so that every event would be sent again',
    advice:
      'Look into the log of the receiver. After 408, 429 and 5xx an event is sent again for hours, and then deliveries are switched off.',
    check: (fact) =>
      fact.good.status !== null && retried(fact.good.status)
        ? mark(fact, { expected: '2xx', found: String(fact.good.status) })
        : null,
    accepted: [healthy, answered(404)],
    refused: [408, 429, 500, 503].map(answered),
  },
  {
    ...one,
    id: 'HOOK-03.repeated',
    severity: 'WARNING',
    covers: ['F6:HOOK-03'],
    source: commonPractice,
    title: '{at} refuses an event that it already has',
    advice: 'An event may come twice with the same webhook-id. Do the work once, and answer 2xx both times.',
    check: (fact) =>
      isTaken(fact.good) && fact.repeated !== null && !isTaken(fact.repeated)
        ? mark(fact, { expected: '2xx', found: String(fact.repeated.status ?? '-') })
        : null,
    accepted: [healthy, { ...healthy, repeated: null }],
    refused: [{ ...healthy, repeated: { ...ok, status: 409 } }],
  },
];
