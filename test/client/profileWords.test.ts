import { expect, test } from 'vitest';
import { templateChecks } from '../../client/words/en/templateChecks.ts';
import { ruleSets } from '../../server/submissions/validation/rules/registry.ts';

test('every reading of a set of rules has a name for people', () => {
  const profiles = new Set(Object.values(ruleSets).flatMap((set) => set.profiles));
  expect(Object.keys(templateChecks.profile).sort()).toEqual([...profiles].sort());
});
