import { Resolver } from 'node:dns/promises';

/**
 * The addresses of a host from DNS alone: the machine's hosts file and its search domains name things of our own
 * network. Not `lookup`, whose few threads are shared with the file system and wait for every slow name server.
 */
export async function publicNames(name: string, signal: AbortSignal): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  signal.removeEventListener('abort', cancel);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}
