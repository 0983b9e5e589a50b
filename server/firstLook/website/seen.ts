import { readSiteHints, type SiteHints } from '../brand/hints.ts';
import type { SourceProduct } from '../shapes.ts';
import { readShopPage } from './page.ts';

/** What is kept of a page: plain data, as a thread hands it on. */
export type PageSeen = {
  readonly product: SourceProduct | null;
  readonly links: readonly string[];
  readonly hints: SiteHints;
};
/** Whoever reads pages: a thread, since a page may be made to take long. */
export type ReadPage = (html: string, url: string) => Promise<PageSeen>;

export function pageSeen(html: string, url: string): PageSeen {
  const page = readShopPage(html, url);
  return { product: page.product, links: page.links, hints: readSiteHints(page, url) };
}
