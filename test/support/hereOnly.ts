import type { GuardOptions } from '../../server/platform/fetching/guardedFetch.ts';
import { NamesUnanswered } from '../../server/platform/fetching/names.ts';

/**
 * The world of a test: every name under .test is this machine, which counts as public; `inside.test` is what does not, and
 * of `silent.test` no name server says anything.
 */
export const hereOnly = {
  isPublic: (address) => address === '127.0.0.1',
  resolve: async (name) => {
    if (name === 'silent.test') throw new NamesUnanswered();
    if (name === 'inside.test') return ['127.0.0.2'];
    return name.endsWith('.test') ? ['127.0.0.1'] : [];
  },
} satisfies GuardOptions;
