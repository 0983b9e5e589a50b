import { z } from 'zod';
import type { Services } from '../platform/services.ts';
import { forgetLinkJob, linkForget } from './links.ts';
import { endViewJob, viewAsEnd } from './views.ts';

const onSubject = z.object({ subjectId: z.uuid() });

export function accountsJobs(services: Services): void {
  services.jobs.handle(forgetLinkJob, (payload) => linkForget(services, onSubject.parse(payload).subjectId));
  services.jobs.handle(endViewJob, (payload) => viewAsEnd(services, onSubject.parse(payload).subjectId));
}
