import { refusalOf } from '../../platform/fetching/refusals.ts';
import { unzipped } from '../../platform/fetching/unzipped.ts';
import { type SitemapFact, SitemapScan } from '../validation/facts/web/sitemap.ts';
import type { UrlFact } from '../validation/facts/web/url.ts';
import type { CheckDeps } from './deps.ts';
import { lookAt } from './urlFacts.ts';

export type SitemapFacts = { url: UrlFact; sitemap: SitemapFact | null };

/** Over the limit by so much that it is sure, the rest is not fetched. */
const enoughBytes = 53_000_000;

export async function sitemapFacts(deps: CheckDeps, url: string, signal?: AbortSignal): Promise<SitemapFacts> {
  const { fact, fetched } = await lookAt(deps, url, { kind: 'FEED', signal });
  if (fetched === null) return { url: fact, sitemap: null };
  if (fetched.status !== 200) {
    fetched.close();
    return { url: fact, sitemap: null };
  }
  const scan = new SitemapScan(fetched.url);
  try {
    let bytes = 0;
    for await (const chunk of unzipped(fetched.body)) {
      scan.push(chunk);
      bytes += chunk.length;
      if (bytes > enoughBytes) break;
    }
  } catch (error) {
    const { code } = refusalOf(error);
    return { url: { ...fact, refusal: code, status: null }, sitemap: null };
  } finally {
    fetched.close();
  }
  return { url: fact, sitemap: scan.end() };
}
