import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newBlobKey } from '../../../platform/blobs/disk.ts';
import type { Services } from '../../../platform/services.ts';
import { buildFeed } from '../building.ts';
import { buildBegin, buildEnd } from '../commands.ts';

/**
 * Makes a first look that is wanted here and now instead of in a thread: of small feeds that nobody else can see yet, as
 * those of the sample, at the moment that its clock tells. Does nothing where none is wanted, or there is no feed.
 */
export async function firstLookHere(services: Services, projectId: string): Promise<void> {
  const begun = await buildBegin(services, projectId);
  if (!begun?.from) return;
  const { submissionId, feed, orders } = begun.from;
  const folder = join(services.config.dataDir, 'first-looks');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, newBlobKey());
  // Nobody listens, and nobody cancels.
  const line = { signal: new AbortController().signal, tell: () => {}, onMessage: () => {} };
  const built = await buildFeed({ feed, orders, target }, line);
  await buildEnd(services, begun, { built, target }, { source: 'FEED', submissionId });
}
