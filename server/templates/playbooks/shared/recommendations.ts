import type { PlaybookSource } from '../../document.ts';
import type { Access } from './access.ts';
import { sharedForms } from './forms.ts';
import { address, approval, file, lookedAt, reportFiles } from './inputs.ts';
import { goLiveApproval, type TaskSource, task } from './tasks.ts';

const placements: TaskSource = {
  key: 'placements',
  title: 'Choose where recommendations stand',
  purpose: 'so that they are seen where they help, and nowhere else',
  minutes: 20,
  type: 'FORM',
  side: 'CLIENT',
  inputs: sharedForms.placements,
  after: ['businessGoals'],
  dueInBusinessDays: 7,
};
const rules: TaskSource = {
  key: 'recommendationRules',
  title: 'Set your rules',
  purpose: 'so that nothing stands beside each other that never should',
  minutes: 30,
  type: 'FORM',
  side: 'CLIENT',
  inputs: sharedForms.recommendationRules,
  after: ['feed'],
  dueInBusinessDays: 10,
};
const report: TaskSource = {
  key: 'recommendationsReport',
  title: 'Share your first recommendations',
  purpose: 'so that you see them with your own products before anybody else does',
  minutes: 150,
  type: 'FILE',
  side: 'COMPANY',
  inputs: file('Report', reportFiles),
  after: ['feed', 'orders', 'recommendationRules', 'dataReview'],
  dueInBusinessDays: 14,
};
const design: TaskSource = {
  key: 'recommendationsDesign',
  title: 'Approve how they look',
  purpose: 'so that we build once, and you know what you get',
  minutes: 20,
  type: 'APPROVAL',
  side: 'CLIENT',
  assignee: 'LEAD',
  inputs: approval('design', 'The boxes may look like the pictures in the note.', null),
  after: ['placements', 'brand'],
  dueInBusinessDays: 16,
};
const snippet: TaskSource = {
  key: 'recommendationsSnippet',
  title: 'Put the boxes on your test shop',
  purpose: 'so that your team can try them before any customer does',
  minutes: 60,
  type: 'URL',
  side: 'CLIENT',
  inputs: address('Address of a product page with a box'),
  dueInBusinessDays: 19,
};
const tracking: TaskSource = {
  key: 'recommendationsTracking',
  title: 'Send events of what people look at',
  purpose: 'so that the boxes learn, and you see what they earn',
  minutes: 45,
  type: 'URL',
  side: 'CLIENT',
  inputs: address('Address of a product page'),
  after: ['recommendationsSnippet'],
  dueInBusinessDays: 21,
};
const uat: TaskSource = {
  key: 'recommendationsUat',
  title: 'Upload the test sheet for recommendations',
  purpose: 'so that nothing goes live that people who know your range have not seen',
  minutes: 120,
  type: 'FILE',
  side: 'CLIENT',
  isGate: true,
  inputs: file('Test sheet', ['.csv', '.tsv', '.txt', '.pdf', '.zip']),
  after: ['recommendationsReport', 'recommendationsDesign', 'recommendationsTracking'],
  dueInBusinessDays: 25,
};
const liveCheck: TaskSource = {
  key: 'recommendationsLiveCheck',
  title: 'Confirm the boxes on your live shop',
  purpose: 'so that you have it in writing that everything works for your customers',
  minutes: 90,
  type: 'CHECK',
  side: 'COMPANY',
  inputs: lookedAt('tag', 'Pages with a box', {
    of: 'TAG',
    script: 'recommendations.js',
    pageTypes: ['HOME', 'PRODUCT'],
  }),
  after: ['goLiveApproval', 'goLiveChecklist'],
  dueInBusinessDays: 30,
};

/** Product recommendations, on a platform that is entered as `access` says. */
export function recommendations(key: string, access: Access): PlaybookSource {
  return {
    key,
    version: 5,
    name: `Recommendations ${access.on}`,
    platform: access.platform,
    products: ['RECOMMENDATIONS'],
    targetInBusinessDays: 32,
    phases: [
      access.phase,
      {
        key: 'data',
        name: 'Your products and orders',
        milestone: 'You have seen recommendations of your own products',
        tasks: [
          task('feed', 6),
          placements,
          task('dataReview', 8, 'feed'),
          task('orders', 9, 'dataAgreement'),
          rules,
          task('feedUrl', 12, 'feed'),
          report,
        ],
      },
      {
        key: 'build',
        name: 'Recommendations on your shop',
        milestone: 'The boxes stand on your test shop',
        tasks: [
          task('brand', 13, 'kickoffPlan'),
          design,
          { ...snippet, after: [...access.testShop, 'recommendationsDesign', 'recommendationsReport'] },
          tracking,
        ],
      },
      {
        key: 'live',
        name: 'Test and go live',
        milestone: 'Your customers see recommendations',
        tasks: [
          uat,
          goLiveApproval('recommendations', 'recommendationsUat', 27),
          task('goLiveChecklist', 28, 'feedUrl', 'recommendationsUat'),
          liveCheck,
          task('launchWatch', 31, 'goLiveApproval', 'goLiveChecklist'),
        ],
      },
    ],
  };
}
