import { createHmac } from 'node:crypto';

/** A message as Standard Webhooks signs it: HMAC-SHA-256 over `id.timestamp.body` with the decoded part behind `whsec_`. */
export type SignedMessage = { id: string; sentAt: Date; body: string };

/** `v1,<base64>` of each secret, parted by blanks: while a secret is changed, of the old and the new one. */
export function webhookHeaders(message: SignedMessage, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(message.sentAt.getTime() / 1000));
  const signatures = secrets.map((secret) => `v1,${signatureOf(message, timestamp, secret)}`);
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
    'content-type': 'application/json',
  };
}

function signatureOf({ id, body }: SignedMessage, timestamp: string, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
}
