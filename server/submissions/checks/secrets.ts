import { randomBytes } from 'node:crypto';
import type { Services } from '../../platform/services.ts';
import type { CheckRow } from './queries.ts';

/*
 * What a check has to keep to itself: the secret that a webhook's test events are signed with, or the user and password
 * of a feed. Sealed before any statement is made of it, and opened to run. Bound to its input: a sealed text that is
 * moved to another one does not open there.
 */
export type CheckSecret = { secret: string } | { user: string; password: string };

export const secretField = 'secret';

function purposeOf(inputId: string): string {
  return `checkSecret:${inputId}`;
}

export function sealSecret(services: Pick<Services, 'secrets'>, inputId: string, secret: CheckSecret): string {
  return services.secrets.seal(purposeOf(inputId), JSON.stringify(secret));
}

/** Null when it has none. */
export function openSecret(
  services: Pick<Services, 'secrets'>,
  { inputId, sealed }: Pick<CheckRow, 'inputId' | 'sealed'>,
): CheckSecret | null {
  return sealed === null ? null : (JSON.parse(services.secrets.open(purposeOf(inputId), sealed)) as CheckSecret);
}

/** As Standard Webhooks wants it: 24 random bytes. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}
