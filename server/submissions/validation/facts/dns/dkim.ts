import { commonPractice, type FactRule, type Mark, rfc } from '../rule.ts';
import { type Answer, agreed, hostOf, recordsOf, stringsOf } from './answers.ts';
import { exampleKeys as keys } from './exampleKeys.ts';
import { readKey } from './keys.ts';
import { parseTags, tagOf } from './tags.ts';

export type DkimFact = {
  /** `<selector>._domainkey.<domain>` */
  readonly name: string;
  /** TXT, behind a CNAME where there is one. */
  readonly answers: readonly Answer[];
  /** The `p=` that it has to hold; null: any good key. */
  readonly key: string | null;
};

const name = 's1._domainkey.shop.example';
const record = (text: string, key: string | null = null): DkimFact => ({ name, answers: agreed(text), key });
const good = `v=DKIM1; k=rsa; p=${keys.rsa2048}`;
const healthy = record(good);

/** The records that are meant as keys: other texts at the name do not count. */
const keysOf = (fact: DkimFact) =>
  recordsOf(fact.answers).filter((text) => /(^|;)\s*["']?\s*(v\s*=\s*dkim|[kp]\s*=)/i.test(text));
const textOf = (fact: DkimFact) => (keysOf(fact).length === 1 ? (keysOf(fact)[0] ?? null) : null);
const isWrapped = (text: string) => /["'\\“”]/.test(text);
const bare = (text: string) => text.replaceAll(/["'\\“”]/g, '');
/** The tags of the one record; an empty list where there is none. Quotes are the business of their own rule. */
const tagsOf = (fact: DkimFact) => parseTags(bare(textOf(fact) ?? '')).tags;
const keyOf = (fact: DkimFact) => tagOf(tagsOf(fact), 'p')?.replaceAll(/\s/g, '') ?? null;
const kindOf = (fact: DkimFact) =>
  (tagOf(tagsOf(fact), 'k') ?? 'rsa').toLowerCase() === 'ed25519' ? 'ed25519' : 'rsa';
const expectedText = (fact: DkimFact) => (fact.key === null ? null : `v=DKIM1; k=${kindOf(fact)}; p=${fact.key}`);
const mark = (fact: DkimFact, more: Mark = {}): Mark => ({
  at: fact.name,
  found: textOf(fact),
  expected: expectedText(fact),
  fix: expectedText(fact),
  ...more,
});
const bits = (fact: DkimFact) => {
  const key = readKey(keyOf(fact) ?? '', kindOf(fact));
  return typeof key === 'object' && key.kind === 'RSA' ? key.bits : null;
};

const one = { severity: 'ERROR', code: 'validation_invalid_value' } as const;

export const dkimRules: readonly FactRule<DkimFact>[] = [
  {
    ...one,
    id: 'DKIM-01.missing',
    code: 'validation_missing_value',
    covers: ['F5:DKIM-01'],
    source: rfc(6376, '3.6.2'),
    title: 'There is no DKIM key at {at}',
    advice:
      'Add the record that the sender gave you at {at}: a TXT record that begins with v=DKIM1, or a CNAME to the sender. Check that the domain does not stand twice in its name.',
    check: (fact) =>
      keysOf(fact).length === 0 && !fact.answers.every(({ status }) => status === 'FAILED')
        ? mark(fact, { found: recordsOf(fact.answers)[0] ?? null })
        : null,
    accepted: [healthy, record(`p=${keys.rsa2048}`)],
    refused: [{ name, answers: agreed(), key: null }, record('v=spf1 -all')],
  },
  {
    ...one,
    id: 'DKIM-01.several',
    code: 'validation_duplicate',
    covers: ['F5:DKIM-01'],
    source: rfc(6376, '3.6.2.2'),
    title: 'There are {count} DKIM keys at {at}',
    advice: 'Keep one record at this name. Another key gets a selector of its own.',
    check: (fact) => {
      const found = keysOf(fact);
      return found.length > 1 ? mark(fact, { found: found.join(' | '), params: { count: found.length } }) : null;
    },
    accepted: [healthy],
    refused: [{ name, answers: agreed(good, `v=DKIM1; p=${keys.rsa1024}`), key: null }],
  },
  {
    ...one,
    id: 'DKIM-02.tags',
    code: 'validation_invalid_format',
    covers: ['F5:DKIM-02'],
    source: rfc(6376, '3.2'),
    title: 'The DKIM record at {at} is not written in tags',
    advice: 'Write it as tags parted by semicolons: v=DKIM1; k=rsa; p=... This part means nothing: {part}.',
    check: (fact) => parseTags(bare(textOf(fact) ?? '')).odd.map((part) => mark(fact, { params: { part } })),
    accepted: [healthy, record(`${good};`)],
    refused: [record(`v=DKIM1; rsa; p=${keys.rsa2048}`)],
  },
  {
    ...one,
    id: 'DKIM-02.version',
    code: 'validation_invalid_format',
    covers: ['F5:DKIM-02'],
    source: rfc(6376, '3.6.1'),
    title: 'The version of the DKIM record at {at} is wrong',
    advice: 'Let the record begin with v=DKIM1 in exactly this spelling, or leave v out.',
    check: (fact) => {
      const place = tagsOf(fact).findIndex(([tag]) => tag === 'v');
      return place > 0 || (place === 0 && tagsOf(fact)[0]?.[1] !== 'DKIM1') ? mark(fact) : null;
    },
    accepted: [healthy, record(`p=${keys.rsa2048}`)],
    refused: [
      record(`k=rsa; v=DKIM1; p=${keys.rsa2048}`),
      record(`v=DKIM2; p=${keys.rsa2048}`),
      record(`v=dkim1; p=${keys.rsa2048}`),
    ],
  },
  {
    ...one,
    id: 'DKIM-02.type',
    code: 'validation_invalid_enum',
    covers: ['F5:DKIM-02'],
    source: rfc(8463, '4'),
    title: 'The DKIM record at {at} has a kind of key that nobody reads',
    advice: 'Set k=rsa or k=ed25519, whichever the key is. It says {kind}.',
    check: (fact) => {
      const kind = tagOf(tagsOf(fact), 'k');
      return kind === null || ['rsa', 'ed25519'].includes(kind) ? null : mark(fact, { params: { kind } });
    },
    accepted: [healthy, record(`p=${keys.rsa2048}`), record(`v=DKIM1; k=ed25519; p=${keys.ed25519}`)],
    refused: [record(`v=DKIM1; k=dsa; p=${keys.rsa2048}`)],
  },
  {
    ...one,
    id: 'DKIM-02.revoked',
    covers: ['F5:DKIM-02'],
    source: rfc(6376, '3.6.1'),
    title: 'The DKIM key at {at} is revoked',
    advice: 'An empty p= takes the key back. Put in the key that the sender gave you.',
    check: (fact) => (keyOf(fact) === '' ? mark(fact) : null),
    accepted: [healthy],
    refused: [record('v=DKIM1; p='), record('v=DKIM1; k=rsa; p=;')],
  },
  {
    ...one,
    id: 'DKIM-02.key',
    code: 'validation_invalid_format',
    covers: ['F5:DKIM-02'],
    source: rfc(6376, '3.6.1'),
    title: 'The DKIM record at {at} holds no readable key',
    advice: 'Copy the whole text behind p= from the sender again: letters, digits, + and /, in one piece.',
    check: (fact) => {
      if (textOf(fact) === null || keyOf(fact) === '') return null;
      return readKey(keyOf(fact) ?? '', kindOf(fact)) === 'NONE' ? mark(fact) : null;
    },
    accepted: [
      healthy,
      record(`k=ed25519; p=${keys.ed25519}`),
      record(`v=DKIM1; p=${keys.rsa2048.slice(0, 200)} ${keys.rsa2048.slice(200)}`),
    ],
    refused: [
      record('v=DKIM1; k=rsa'),
      record('v=DKIM1; p=hello!'),
      record('v=DKIM1; p=aGVsbG8gd29ybGQ='),
      record(`v=DKIM1; k=rsa; p=${keys.ed25519}`),
    ],
  },
  {
    ...one,
    id: 'DKIM-03.short',
    covers: ['F5:DKIM-03'],
    source: rfc(8301, '3.2'),
    title: 'The DKIM key at {at} has only {bits} bits',
    advice: 'Receivers must not accept RSA keys under 1024 bits. Ask the sender for one of 2048.',
    check: (fact) => ((bits(fact) ?? 1024) < 1024 ? mark(fact, { params: { bits: bits(fact) ?? 0 } }) : null),
    accepted: [healthy, record(`p=${keys.rsa1024}`), record(`k=ed25519; p=${keys.ed25519}`)],
    refused: [record(`v=DKIM1; p=${keys.rsa768}`)],
  },
  {
    ...one,
    id: 'DKIM-03.weak',
    severity: 'WARNING',
    covers: ['F5:DKIM-03'],
    source: rfc(8301, '3.2'),
    title: 'The DKIM key at {at} has {bits} bits',
    advice: 'It works, but 2048 bits are wanted by now. Ask the sender for a longer key.',
    check: (fact) => {
      const size = bits(fact) ?? 2048;
      return size >= 1024 && size < 2048 ? mark(fact, { params: { bits: size } }) : null;
    },
    accepted: [healthy, record(`p=${keys.rsa768}`)],
    refused: [record(`v=DKIM1; p=${keys.rsa1024}`)],
  },
  {
    ...one,
    id: 'DKIM-03.testing',
    severity: 'WARNING',
    covers: ['F5:DKIM-03'],
    source: rfc(6376, '3.6.1'),
    title: 'The DKIM key at {at} is in test mode',
    advice: 'With t=y receivers treat signed mail as if it were not. Take y out of the tag t.',
    check: (fact) =>
      (tagOf(tagsOf(fact), 't') ?? '').split(':').some((flag) => flag.trim() === 'y') ? mark(fact) : null,
    accepted: [healthy, record(`t=s; p=${keys.rsa2048}`)],
    refused: [record(`v=DKIM1; t=y; p=${keys.rsa2048}`), record(`v=DKIM1; t=s:y; p=${keys.rsa2048}`)],
  },
  {
    ...one,
    id: 'DKIM-03.hash',
    covers: ['F5:DKIM-03'],
    source: rfc(8301, '3.1'),
    title: 'The DKIM key at {at} does not allow SHA-256',
    advice: 'SHA-1 must not be used any more. Take the tag h out, or set h=sha256.',
    check: (fact) => {
      const allowed = tagOf(tagsOf(fact), 'h');
      return allowed === null || allowed.split(':').some((hash) => hash.trim() === 'sha256') ? null : mark(fact);
    },
    accepted: [healthy, record(`h=sha1:sha256; p=${keys.rsa2048}`)],
    refused: [record(`v=DKIM1; h=sha1; p=${keys.rsa2048}`)],
  },
  {
    ...one,
    id: 'DKIM-04.wrapped',
    code: 'validation_invalid_format',
    covers: ['F5:DKIM-04'],
    source: commonPractice,
    title: 'Quotes or backslashes stand inside the DKIM record at {at}',
    advice:
      'Enter the text without quotes and backslashes; your DNS provider adds what it needs, also where it splits a long text.',
    check: (fact) =>
      isWrapped(textOf(fact) ?? '') ? mark(fact, { fix: expectedText(fact) ?? bare(textOf(fact) ?? '') }) : null,
    accepted: [healthy],
    refused: [
      record(`"${good}"`),
      record(`v=DKIM1; p=${keys.rsa2048.slice(0, 100)}" "${keys.rsa2048.slice(100)}`),
      record(`v=DKIM1\\; p=${keys.rsa2048}`),
    ],
  },
  {
    ...one,
    id: 'DKIM-04.cut',
    code: 'validation_invalid_length',
    covers: ['F5:DKIM-04'],
    source: rfc(6376, '3.6.2.2'),
    title: 'The DKIM key at {at} ends too soon',
    advice:
      'Only the first {length} characters of the key are there. Split the text into strings of at most 255 characters and enter all of them: most forms do it when the whole text is pasted.',
    check: (fact) => {
      const found = keyOf(fact) ?? '';
      const isCut =
        fact.key === null
          ? readKey(found, kindOf(fact)) === 'CUT'
          : found.length < fact.key.length && fact.key.startsWith(found);
      return found !== '' && isCut ? mark(fact, { params: { length: found.length } }) : null;
    },
    accepted: [healthy, record(good, keys.rsa2048)],
    refused: [
      record(`v=DKIM1; p=${keys.rsa2048.slice(0, 240)}`),
      record(`v=DKIM1; p=${keys.rsa2048.slice(0, 240)}`, keys.rsa2048),
    ],
  },
  {
    ...one,
    id: 'DKIM-04.other',
    covers: ['F5:DKIM-04'],
    source: rfc(6376, '3.6.1'),
    title: 'The DKIM key at {at} is not the one that is expected',
    advice:
      'Replace the record by the one that the sender gave you; what stands there may be an older key or another sender’s.',
    check: (fact) => {
      const found = keyOf(fact);
      if (fact.key === null || found === null || found === '' || fact.key.startsWith(found)) return null;
      return found === fact.key ? null : mark(fact);
    },
    accepted: [
      healthy,
      record(good, keys.rsa2048),
      {
        name,
        answers: [{ by: 'x', status: 'FOUND', records: [good], strings: [[good.slice(0, 200), good.slice(200)]] }],
        key: keys.rsa2048,
      },
    ],
    refused: [record(good, keys.rsa1024)],
  },
];

/** What the strings of a record were, for whoever shows them. */
export function dkimStrings(fact: DkimFact): readonly string[] {
  return stringsOf(fact.answers)[0] ?? [];
}

export function dkimName(selector: string, domain: string): string {
  return `${hostOf(selector)}._domainkey.${hostOf(domain)}`;
}
