import { readPage } from '../validation/facts/web/page.ts';
import { askedFor, eventsOf, pageThatRan } from '../validation/facts/web/ran.ts';
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
  signal: AbortSignal = new AbortController().signal,
): Promise<TagFacts> {
  const facts: TagFacts = { urls: [], tags: [] };
  for (const { url, type } of spec.pages) {
    const { fact, html, policy } = await lookAtPage(
      deps,
      url,
      { types: ['text/html', 'application/xhtml'], hosts: spec.hosts },
      signal,
    );
    const at = fact.finalUrl ?? url;
    const page = html === null ? null : readPage(html, at);
    const tag: TagFact = {
      url,
      type,
      page,
      policies: [policy, page?.policy ?? null].filter((text) => text !== null),
      wanted: spec.wanted,
      isRendered: false,
      isCut: false,
      events: [],
      feedIds,
      ranBeforeConsent: null,
    };
    facts.urls.push(fact);
    facts.tags.push(
      html === null || !deps.render ? tag : await ranTag(deps.render, { url: at, html, policy }, tag, signal),
    );
  }
  return facts;
}

/** The same page after its own scripts ran. Nobody agreed to anything there. */
async function ranTag(
  render: NonNullable<CheckDeps['render']>,
  given: { url: string; html: string; policy: string | null },
  tag: TagFact,
  signal: AbortSignal,
): Promise<TagFact> {
  const ran = await render(given, signal);
  const part = tag.wanted.script;
  return {
    ...tag,
    page: tag.page && pageThatRan(tag.page, ran, part),
    isRendered: ran.seen !== null,
    isCut: ran.isCut,
    events: eventsOf(ran, tag.wanted),
    ranBeforeConsent: askedFor(ran, part) !== undefined,
  };
}
