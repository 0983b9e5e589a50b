import type { Services } from '../../platform/services.ts';

/** What a check may use: the guarded door, the name servers, the clock, and a browser where there is one. */
export type CheckDeps = Pick<Services, 'fetch' | 'dns' | 'clock'> & Partial<Pick<Services, 'render'>>;
