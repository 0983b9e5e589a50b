import type { Services } from '../../platform/services.ts';

/** What a check may use: the guarded door, the name servers and the clock. */
export type CheckDeps = Pick<Services, 'fetch' | 'dns' | 'clock'>;
