import type { Request } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from '../config.ts';
import { addressKey, clientAddress } from '../platform/http/clientAddress.ts';

const windowSeconds = 15 * 60;

/** How often sign-in may be tried within 15 minutes. Many people may sit behind one address of the network. */
export const limits = {
  linksPerEmail: 5,
  linksPerAddress: 30,
  sessionsPerAddress: 60,
  passwordsPerEmail: 10,
  passwordsPerAddress: 50,
} as const;

/** Mails with a code a day for one address: with five tries each, guessing six digits takes years. */
export const codesPerEmailADay = 20;

export type SignInLimits = {
  /** Each answers null, or the seconds to wait. */
  linkAsk(req: Request, email: string): Promise<number | null>;
  linkUse(req: Request): Promise<number | null>;
  passwordTry(req: Request, email: string): Promise<number | null>;
  /** Whether a mail to this address may hold a code. */
  mayHaveCode(email: string): Promise<boolean>;
};

/** Counts tries in the memory of this process, by address of the mailbox and of the network; who exists plays no part. */
export function signInLimits(config: Config): SignInLimits {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: windowSeconds });
  const perEmail = limiter(limits.linksPerEmail);
  const perAddress = limiter(limits.linksPerAddress);
  const sessions = limiter(limits.sessionsPerAddress);
  const passwordsPerEmail = limiter(limits.passwordsPerEmail);
  const passwordsPerAddress = limiter(limits.passwordsPerAddress);
  const codes = new RateLimiterMemory({ points: codesPerEmailADay, duration: 24 * 60 * 60 });
  const from = (req: Request) => addressKey(clientAddress(config, req));
  return {
    linkAsk: async (req, email) => (await wait(perAddress, from(req))) ?? (await wait(perEmail, email)),
    linkUse: (req) => wait(sessions, from(req)),
    passwordTry: async (req, email) =>
      (await wait(passwordsPerAddress, from(req))) ?? (await wait(passwordsPerEmail, email)),
    mayHaveCode: async (email) => (await wait(codes, email)) === null,
  };
}

async function wait(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
  }
}
