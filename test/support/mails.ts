import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.ts';

/** One outgoing mail, as its reader sees it. */
export type TestMail = { headers: Map<string, string>; to: string; subject: string; text: string; raw: string };

/** Every mail that was written to the folder, oldest first. */
export function readMails(folder: string): TestMail[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .map((name) => parseMail(readFileSync(join(folder, name), 'utf8')));
}

/** The newest mail to this address; it is sent by a job, so a moment after the act. */
export async function mailTo(app: { mails(): Promise<TestMail[]> }, address: string): Promise<TestMail> {
  return eventually(async () => {
    const found = (await app.mails()).findLast((mail) => mail.to.includes(address));
    return found ?? false;
  });
}

export function parseMail(raw: string): TestMail {
  const { headers, body } = split(raw);
  return {
    headers,
    to: decodeWords(headers.get('to') ?? ''),
    subject: decodeWords(headers.get('subject') ?? ''),
    text: textOf(headers, body),
    raw,
  };
}

function split(part: string): { headers: Map<string, string>; body: string } {
  const normal = part.replaceAll('\r\n', '\n');
  const end = normal.indexOf('\n\n');
  const head = (end < 0 ? normal : normal.slice(0, end)).replaceAll(/\n[ \t]+/g, ' ');
  const headers = new Map<string, string>();
  for (const line of head.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end < 0 ? '' : normal.slice(end + 2) };
}

/** The plain part of a mail of several parts, decoded. */
function textOf(headers: Map<string, string>, body: string): string {
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary) {
    const parts = body
      .split(`--${boundary}`)
      .slice(1, -1)
      .map((part) => split(part.replace(/^\r?\n/, '')));
    const plain = parts.find((part) => (part.headers.get('content-type') ?? '').startsWith('text/plain')) ?? parts[0];
    return plain ? textOf(plain.headers, plain.body) : '';
  }
  const encoding = (headers.get('content-transfer-encoding') ?? '7bit').toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding === 'quoted-printable') return decodeQuoted(body.replaceAll('=\n', ''));
  return body;
}

function decodeQuoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const isDecodedAlready = [...bytes].some((character) => character.charCodeAt(0) > 0xff);
  return isDecodedAlready ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

function decodeWords(header: string): string {
  return header.replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
    kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : decodeQuoted(text.replaceAll('_', ' ')),
  );
}
