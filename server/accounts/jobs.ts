import { z } from 'zod';
import type { Services } from '../platform/services.ts';
import { forgetLinkJob, linkForget } from './links.ts';

const onLink = z.object({ subjectId: z.uuid() });

export function accountsJobs(services: Services): void {
  services.jobs.handle(forgetLinkJob, (payload) => linkForget(services, onLink.parse(payload).subjectId));
}
