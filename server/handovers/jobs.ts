import { z } from 'zod';
import type { Services } from '../platform/services.ts';
import { handoverLapse, lapseJob } from './commands.ts';

const onHandover = z.object({ subjectId: z.uuid() });

/** What a link opened ends with its last day, and a day after its task is over. */
export function handoverJobs(services: Services): void {
  services.jobs.handle(lapseJob, (payload) => handoverLapse(services, onHandover.parse(payload).subjectId));
}
