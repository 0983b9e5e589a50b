import { commonPractice, type FactRule, type Mark, rfc } from '../rule.ts';
import { type Refusal, refusalWords } from './refusals.ts';

/** What one pull of a feed came to, and what is known of the ones before. */
export type FeedFact = {
  readonly url: string;
  readonly refusal: Refusal | null;
  readonly status: number | null;
  readonly hasCredentials: boolean;
  readonly ms: number;
  readonly bytes: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly contentType: string | null;
  /** It came compressed, or is a compressed file. */
  readonly isCompressed: boolean;
  /** Asked with the marks of the last pull: null: not asked, true: answered 304. */
  readonly isConditionalHonoured: boolean | null;
  /** The same bytes as the last pull; null: there was none. */
  readonly isUnchanged: boolean | null;
  readonly unchangedHours: number;
  /** Pulls in a row that failed or were empty, this one included. */
  readonly failures: number;
  /** What the report of its content says; null: there is none. */
  readonly rows: {
    readonly all: number;
    readonly valid: number;
    readonly isGood: boolean;
    readonly worst: string;
  } | null;
};

/** From this many failed pulls in a row on the feed is not fetched any more. */
export const maxFeedFailures = 10;

const feed: FeedFact = {
  url: 'https://shop.example/feed.xml',
  refusal: null,
  status: 200,
  hasCredentials: false,
  ms: 4_000,
  bytes: 3_000_000,
  etag: '"1"',
  lastModified: null,
  contentType: 'application/xml',
  isCompressed: true,
  isConditionalHonoured: null,
  isUnchanged: null,
  unchangedHours: 0,
  failures: 0,
  rows: null,
};
const failed = (refusal: Refusal): FeedFact => ({ ...feed, refusal, status: null, bytes: 0, failures: 1 });
const answered = (status: number): FeedFact => ({ ...feed, status, bytes: 100, failures: 1 });
const prisjakt = { name: 'Prisjakt: feed specification', url: 'https://github.com/prisjakt/feed-specification' };
const mark = (fact: FeedFact, more: Mark = {}): Mark => ({ at: fact.url, ...more });
const one = { severity: 'ERROR', code: 'validation_unreachable', covers: ['F6:FEED-01'], source: prisjakt } as const;

const rowsOf = (all: number, valid: number, isGood: boolean): FeedFact => ({
  ...feed,
  rows: { all, valid, isGood, worst: 'The price is not written as one' },
});

/** Asked once its content was judged, which has a report of its own. */
export const feedRowsRule: FactRule<FeedFact> = {
  ...one,
  id: 'FEED-01.rows',
  code: 'validation_invalid_value',
  source: commonPractice,
  title: 'The content of the feed is not good enough: {found}',
  advice:
    'The worst of it: {worst}. Its report shows every row. Mend the export of your shop, since the next fetch would bring the old mistakes back.',
  check: (fact) => {
    if (fact.rows === null || fact.rows.isGood) return null;
    const { all, valid, worst } = fact.rows;
    const found = valid < all ? `${valid} of ${all} rows are right` : worst;
    return mark(fact, { found, params: { worst } });
  },
  accepted: [feed, rowsOf(200, 200, true), rowsOf(200, 198, true)],
  refused: [rowsOf(200, 150, false), rowsOf(0, 0, false)],
};

export const feedRules: readonly FactRule<FeedFact>[] = [
  feedRowsRule,
  {
    ...one,
    id: 'FEED-01.unreachable',
    title: 'The feed cannot be fetched: {why}',
    advice:
      'Open {at} from outside your network. Let our server through your firewall, and see that the first bytes come within a minute.',
    check: (fact) =>
      fact.refusal === null || fact.refusal === 'NO_ROOM'
        ? null
        : mark(fact, { params: { why: refusalWords[fact.refusal] } }),
    accepted: [feed, answered(500), failed('NO_ROOM')],
    refused: [failed('UNREACHABLE'), failed('NOT_PUBLIC'), failed('TOO_SLOW'), failed('CUT_OFF')],
  },
  {
    ...one,
    id: 'FEED-01.room',
    source: commonPractice,
    title: 'There is no room left here for the feed',
    advice:
      'Your files take up all the room that your company has with us. Ask us for more, then have the feed fetched again.',
    check: (fact) => (fact.refusal === 'NO_ROOM' ? mark(fact) : null),
    accepted: [feed, failed('TOO_LARGE')],
    refused: [failed('NO_ROOM')],
  },
  {
    ...one,
    id: 'FEED-01.denied',
    source: rfc(9110, '15.5.2'),
    title: 'The server of the feed keeps us out',
    advice: 'It answers {found}. {what}',
    check: (fact) => {
      if (fact.status !== 401 && fact.status !== 403) return null;
      const what = fact.hasCredentials
        ? 'Check the user name and the password, and that they may read this file.'
        : 'Give a user name and a password for it, or let our server through.';
      return mark(fact, { found: String(fact.status), params: { what } });
    },
    accepted: [feed, answered(404)],
    refused: [answered(401), { ...answered(403), hasCredentials: true }],
  },
  {
    ...one,
    id: 'FEED-01.status',
    source: rfc(9110, '15'),
    title: 'The feed answers with status {found}',
    advice:
      'It has to answer with 200 and the file. Check that {at} is the address of the file itself and that its export has run.',
    check: (fact) =>
      fact.status !== null && ![200, 304, 401, 403].includes(fact.status)
        ? mark(fact, { expected: '200', found: String(fact.status) })
        : null,
    accepted: [feed, { ...feed, status: 304, bytes: 0 }, answered(401)],
    refused: [204, 301, 404, 410, 500].map(answered),
  },
  {
    ...one,
    id: 'FEED-01.empty',
    code: 'validation_missing_value',
    title: 'The feed is empty',
    advice:
      'The server answers, without a byte in the file. Look into the log of the export in your shop and run it again.',
    check: (fact) => (fact.status === 200 && fact.refusal === null && fact.bytes === 0 ? mark(fact) : null),
    accepted: [feed, { ...feed, status: 304, bytes: 0 }],
    refused: [{ ...feed, bytes: 0, failures: 1 }],
  },
  {
    ...one,
    id: 'FEED-01.page',
    code: 'validation_invalid_value',
    source: commonPractice,
    title: 'The address leads to a web page instead of a feed',
    advice:
      'Give the address of the file itself. A page comes also when the server wants a sign-in, or guards itself against robots.',
    check: (fact) =>
      fact.status === 200 && /^text\/html/i.test(fact.contentType ?? '')
        ? mark(fact, { found: fact.contentType })
        : null,
    accepted: [feed, { ...feed, contentType: 'text/csv' }, { ...feed, contentType: null }],
    refused: [{ ...feed, contentType: 'text/html; charset=utf-8' }],
  },
  {
    ...one,
    id: 'FEED-01.disabled',
    title: 'The feed failed {found} times in a row and is not fetched any more',
    advice: 'Mend it, then check it by hand: the next good pull switches the schedule on again.',
    check: (fact) => (fact.failures >= maxFeedFailures ? mark(fact, { found: String(fact.failures) }) : null),
    accepted: [feed, { ...feed, failures: 9 }],
    refused: [{ ...failed('UNREACHABLE'), failures: 10 }],
  },
  {
    ...one,
    id: 'FEED-01.marks',
    severity: 'HINT',
    code: 'validation_missing_value',
    source: rfc(9110, '8.8'),
    title: 'The feed does not say when it changed',
    advice: 'Let the server send ETag or Last-Modified, so that an unchanged feed is not fetched again.',
    check: (fact) =>
      fact.status === 200 && fact.etag === null && fact.lastModified === null ? mark(fact, { expected: 'ETag' }) : null,
    accepted: [feed, { ...feed, etag: null, lastModified: 'Sun, 22 Nov 2026 10:00:00 GMT' }],
    refused: [{ ...feed, etag: null }],
  },
  {
    ...one,
    id: 'FEED-01.conditional',
    severity: 'HINT',
    code: 'validation_inconsistent',
    source: rfc(9110, '13'),
    title: 'The server sends the whole feed although nothing changed',
    advice:
      'It names an ETag or a Last-Modified and then does not heed it: answer If-None-Match and If-Modified-Since with 304.',
    check: (fact) =>
      fact.isConditionalHonoured === false && fact.isUnchanged === true ? mark(fact, { expected: '304' }) : null,
    accepted: [
      feed,
      { ...feed, isConditionalHonoured: true, isUnchanged: true },
      { ...feed, isConditionalHonoured: false, isUnchanged: false },
    ],
    refused: [{ ...feed, isConditionalHonoured: false, isUnchanged: true }],
  },
  {
    ...one,
    id: 'FEED-01.compressed',
    severity: 'HINT',
    source: commonPractice,
    title: 'The feed is sent without compression',
    advice: 'With gzip it is about ten times smaller: switch compression on for this file, or offer it as .gz.',
    check: (fact) =>
      fact.status === 200 && fact.bytes > 1_000_000 && !fact.isCompressed ? mark(fact, { expected: 'gzip' }) : null,
    accepted: [feed, { ...feed, isCompressed: false, bytes: 900_000 }],
    refused: [{ ...feed, isCompressed: false }],
  },
  {
    ...one,
    id: 'FEED-01.slow',
    severity: 'WARNING',
    source: commonPractice,
    title: 'It takes {found} minutes to fetch the feed',
    advice:
      'Over 30 minutes it is cut. Write the feed to a file by a schedule instead of making it when it is asked for.',
    check: (fact) =>
      fact.refusal === null && fact.ms > 10 * 60_000
        ? mark(fact, { expected: '10', found: String(Math.round(fact.ms / 60_000)) })
        : null,
    accepted: [feed, { ...feed, ms: 600_000 }],
    refused: [{ ...feed, ms: 900_000 }],
  },
  {
    ...one,
    id: 'FEED-01.unchanged',
    severity: 'WARNING',
    code: 'validation_inconsistent',
    source: prisjakt,
    title: 'The feed has been the same for {found} days',
    advice: 'Check that its export still runs: prices and stock change in most shops every day.',
    check: (fact) =>
      fact.isUnchanged === true && fact.unchangedHours >= 72
        ? mark(fact, { found: String(Math.floor(fact.unchangedHours / 24)) })
        : null,
    accepted: [
      feed,
      { ...feed, isUnchanged: true, unchangedHours: 71 },
      { ...feed, isUnchanged: false, unchangedHours: 100 },
    ],
    refused: [{ ...feed, isUnchanged: true, unchangedHours: 72 }],
  },
];
