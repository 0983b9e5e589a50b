import { describe, expect, test } from 'vitest';
import { bulkRules } from '../../../server/submissions/validation/facts/dns/bulk.ts';
import { cnameRules } from '../../../server/submissions/validation/facts/dns/cname.ts';
import { dkimRules } from '../../../server/submissions/validation/facts/dns/dkim.ts';
import { dmarcRules } from '../../../server/submissions/validation/facts/dns/dmarcRules.ts';
import { domainRules, nameRules } from '../../../server/submissions/validation/facts/dns/names.ts';
import { spfRules } from '../../../server/submissions/validation/facts/dns/spfRules.ts';
import { caaRules, txtRules } from '../../../server/submissions/validation/facts/dns/txt.ts';
import { imageRules } from '../../../server/submissions/validation/facts/image/rules.ts';
import { factSets } from '../../../server/submissions/validation/facts/registry.ts';
import { type FactHead, type FactRule, judge } from '../../../server/submissions/validation/facts/rule.ts';
import { credentialsRules } from '../../../server/submissions/validation/facts/web/credentials.ts';
import { feedRules } from '../../../server/submissions/validation/facts/web/feed.ts';
import { hookRules } from '../../../server/submissions/validation/facts/web/hooks.ts';
import { linkRules } from '../../../server/submissions/validation/facts/web/sampled.ts';
import { sitemapRules } from '../../../server/submissions/validation/facts/web/sitemapRules.ts';
import { tagRules } from '../../../server/submissions/validation/facts/web/tagRules.ts';
import { urlRules } from '../../../server/submissions/validation/facts/web/url.ts';
import type { Judging } from '../../../server/submissions/validation/types.ts';

/** What a rule says of one of its examples. */
type Case = { rule: FactHead; index: number; isRefused: boolean; says: () => readonly object[] };

function casesOf<F>(rules: readonly FactRule<F>[]): Case[] {
  return rules.flatMap((rule) => {
    const says = (facts: F) => () => judge([rule], facts, judging(rule));
    return [
      ...rule.accepted.map((facts, index) => ({ rule, index, isRefused: false, says: says(facts) })),
      ...rule.refused.map((facts, index) => ({ rule, index, isRefused: true, says: says(facts) })),
    ];
  });
}

function judging<F>(rule: FactRule<F>): Judging {
  const asOf = rule.asOf ?? '2026-11-22T12:00:00Z';
  return { asOf, asOfMs: Date.parse(asOf), profile: rule.profiles?.[0] ?? null, declared: {} };
}

const cases = [
  casesOf(domainRules),
  casesOf(nameRules),
  casesOf(cnameRules),
  casesOf(txtRules),
  casesOf(caaRules),
  casesOf(spfRules),
  casesOf(dkimRules),
  casesOf(dmarcRules),
  casesOf(bulkRules),
  casesOf(imageRules),
  casesOf(urlRules),
  casesOf(tagRules),
  casesOf(hookRules),
  casesOf(sitemapRules),
  casesOf(feedRules),
  casesOf(credentialsRules),
  casesOf(linkRules),
].flat();

describe('every rule over facts', () => {
  test.each(cases.map((one) => [one.rule.id, one.isRefused ? 'refuses' : 'accepts', one.index, one] as const))(
    '%s %s its example %i',
    (_id, _does, _index, { rule, isRefused, says }) => {
      const found = says();
      expect(found).toHaveLength(isRefused ? 1 : 0);
      if (!isRefused) return;
      expect(found[0]).toMatchObject({ rule: rule.id, severity: rule.severity, code: rule.code });
      expect(JSON.stringify(found)).not.toMatch(/(?<!%)\{\w+\}|undefined|\[object/);
    },
  );

  test('has examples of both kinds, an id of its own, and words that end as sentences do', () => {
    const rules = new Map(cases.map(({ rule }) => [rule.id, rule]));
    for (const rule of rules.values()) {
      const own = cases.filter((one) => one.rule.id === rule.id);
      expect([rule.id, new Set(own.map(({ rule: { title } }) => title)).size]).toEqual([rule.id, 1]);
      expect([rule.id, own.some((one) => one.isRefused), own.some((one) => !one.isRefused)]).toEqual([
        rule.id,
        true,
        true,
      ]);
      expect(rule.title).not.toMatch(/\.$/);
      expect(rule.advice).toMatch(/[.:}]$/);
    }
  });
});

describe('the list of rules over facts', () => {
  const listed = Object.values(factSets).flat();

  test('holds each of them once', () => {
    const ids = listed.map(({ id }) => id).sort();
    expect(ids).toEqual([...new Set(cases.map(({ rule }) => rule.id))].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(
    `F4:type F4:size F4:product F4:pixels F4:svg F4:colour F4:metadata F4:email F4:BIMI
     F5:DNS-01 F5:DNS-02 F5:DNS-03 F5:DNS-04 F5:SPF-01 F5:SPF-02 F5:SPF-03 F5:SPF-04 F5:SPF-05
     F5:DKIM-01 F5:DKIM-02 F5:DKIM-03 F5:DKIM-04 F5:DMARC-01 F5:DMARC-02 F5:DMARC-03 F5:DMARC-04 F5:DMARC-05
     F5:BULK-01 F5:TXT-01
     F6:URL-01 F6:URL-02 F6:URL-03 F6:URL-04 F6:TAG-01 F6:TAG-02 F6:TAG-03 F6:TAG-04
     F6:HOOK-01 F6:HOOK-02 F6:HOOK-03 F6:MAP-01 F6:FEED-01 F6:CRED-01`
      .trim()
      .split(/\s+/),
  )('holds %s', (wanted) => {
    expect(listed.some(({ covers }) => covers.includes(wanted))).toBe(true);
  });
});
