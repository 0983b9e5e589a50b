import type { PlaybookSource } from '../../document.ts';
import type { Access } from './access.ts';
import { goLiveApproval, task } from './tasks.ts';

/** Site search, on a platform that is entered as `access` says. */
export function search(key: string, access: Access): PlaybookSource {
  return {
    key,
    version: 5,
    name: `Site search ${access.on}`,
    platform: access.platform,
    products: ['SEARCH'],
    targetInBusinessDays: 36,
    phases: [
      access.phase,
      {
        key: 'data',
        name: 'Your product data',
        milestone: 'Your own products can be searched',
        tasks: [
          task('feed', 6),
          task('dataReview', 8, 'feed'),
          task('orders', 9, 'dataAgreement'),
          task('attributes', 10, 'feed'),
          task('feedUrl', 12, 'feed'),
          task('indexReport', 13, 'feed', 'attributes', 'dataReview'),
        ],
      },
      {
        key: 'build',
        name: 'Search on your shop',
        milestone: 'The search runs on your test shop',
        tasks: [
          task('brand', 13, 'kickoffPlan'),
          task('searchDomain', 14, 'kickoffPlan'),
          task('synonyms', 17, 'indexReport'),
          task('snippet', 19, ...access.testShop, 'indexReport'),
          task('tracking', 22, 'snippet'),
        ],
      },
      {
        key: 'live',
        name: 'Test and go live',
        milestone: 'Your customers use the new search',
        tasks: [
          task('relevanceReport', 25, 'orders', 'synonyms', 'snippet'),
          task('uat', 29, 'brand', 'tracking', 'relevanceReport'),
          goLiveApproval('search', 'uat', 31),
          task('goLiveChecklist', 32, 'feedUrl', 'uat'),
          task('liveCheck', 34, 'goLiveApproval', 'goLiveChecklist'),
          task('launchWatch', 35, 'goLiveApproval', 'goLiveChecklist'),
        ],
      },
    ],
  };
}
