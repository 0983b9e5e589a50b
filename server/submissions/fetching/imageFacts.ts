import { FetchRefused } from '../../platform/fetching/refusals.ts';
import { type ImageFacts, imageHeadBytes, readImage } from '../validation/facts/image/facts.ts';
import type { UrlFact } from '../validation/facts/web/url.ts';
import type { CheckDeps } from './deps.ts';
import { lookAt } from './urlFacts.ts';

export type ImageLooked = { url: UrlFact; image: ImageFacts | null };

/** An image by its address: its head is kept, the rest is counted. */
export async function imageFacts(deps: CheckDeps, url: string, signal?: AbortSignal): Promise<ImageLooked> {
  const { fact, fetched } = await lookAt(deps, url, { kind: 'IMAGE', signal });
  if (fetched === null) return { url: fact, image: null };
  if (fetched.status !== 200) {
    fetched.close();
    return { url: fact, image: null };
  }
  const name = decodeURIComponentSafely(new URL(fetched.url).pathname.split('/').at(-1) ?? '');
  try {
    return { url: fact, image: await imageOf(name, fetched.body) };
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    return { url: { ...fact, refusal: error.code, status: null }, image: null };
  }
}

/** An image from any source of bytes: an upload, a blob. */
export async function imageOf(name: string, source: AsyncIterable<Uint8Array>): Promise<ImageFacts> {
  const head: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of source) {
    if (sizeBytes < imageHeadBytes) head.push(chunk);
    sizeBytes += chunk.length;
  }
  return readImage(name, Buffer.concat(head).subarray(0, imageHeadBytes), sizeBytes);
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
