import { asciiHost } from './urls.ts';
import { folded, isDigit, isLetter } from './window.ts';

/*
 * Addresses by RFC 5321 (lengths), 5322 (form) and 6531 (letters beyond ASCII). One pass over the bytes; a domain beyond
 * ASCII alone is made a text and asked for its A-labels.
 */

export const EmailProblem = {
  none: 0,
  noAt: 1,
  manyAts: 2,
  local: 3,
  localLength: 4,
  domain: 5,
  noDot: 6,
  length: 7,
  blank: 8,
} as const;

const decoder = new TextDecoder();

/** What is wrong with an address: of `EmailProblem`. */
export function emailProblem(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) if ((bytes[at] as number) <= 0x20) return EmailProblem.blank;
  const mark = bytes[start] === 0x22 ? quotedEnd(bytes, start, end) : atOf(bytes, start, end);
  if (mark < 0) return bytes[start] === 0x22 ? EmailProblem.local : EmailProblem.noAt;
  for (let at = mark + 1; at < end; at++) if (bytes[at] === 0x40) return EmailProblem.manyAts;
  if (bytes[start] !== 0x22 && !isLocal(bytes, start, mark)) return EmailProblem.local;
  if (mark - start > 64) return EmailProblem.localLength;
  const domain = domainProblem(bytes, mark + 1, end);
  if (domain !== EmailProblem.none) return domain;
  return end - start > 254 ? EmailProblem.length : EmailProblem.none;
}

/** The first `@`; -1: there is none. */
export function atOf(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === 0x40) return at;
  return -1;
}

/** Where the `@` behind a local part in quotes stands; -1: the quote does not close before one. */
function quotedEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    if (bytes[at] === 0x5c) at++;
    else if (bytes[at] === 0x22) return bytes[at + 1] === 0x40 && at + 1 < end && at > start + 1 ? at + 1 : -1;
  }
  return -1;
}

/** 1 for each sign that may stand in a local part without quotes (RFC 5322 atext). */
const atoms = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 || isLetter(byte) || isDigit(byte) || "!#$%&'*+-/=?^_`{|}~".includes(String.fromCharCode(byte)) ? 1 : 0,
);

function isLocal(bytes: Uint8Array, start: number, end: number): boolean {
  let before = 0x2e;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2e ? before === 0x2e : atoms[byte] === 0) return false;
    before = byte;
  }
  return before !== 0x2e;
}

function domainProblem(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 255 || end === start) return EmailProblem.domain;
  let dots = 0;
  let label = start;
  let isAscii = true;
  let hasLetter = false;
  for (let at = start; at <= end; at++) {
    const byte = at === end ? 0x2e : (bytes[at] as number);
    if (byte === 0x2e) {
      if (!isLabel(bytes, label, at)) return EmailProblem.domain;
      if (at < end) {
        dots++;
        label = at + 1;
        hasLetter = false;
      }
    } else if (byte >= 0x80) {
      isAscii = false;
      hasLetter = true;
    } else if (isLetter(byte)) hasLetter = true;
    else if (!isDigit(byte) && byte !== 0x2d) return EmailProblem.domain;
  }
  if (dots === 0) return EmailProblem.noDot;
  // The last label is a name: two characters at least, and no number.
  if (end - label < 2 || !hasLetter) return EmailProblem.domain;
  if (isAscii) return EmailProblem.none;
  const name = asciiHost(decoder.decode(bytes.subarray(start, end)));
  return name === null || name.length > 253 || !isHost(name) ? EmailProblem.domain : EmailProblem.none;
}

function isLabel(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  return length > 0 && length <= 63 && bytes[start] !== 0x2d && bytes[end - 1] !== 0x2d;
}

function isHost(name: string): boolean {
  return /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(name);
}

const encoder = new TextEncoder();

export function isEmail(text: string): boolean {
  const bytes = encoder.encode(text);
  return emailProblem(bytes, 0, bytes.length) === EmailProblem.none;
}

/** `Anna <anna@shop.example>`, `mailto:anna@shop.example`, `anna @ shop.example.` as the address alone; null where it is not certain. */
export function repairEmail(text: string): string | null {
  let made = text.replace(/[\u200b-\u200d\u2060\ufeff]/g, '').trim();
  const named = /^[^<>]{0,200}<([^<>\s]{3,254})>$/.exec(made);
  if (named) made = named[1] ?? '';
  made = made
    .replace(/^mailto:/i, '')
    .replace(/[\s\u00a0]{0,9}@[\s\u00a0]{0,9}/g, '@')
    .replace(/[.,;]$/, '')
    .replace(/^(['"])([^'"]+)\1$/, '$2');
  return isEmail(made) ? made : null;
}

/** The address with its domain in small letters and A-labels. */
export function withPlainDomain(text: string): string | null {
  const trimmed = text.trim();
  const mark = trimmed.lastIndexOf('@');
  if (mark < 1) return null;
  const domain = asciiHost(trimmed.slice(mark + 1));
  if (domain === null) return null;
  const made = `${trimmed.slice(0, mark)}@${domain.toLowerCase()}`;
  return isEmail(made) ? made : null;
}

/** Domains by their small letters: looked up without a string, by length and bytes. */
class Domains<Value> {
  readonly #byLength = new Map<number, { name: string; value: Value }[]>();

  constructor(entries: Iterable<readonly [name: string, value: Value]>) {
    for (const [name, value] of entries) {
      const same = this.#byLength.get(name.length) ?? [];
      same.push({ name, value });
      this.#byLength.set(name.length, same);
    }
  }

  get(bytes: Uint8Array, start: number, end: number): Value | null {
    const candidates = this.#byLength.get(end - start);
    if (candidates === undefined) return null;
    for (const { name, value } of candidates) {
      let at = 0;
      while (at < name.length && folded(bytes[start + at] as number) === name.charCodeAt(at)) at++;
      if (at === name.length) return value;
    }
    return null;
  }
}

/** The great providers, and how their names are mistyped. A name that is somebody's own domain is not in it. */
const mistyped: Readonly<Record<string, string>> = {
  'gmail.com':
    'gmial.com gmai.com gmal.com gmil.com gamil.com gnail.com gmaill.com gmali.com gmaul.com gmail.con gmail.cm ' +
    'gmail.comm gmail.cmo gmail.om gmail.vom gmail.xom gmail.cim gmail.coml gmaik.com gmailc.om gmail.co gmeil.com',
  'googlemail.com': 'googlemial.com googelmail.com goglemail.com googlemail.con googlemail.de googlmail.com',
  'hotmail.com':
    'hotmial.com hotmai.com hotmal.com hotmil.com hotnail.com homail.com hotmail.con hotmail.cm hotmaill.com',
  'outlook.com': 'outlok.com outloo.com outllok.com outlook.con outlook.cm oulook.com otlook.com outlokk.com',
  'yahoo.com': 'yaho.com yahooo.com yhaoo.com yahoo.con yahoo.cm yhoo.com yaoo.com yahho.com',
  'icloud.com': 'iclod.com icloud.con icloud.cm iclould.com icoud.com icluod.com',
  'gmx.de': 'gmx.dee gmx.ed gmxx.de gxm.de',
  'web.de': 'web.dee wbe.de webb.de we.bde',
  't-online.de': 't-onlin.de t-onlien.de tonline.de t-oline.de t-online.dee',
  'orange.fr': 'ornage.fr orage.fr organe.fr',
  'wanadoo.fr': 'wandoo.fr wanadoo.rf wanado.fr',
  'hotmail.fr': 'hotmial.fr hotmai.fr homail.fr',
  'libero.it': 'libero.ti lbero.it',
  'btinternet.com': 'btinternet.con btintenet.com btinterent.com',
};
const typos = new Domains(
  Object.entries(mistyped).flatMap(([meant, names]) => names.split(' ').map((name) => [name, meant] as const)),
);

/** The provider that a mistyped domain means, or null. */
export function meantDomain(bytes: Uint8Array, start: number, end: number): string | null {
  const mark = atOf(bytes, start, end);
  return mark === -1 ? null : typos.get(bytes, mark + 1, end);
}

/** Post boxes for one mail: of the many the ones that shops meet most. */
const disposable = new Domains(
  (
    'mailinator.com guerrillamail.com guerrillamail.de guerrillamail.net sharklasers.com grr.la 10minutemail.com ' +
    '10minutemail.net temp-mail.org tempmail.com tempmail.net tempmailo.com yopmail.com yopmail.fr yopmail.net ' +
    'trashmail.com trashmail.de trashmail.net throwawaymail.com maildrop.cc getnada.com nada.email dispostable.com ' +
    'mailnesia.com mintemail.com fakeinbox.com mohmal.com moakt.com emailondeck.com spamgourmet.com byom.de ' +
    'wegwerfmail.de wegwerfemail.de einwegmail.de discard.email mytemp.email burnermail.io 33mail.com mailcatch.com ' +
    'inboxkitten.com tempr.email dropmail.me mail.tm jetable.org spambox.me tmpmail.org'
  )
    .split(' ')
    .map((name) => [name, true] as const),
);

export function isDisposable(bytes: Uint8Array, start: number, end: number): boolean {
  const mark = atOf(bytes, start, end);
  return mark !== -1 && disposable.get(bytes, mark + 1, end) === true;
}

/** Local parts that are an office and nobody's own (RFC 2142 and what shops use). */
const roles = new Domains(
  (
    'info noreply no-reply donotreply do-not-reply admin administrator webmaster postmaster hostmaster abuse support ' +
    'help helpdesk sales office contact kontakt service kundenservice team hello hallo marketing billing accounting ' +
    'buchhaltung rechnung invoice hr jobs career careers press presse newsletter root mail email security privacy ' +
    'datenschutz orders bestellung shop verkauf einkauf empfang reception'
  )
    .split(' ')
    .map((name) => [name, true] as const),
);

export function isRole(bytes: Uint8Array, start: number, end: number): boolean {
  const mark = atOf(bytes, start, end);
  return mark !== -1 && roles.get(bytes, start, mark) === true;
}

/** Whether the domain has a capital: mail does not care, systems that compare bytes do. */
export function hasCapitalDomain(bytes: Uint8Array, start: number, end: number): boolean {
  let at = atOf(bytes, start, end);
  if (at === -1) return false;
  for (at++; at < end; at++) if (folded(bytes[at] as number) !== bytes[at]) return true;
  return false;
}
