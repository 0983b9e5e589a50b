import type { RuleSet } from '../../types.ts';
import { directionRule, formulaRule, scientificRule, trimRule } from '../common/anyText.ts';
import { comparedRule } from '../common/memory.ts';
import { columns } from './columns.ts';
import { consentRules } from './consent.ts';
import { personRules } from './persons.ts';
import { profileRules } from './profiles.ts';
import { wholeFileRules } from './wholeFile.ts';

/** People to write to. `klaviyo` is what its import takes; `strict` wants the proof of every consent beside it. */
export const subscriberList: RuleSet = {
  key: 'subscriber-list',
  name: 'Subscriber list',
  profiles: ['klaviyo', 'strict'],
  columns,
  rules: [
    scientificRule(['phone', 'external_id']),
    formulaRule(['first_name', 'last_name', 'external_id', 'consent_source', 'email']),
    directionRule(['email', 'first_name', 'last_name', 'external_id']),
    trimRule(
      columns.map(({ name }) => name),
      ['F3:email', 'F3:*file*'],
    ),
    ...personRules,
    ...consentRules,
    ...profileRules,
    ...wholeFileRules,
    comparedRule(['F3:*file*'], 'email'),
  ],
  idColumn: 'email',
  recordElements: ['subscriber', 'contact', 'profile', 'customer'],
};
