import { describe, expect, test } from 'vitest';
import { cnameRules } from '../../../server/submissions/validation/facts/dns/cname.ts';
import { dkimRules } from '../../../server/submissions/validation/facts/dns/dkim.ts';
import { bulkRules, dmarcRules } from '../../../server/submissions/validation/facts/dns/dmarcRules.ts';
import { nameRules } from '../../../server/submissions/validation/facts/dns/names.ts';
import { spfRules } from '../../../server/submissions/validation/facts/dns/spfRules.ts';
import { caaRules, txtRules } from '../../../server/submissions/validation/facts/dns/txt.ts';
import { imageRules } from '../../../server/submissions/validation/facts/image/rules.ts';
import { type FactHead, type FactRule, judge } from '../../../server/submissions/validation/facts/rule.ts';
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
  casesOf(nameRules),
  casesOf(cnameRules),
  casesOf(txtRules),
  casesOf(caaRules),
  casesOf(spfRules),
  casesOf(dkimRules),
  casesOf(dmarcRules),
  casesOf(bulkRules),
  casesOf(imageRules),
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
