import type { Request } from 'express';
import { addressKey, clientAddress } from '../platform/http/clientAddress.ts';
import type { Services } from '../platform/services.ts';

const windowSeconds = 15 * 60;

/** How often sign-in may be tried within 15 minutes. Many people may sit behind one address of the network. */
export const limits = {
  linksPerEmail: 5,
  linksPerAddress: 30,
  sessionsPerAddress: 60,
  passwordsPerEmail: 10,
  passwordsPerAddress: 50,
  /** Each costs a hash of argon2id and a mail. */
  passwordsSetPerPerson: 10,
} as const;

/** Mails with a code a day for one address: with five tries each, guessing six digits takes years. */
export const codesPerEmailADay = 20;

export type SignInLimits = {
  /** Each answers null, or the seconds to wait. */
  linkAsk(req: Request, email: string): Promise<number | null>;
  linkUse(req: Request): Promise<number | null>;
  passwordTry(req: Request, email: string): Promise<number | null>;
  passwordSet(personId: string): Promise<number | null>;
  /** Whether a mail to this address may hold a code. */
  mayHaveCode(email: string): Promise<boolean>;
};

/** Counts tries by address of the mailbox and of the network; who exists plays no part. */
export function signInLimits({ config, limits: counted }: Services): SignInLimits {
  const within15Minutes = (name: keyof typeof limits, key: string) =>
    counted.take({ name, points: limits[name], seconds: windowSeconds }, key);
  const codes = { name: 'codesPerEmailADay', points: codesPerEmailADay, seconds: 24 * 60 * 60 };
  const from = (req: Request) => addressKey(clientAddress(config, req));
  return {
    linkAsk: async (req, email) =>
      (await within15Minutes('linksPerAddress', from(req))) ?? (await within15Minutes('linksPerEmail', email)),
    linkUse: (req) => within15Minutes('sessionsPerAddress', from(req)),
    passwordTry: async (req, email) =>
      (await within15Minutes('passwordsPerAddress', from(req))) ?? (await within15Minutes('passwordsPerEmail', email)),
    passwordSet: (personId) => within15Minutes('passwordsSetPerPerson', personId),
    mayHaveCode: async (email) => (await counted.take(codes, email)) === null,
  };
}
