import type { PlaybookSource } from '../../document.ts';
import { tried } from './inputs.ts';
import { task } from './tasks.ts';

type Phase = PlaybookSource['phases'][number];

/** How we get into a shop of each platform, and which task hands us the test shop that the rest is built on. */
export type Access = {
  platform: 'SHOPIFY' | 'MAGENTO' | 'CUSTOM';
  /** How the name of a playbook ends. */
  on: string;
  phase: Phase;
  testShop: string[];
};

const phase = {
  key: 'access',
  name: 'Kick-off and access',
  milestone: 'We know your shop and may build on a copy of it',
};
const everywhere = [
  task('kickoffPlan', 1),
  task('accountSetup', 1),
  task('kickoffMeeting', 3, 'kickoffPlan'),
  task('businessGoals', 3),
  task('dataAgreement', 5),
];

const apiAccess = task('apiAccess', 6, 'staging');

export const shopify: Access = {
  platform: 'SHOPIFY',
  on: 'on Shopify',
  phase: { ...phase, tasks: [...everywhere, task('themePreview', 5, 'kickoffPlan')] },
  testShop: ['themePreview'],
};

export const magento: Access = {
  platform: 'MAGENTO',
  on: 'on Magento',
  phase: {
    ...phase,
    tasks: [
      ...everywhere,
      task('staging', 5, 'kickoffPlan'),
      { ...apiAccess, inputs: tried({ platform: 'MAGENTO', scopes: [] }, apiAccess.inputs) },
      task('moduleInstall', 9, 'staging'),
    ],
  },
  testShop: ['staging', 'moduleInstall'],
};

export const custom: Access = {
  platform: 'CUSTOM',
  on: 'on your own platform',
  phase: { ...phase, tasks: [...everywhere, task('staging', 5, 'kickoffPlan'), apiAccess] },
  testShop: ['staging'],
};
