import { bulkRules } from './dns/bulk.ts';
import { cnameRules } from './dns/cname.ts';
import { dkimRules } from './dns/dkim.ts';
import { dmarcRules } from './dns/dmarcRules.ts';
import { domainRules, nameRules } from './dns/names.ts';
import { spfRules } from './dns/spfRules.ts';
import { caaRules, txtRules } from './dns/txt.ts';
import { imageRules } from './image/rules.ts';
import type { FactHead } from './rule.ts';
import { credentialsRules } from './web/credentials.ts';
import { feedRules } from './web/feed.ts';
import { hookRules } from './web/hooks.ts';
import { linkRules } from './web/sampled.ts';
import { sitemapRules } from './web/sitemapRules.ts';
import { tagRules } from './web/tagRules.ts';
import { urlRules } from './web/url.ts';

/** Every rule over facts by what it is about, for lists of rules. */
export const factSets: Readonly<Record<string, readonly FactHead[]>> = {
  image: imageRules,
  dns: [domainRules, nameRules, cnameRules, caaRules, spfRules, dkimRules, dmarcRules, bulkRules, txtRules].flat<
    (readonly FactHead[])[]
  >(),
  url: urlRules,
  tag: tagRules,
  webhook: hookRules,
  sitemap: sitemapRules,
  feed: feedRules,
  credentials: credentialsRules,
  links: linkRules,
};
