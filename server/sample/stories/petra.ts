import { kickoffPlan } from '../files.ts';
import { Story } from '../story.ts';

const domain = 'petra-keramik.example';
const target = 'petra-keramik.search.lumen-commerce.example';
const zone = { [domain]: ['NS ns1.provider.example', 'SOA ns1.provider.example 300'], [target]: ['A 192.0.2.44'] };
/** As the provider's form made it of `search.petra-keramik.example`, and as it was meant. */
const doubled = { ...zone, [`search.${domain}.${domain}`]: [`CNAME ${target}`] };
const mended = { ...zone, [`search.${domain}`]: [`CNAME ${target}`] };

/** What is read at the test shop to try the access that was given. */
const productsAsked =
  'https://staging.petra-keramik.example/rest/V1/products?searchCriteria[pageSize]=1&fields=total_count';

/** Two products at once, on Magento: the agency's module does not install, and the client waits for us. */
export function petraStory(signedWorkdaysAgo: number, now: Date): Story {
  const plan = kickoffPlan(
    'www.petra-keramik.example',
    ['Hana Dvořáková, owner (decides)', 'Miloš Kučera, shop and data', 'Tom Okafor, Lumen Commerce'],
    [
      ['Access to the test shop', 'day 9'],
      ['Products searchable', 'day 13'],
      ['Search and recommendations on the test shop', 'day 22'],
      ['Live', 'day 35'],
    ],
  );
  return new Story('petra', signedWorkdaysAgo, now)
    .on(0, '09:40')
    .complete('tom', 'accountSetup')
    .sayInside('tom', 'accountSetup', 'Both keys are set, limits as in the contract. The alert goes to our channel.')
    .on(0, '13:20')
    .file('tom', 'kickoffPlan', 'kick-off-plan-petra-keramik.txt', plan)
    .proposeTimes('tom', 'kickoffMeeting', 2, 3)
    .assign('tom', 'dataReview', 'pavel')
    .assign('tom', 'indexReport', 'pavel')
    .assign('tom', 'recommendationsReport', 'pavel')
    .on(1, '08:35')
    .pickTime('hana', 'kickoffMeeting')
    .agree('hana', 'dataAgreement', 'Read by our lawyer, no objections.')
    .on(1, '10:10')
    .fill('hana', 'businessGoals', [
      { question: 'goal', options: ['largerCarts'] },
      { question: 'measure', text: 'Items per order; 1.7 today' },
      { question: 'products', number: 3200 },
      { question: 'visits', number: 85_000 },
      { question: 'markets', text: 'Czech and German; CZK and EUR' },
      { question: 'hasFreeze', isYes: false },
      { question: 'remarks', text: 'Glazes of one series belong together, please never mix them.' },
    ])
    .on(2, '07:50')
    .approve('tom', 'businessGoals')
    .url('milos', 'staging', 'https://staging.petra-keramik.example/')
    .on(2, '12:30')
    .approve('tom', 'staging')
    .on(3, '14:20')
    .complete('tom', 'kickoffMeeting')
    .note(
      'tom',
      'kickoffMeeting',
      'Hana decides, Miloš has the shop, the agency Atelier Hlína deploys on Tuesdays.',
      'First the search, then the boxes on the product page. Cart later.',
    )
    .on(3, '14:50')
    .place('milos', 'searchDomain', { domain }, { zone: doubled, tookMs: 240 })
    .say(
      'milos',
      'searchDomain',
      'Our provider adds the domain by itself, I see. The agency changes it in the morning.',
    )
    .on(3, '15:10')
    .entrust(
      'milos',
      'apiAccess',
      {
        address: 'https://staging.petra-keramik.example/rest',
        token: 'sample-token-of-nobody',
        password: 'sample-password-of-nobody',
      },
      { pages: { [productsAsked]: { type: 'application/json', body: '{"total_count":3200}' } }, tookMs: 410 },
    )
    .on(4, '08:10')
    .lookAgain('milos', 'searchDomain', { zone: mended, tookMs: 226 })
    .on(4, '08:30')
    .approve('tom', 'apiAccess')
    .start('milos', 'moduleInstall')
    .promise('milos', 'feed', 3)
    .on(4, '13:30')
    .lookAgain('milos', 'searchDomain', { zone: mended, tookMs: 219 })
    .on(4, '13:45')
    .stick(
      'milos',
      'moduleInstall',
      'COMPANY',
      'The module asks for PHP 8.3, our host runs 8.2 until spring. Is there a version for 8.2?',
    )
    .say(
      'milos',
      'moduleInstall',
      'I put the whole output of composer into the note. Everything before that step went well.',
    )
    .sayInside('tom', 'moduleInstall', 'Asked the storefront team for a build for 8.2, answer expected tomorrow.');
}
