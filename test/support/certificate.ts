import { createSign, generateKeyPairSync } from 'node:crypto';

/** A self-signed certificate for a name, so that tests of TLS need no tool of the machine. */
export function certificateFor(name: string, validFrom: Date, validUntil: Date): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sha256Rsa = sequence(oid(1, 2, 840, 113549, 1, 1, 11), Buffer.from([5, 0]));
  const subject = sequence(der(0x31, sequence(oid(2, 5, 4, 3), der(0x0c, Buffer.from(name)))));
  const names = sequence(oid(2, 5, 29, 17), der(0x04, sequence(der(0x82, Buffer.from(name)))));
  const isRoot = sequence(oid(2, 5, 29, 19), der(0x04, sequence(Buffer.from([1, 1, 0xff]))));
  const body = sequence(
    der(0xa0, Buffer.from([2, 1, 2])),
    Buffer.from([2, 1, 1]),
    sha256Rsa,
    subject,
    sequence(time(validFrom), time(validUntil)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(names, isRoot)),
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  const certificate = sequence(body, sha256Rsa, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  if (length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
const time = (at: Date) => der(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`));

function oid(first: number, second: number, ...rest: number[]): Buffer {
  const groups = rest.flatMap((part) => {
    const bytes = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) bytes.unshift((left & 0x7f) | 0x80);
    return bytes;
  });
  return der(0x06, Buffer.from([first * 40 + second, ...groups]));
}
