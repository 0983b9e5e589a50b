import { readPage } from '../validation/facts/web/page.ts';
import type { KnownIds, TagFact } from '../validation/facts/web/tag.ts';
import type { UrlFact } from '../validation/facts/web/url.ts';
import type { CheckDeps } from './deps.ts';
import type { CheckSpecOf } from './spec.ts';
import { lookAtPage } from './urlFacts.ts';

export type TagFacts = { urls: UrlFact[]; tags: TagFact[] };

/** The pages of the sample one after the other, so that a shop is not asked for all of them at once. */
export async function tagFacts(
  deps: CheckDeps,
  spec: CheckSpecOf<'TAG'>,
  feedIds: KnownIds | null,
  signal?: AbortSignal,
): Promise<TagFacts> {
  const facts: TagFacts = { urls: [], tags: [] };
  for (const { url, type } of spec.pages) {
    const { fact, html, policy } = await lookAtPage(
      deps,
      url,
      { types: ['text/html', 'application/xhtml'], hosts: spec.hosts },
      signal,
    );
    const page = html === null ? null : readPage(html, fact.finalUrl ?? url);
    facts.urls.push(fact);
    facts.tags.push({
      url,
      type,
      page,
      policies: [policy, page?.policy ?? null].filter((text) => text !== null),
      wanted: spec.wanted,
      isRendered: false,
      feedIds,
      ranBeforeConsent: null,
    });
  }
  return facts;
}
