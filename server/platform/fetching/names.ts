import { Resolver } from 'node:dns/promises';
import { codeOf } from '../blobs/disk.ts';

/** No name server told whether a name exists: our own network's fault as likely as that of the name's owner. */
export class NamesUnanswered extends Error {
  /** `code`: what the resolver said. Never the name: it may be a secret of whoever gave it, and this is logged. */
  constructor(code: string | null = null) {
    super(`no name server answered${code === null ? '' : ` (${code})`}`);
    this.name = 'NamesUnanswered';
  }
}

/** There is no such name, it has no address of this family, or no name can be written like this. */
const none: readonly (string | null)[] = ['ENOTFOUND', 'ENODATA', 'EBADNAME'];

/**
 * The addresses of a host from DNS alone: the machine's hosts file and its search domains name things of our own
 * network. Not `lookup`, whose few threads are shared with the file system and wait for every slow name server. Empty
 * when name servers say that there are none; throws `NamesUnanswered` when they do not say anything.
 */
export async function publicNames(
  name: string,
  signal: AbortSignal,
  resolver: Pick<Resolver, 'resolve4' | 'resolve6' | 'cancel'> = new Resolver({ timeout: 2_000, tries: 2 }),
): Promise<string[]> {
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  signal.removeEventListener('abort', cancel);
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const failed = answers.find((answer) => answer.status === 'rejected' && !none.includes(codeOf(answer.reason)));
  if (addresses.length === 0 && failed?.status === 'rejected') throw new NamesUnanswered(codeOf(failed.reason));
  return addresses;
}
