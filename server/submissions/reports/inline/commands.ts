import type { Services } from '../../../platform/services.ts';
import type { TaskLine } from '../../../platform/threads/serveTasks.ts';
import { checkFile } from '../checkFile.ts';
import { reportBegin, reportDone } from '../commands.ts';

/** Nobody listens, and nobody cancels. */
function silent(): TaskLine {
  return { signal: new AbortController().signal, tell: () => {}, onMessage: () => {} };
}

/**
 * Checks a finished submission here and now instead of in a thread: for small files whose rows nobody else can see yet,
 * as those of the sample, which is one transaction. Does nothing for what is not checked, or is done.
 */
export async function reportHere(services: Services, submissionId: string): Promise<void> {
  const begun = await reportBegin(services, { submissionId }, null);
  if (begun) await reportDone(services, begun, await checkFile(begun.order, silent()));
}
