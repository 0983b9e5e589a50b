import { z } from 'zod';
import type { Services } from '../platform/services.ts';
import { beginJob, delegationBegin, delegationLapse, lapseJob } from './commands.ts';

const onDelegation = z.object({ subjectId: z.uuid() });

/** A span of days begins and ends by itself. */
export function delegationJobs(services: Services): void {
  services.jobs.handle(beginJob, (payload) => delegationBegin(services, onDelegation.parse(payload).subjectId));
  services.jobs.handle(lapseJob, (payload) => delegationLapse(services, onDelegation.parse(payload).subjectId));
}
