import type { PlaybookSource } from '../../document.ts';
import { sharedForms } from './forms.ts';
import {
  address,
  approval,
  brandFiles,
  credentials,
  feedAddress,
  feedFiles,
  file,
  lookedAt,
  meeting,
  reportFiles,
  tableFile,
  tableFiles,
} from './inputs.ts';
import { filters, synonyms } from './tables.ts';

export type TaskSource = PlaybookSource['phases'][number]['tasks'][number];
type Known = Omit<TaskSource, 'key' | 'after' | 'dueInBusinessDays'>;

const client = { side: 'CLIENT' } as const;
const company = { side: 'COMPANY' } as const;
const internal = { side: 'COMPANY', visibility: 'INTERNAL', assignee: 'PM' } as const;

/**
 * Tasks that more than one playbook has. A project of several products does the task of one key once, so whatever is
 * said here must be true of every product.
 */
const known = {
  kickoffPlan: {
    ...company,
    title: 'Share the kick-off plan',
    purpose: 'so that everybody knows who does what, and by when',
    minutes: 45,
    type: 'FILE',
    assignee: 'PM',
    inputs: file('The plan', ['.pdf', '.txt', '.csv']),
  },
  kickoffMeeting: {
    ...client,
    title: 'Choose a time for the kick-off',
    purpose: 'so that the people who do the work have met before it begins',
    minutes: 45,
    type: 'MEETING',
    assignee: 'LEAD',
    inputs: meeting('Kick-off', 45),
  },
  businessGoals: {
    ...client,
    title: 'Tell us what you want to reach',
    purpose: 'so that we set up first what matters most to you',
    minutes: 15,
    type: 'FORM',
    assignee: 'LEAD',
    inputs: sharedForms.businessGoals,
  },
  dataAgreement: {
    ...client,
    title: 'Approve the agreement on data',
    purpose: 'so that we may receive your orders, without names',
    minutes: 20,
    type: 'APPROVAL',
    assignee: 'LEAD',
    inputs: approval('agreement', 'We agree to the processing of data as described here.', null),
  },
  accountSetup: {
    ...internal,
    title: 'Set up the account in the back office',
    purpose: 'so that no key is missing when the client gets there',
    minutes: 40,
    type: 'WORK',
  },
  themePreview: {
    ...client,
    title: 'Share a preview of a theme copy',
    purpose: 'so that we can build without touching your live shop',
    minutes: 15,
    type: 'URL',
    inputs: address('Preview link of the theme copy'),
  },
  staging: {
    ...client,
    title: 'Name your test shop',
    purpose: 'so that we can build without touching your live shop',
    minutes: 20,
    type: 'URL',
    inputs: address('Address of the test shop'),
  },
  apiAccess: {
    ...client,
    title: 'Give us access for machines',
    purpose: 'so that we can read your products and open the test shop',
    minutes: 25,
    type: 'CREDENTIALS',
    inputs: credentials(
      'Access to the test shop',
      ['address', 'Address of the interface', false],
      ['token', 'Access token', true],
      ['password', 'Password of the test shop, if it has one', true, 'optional'],
    ),
  },
  moduleInstall: {
    ...client,
    title: 'Install our module on the test shop',
    purpose: 'so that everything that follows is a switch and not a deployment',
    minutes: 90,
    type: 'WORK',
  },
  feed: {
    ...client,
    title: 'Upload your product feed',
    purpose: 'so that we can show you your own products, and nobody else’s',
    minutes: 30,
    type: 'FILE',
    inputs: file('Product feed', feedFiles, 'product-feed'),
  },
  feedUrl: {
    ...client,
    title: 'Publish the feed at a fixed address',
    purpose: 'so that prices and stock follow your shop every night',
    minutes: 90,
    type: 'URL',
    inputs: feedAddress('Address of the feed', 'product-feed'),
  },
  orders: {
    ...client,
    title: 'Upload 90 days of orders',
    purpose: 'so that what sells well is known from the first day',
    minutes: 25,
    type: 'FILE',
    inputs: file('Orders of 90 days', tableFiles, 'order-history'),
  },
  dataReview: {
    ...internal,
    title: 'Look through the delivered data',
    purpose: 'so that nobody builds on data that will be changed',
    minutes: 60,
    type: 'CHECK',
  },
  brand: {
    ...client,
    title: 'Upload your logo and colours',
    purpose: 'so that what we add looks like the rest of your shop',
    minutes: 20,
    type: 'FILE',
    inputs: file('Logo and colours', brandFiles),
  },
  goLiveChecklist: {
    ...client,
    title: 'Upload the signed go-live checklist',
    purpose: 'so that the day of the launch holds no surprise, and there is a way back',
    minutes: 45,
    type: 'FILE',
    isGate: true,
    inputs: file('Signed checklist', ['.pdf', '.csv', '.txt', '.png', '.jpg']),
  },
  launchWatch: {
    ...internal,
    title: 'Watch the first two days',
    purpose: 'so that we see trouble before a customer does',
    minutes: 120,
    type: 'WORK',
  },
  attributes: {
    ...client,
    title: 'Choose your filters',
    purpose: 'so that shoppers can narrow results down by what matters in your range',
    minutes: 40,
    type: 'FILE',
    inputs: tableFile('Filters', ['.csv', '.tsv', '.txt'], filters),
  },
  indexReport: {
    ...company,
    title: 'Report on your first index',
    purpose: 'so that you see what we found in your data, and what is still missing',
    minutes: 120,
    type: 'FILE',
    inputs: file('Report', reportFiles),
  },
  synonyms: {
    ...client,
    title: 'Upload synonyms and redirects',
    purpose: 'so that the words of your customers lead to your products',
    minutes: 60,
    type: 'FILE',
    inputs: tableFile('Synonyms and redirects', ['.csv', '.tsv', '.txt'], synonyms),
  },
  snippet: {
    ...client,
    title: 'Put the search on your test shop',
    purpose: 'so that your team can try it before any customer does',
    minutes: 60,
    type: 'URL',
    inputs: address('Address of the result page'),
  },
  tracking: {
    ...client,
    title: 'Send cart and purchase events',
    purpose: 'so that the ranking learns, and you see what the search earns',
    minutes: 45,
    type: 'URL',
    inputs: address('Address of a product page'),
  },
  relevanceReport: {
    ...company,
    title: 'Share the relevance report',
    purpose: 'so that you know how your most frequent searches do before you test',
    minutes: 180,
    type: 'FILE',
    inputs: file('Report', reportFiles),
  },
  uat: {
    ...client,
    title: 'Upload your test sheet',
    purpose: 'so that nothing goes live that your own people have not tried',
    minutes: 120,
    type: 'FILE',
    isGate: true,
    inputs: file('Test sheet', ['.csv', '.tsv', '.txt', '.pdf', '.zip']),
  },
  liveCheck: {
    ...company,
    title: 'Confirm the search on your live shop',
    purpose: 'so that you have it in writing that everything works for your customers',
    minutes: 120,
    type: 'CHECK',
    inputs: [
      ...lookedAt('page', 'Address of the search page', { of: 'URL', types: ['text/html'], environment: 'PRODUCTION' }),
      ...lookedAt('tag', 'Pages with the search', {
        of: 'TAG',
        script: '{{search.host}}',
        pageTypes: ['HOME', 'PRODUCT'],
      }),
    ],
  },
  searchDomain: {
    ...client,
    title: 'Give the search a name of your own',
    purpose: 'so that it answers under your domain, and no blocker takes it for a stranger',
    minutes: 20,
    type: 'CHECK',
    inputs: lookedAt('domain', 'Your domain', {
      of: 'DNS',
      records: [
        { type: 'CNAME', name: 'search', target: '{{search.host}}' },
        { type: 'CAA', name: 'search', issuer: 'letsencrypt.org' },
      ],
    }),
  },
} satisfies Record<string, Known>;

/** A task of several playbooks, due so many working days after the signature and after the tasks named. */
export function task(key: keyof typeof known, dueInBusinessDays: number, ...after: string[]): TaskSource {
  return { key, ...known[key], after, dueInBusinessDays };
}

/** The last yes before the launch, of this product's own test sheet. */
export function goLiveApproval(product: string, ofTask: string, dueInBusinessDays: number): TaskSource {
  return {
    ...client,
    key: 'goLiveApproval',
    title: 'Approve the launch',
    purpose: 'so that nothing changes for your customers without your yes',
    minutes: 15,
    type: 'APPROVAL',
    isGate: true,
    assignee: 'LEAD',
    inputs: approval(`${product}Approval`, 'We have tested it and agree that it goes live.', ofTask),
    after: [ofTask],
    dueInBusinessDays,
  };
}
