import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { apiTokens } from '../../drizzle/schema/index.ts';
import type { Services } from '../platform/services.ts';

export const expireJob = 'token.expire';

const onToken = z.object({ subjectId: z.uuid() });

/** When a token expires its open sockets are asked again whether they may stay. */
export function tokenJobs(services: Services): void {
  services.jobs.handle(expireJob, async (payload) => {
    const { subjectId } = onToken.parse(payload);
    const [token] = await services.db
      .select({ personId: apiTokens.personId })
      .from(apiTokens)
      .where(eq(apiTokens.id, subjectId));
    if (token) services.connections.recheck(token.personId);
  });
}
