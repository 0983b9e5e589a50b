import { randomBytes } from 'node:crypto';
import { FetchRefused } from '../../platform/fetching/refusals.ts';
import { webhookHeaders } from '../../platform/secrets/webhookSignature.ts';
import type { HookFact, HookTry } from '../validation/facts/web/hooks.ts';
import { type UrlFact, urlProblem } from '../validation/facts/web/url.ts';
import type { CheckDeps } from './deps.ts';
import { lookAt } from './urlFacts.ts';

export type HookFacts = { url: UrlFact | null; hook: HookFact | null };

const hourMs = 3_600_000;

/** Sends test events to a receiver: a good one, the same again, a forged one, an old one, and one with two signatures. */
export async function webhookFacts(
  deps: CheckDeps,
  url: string,
  secret: string,
  signal?: AbortSignal,
): Promise<HookFacts> {
  if (urlProblem(url) !== null) return { url: (await lookAt(deps, url, { kind: 'HOOK' })).fact, hook: null };
  const other = `whsec_${randomBytes(24).toString('base64')}`;
  const send = (secrets: readonly string[], id = newId(), ageMs = 0) => tryHook(deps, url, secrets, id, ageMs, signal);
  const id = newId();
  const good = await send([secret], id);
  const isTaken = good.status !== null && good.status >= 200 && good.status < 300;
  if (!isTaken) return { url: null, hook: { url, good, repeated: null, forged: null, stale: null, rotating: null } };
  return {
    url: null,
    hook: {
      url,
      good,
      repeated: await send([secret], id),
      forged: await send([other]),
      stale: await send([secret], newId(), hourMs),
      rotating: await send([other, secret]),
    },
  };
}

const newId = () => `msg_test_${randomBytes(12).toString('hex')}`;

async function tryHook(
  deps: CheckDeps,
  url: string,
  secrets: readonly string[],
  id: string,
  ageMs: number,
  signal: AbortSignal | undefined,
): Promise<HookTry> {
  const sentAt = new Date(deps.clock.now().getTime() - ageMs);
  const body = JSON.stringify({ type: 'webhook.test', timestamp: sentAt.toISOString(), data: {} });
  const since = performance.now();
  try {
    const headers = webhookHeaders({ id, sentAt, body }, secrets);
    const answer = await deps.fetch(url, { kind: 'HOOK', method: 'POST', headers, body: Buffer.from(body), signal });
    // Only how it answers counts; what it says is not read.
    answer.close();
    return { status: answer.status, ms: Math.round(performance.now() - since), refusal: null };
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    return { status: null, ms: Math.round(performance.now() - since), refusal: error.code };
  }
}
