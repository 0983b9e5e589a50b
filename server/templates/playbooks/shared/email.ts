import type { PlaybookSource } from '../../document.ts';
import type { Access } from './access.ts';
import { sharedForms } from './forms.ts';
import { address, approval, file, lookedAt, named, tableFiles } from './inputs.ts';
import { goLiveApproval, type TaskSource, task } from './tasks.ts';

const sender: TaskSource = {
  key: 'senderIdentity',
  title: 'Tell us who your mails come from',
  purpose: 'so that people and mail programs know them for yours',
  minutes: 10,
  type: 'FORM',
  side: 'CLIENT',
  inputs: sharedForms.senderIdentity,
  dueInBusinessDays: 4,
};
const domain: TaskSource = {
  key: 'sendingDomain',
  title: 'Set the records of your sending domain',
  purpose: 'so that your mails arrive and are not taken for spam',
  minutes: 30,
  type: 'CHECK',
  side: 'THIRD_PARTY',
  isGate: true,
  inputs: lookedAt('domain', 'Your sending domain', {
    of: 'DNS',
    records: [
      { type: 'TXT', name: '@', value: 'mail-owner={{email.accountKey}}' },
      { type: 'SPF', includes: ['_spf.mail.example'] },
      { type: 'CNAME', name: 'bounce', target: 'bounce.{{email.accountKey}}.mail.example' },
      { type: 'CNAME', name: 'k1._domainkey', target: 'k1.{{email.accountKey}}.mail.example' },
      { type: 'DKIM', selector: 'k1' },
      { type: 'DMARC' },
      { type: 'BULK', messagesPerDay: 5_000, selectors: ['k1'] },
    ],
  }),
  after: ['senderIdentity'],
  dueInBusinessDays: 9,
};
const consent: TaskSource = {
  key: 'consent',
  title: 'Show how people agree to your mails',
  purpose: 'so that we mail those who agreed, and nobody else',
  minutes: 20,
  type: 'FORM',
  side: 'CLIENT',
  inputs: sharedForms.consent,
  after: ['dataAgreement'],
  dueInBusinessDays: 8,
};
const subscribers: TaskSource = {
  key: 'subscriberList',
  title: 'Upload your subscribers',
  purpose: 'so that nobody has to subscribe a second time',
  minutes: 40,
  type: 'FILE',
  side: 'CLIENT',
  // Who must not be mailed is known to the list's own check once it is here.
  inputs: [
    ...file('Subscribers', tableFiles, 'subscriber-list'),
    ...named('suppressed', file('Unsubscribed and bounced addresses', tableFiles, 'suppression-list')),
  ],
  after: ['dataAgreement', 'consent'],
  dueInBusinessDays: 11,
};
const flows: TaskSource = {
  key: 'emailFlows',
  title: 'Choose your automatic mails',
  purpose: 'so that the mails that earn most are there first',
  minutes: 20,
  type: 'FORM',
  side: 'CLIENT',
  inputs: sharedForms.emailFlows,
  after: ['businessGoals'],
  dueInBusinessDays: 10,
};
const design: TaskSource = {
  key: 'emailDesign',
  title: 'Approve the look of your mails',
  purpose: 'so that we build once, and you know what you get',
  minutes: 25,
  type: 'APPROVAL',
  side: 'CLIENT',
  assignee: 'LEAD',
  inputs: approval('design', 'The mails may look like the pictures in the note.', null),
  after: ['emailFlows', 'brand', 'dataReview'],
  dueInBusinessDays: 17,
};
const snippet: TaskSource = {
  key: 'emailSnippet',
  title: 'Put the sign-up form on your test shop',
  purpose: 'so that you can follow one subscription from its start to its end',
  minutes: 60,
  type: 'URL',
  side: 'CLIENT',
  inputs: address('Address of a page with the form'),
  dueInBusinessDays: 19,
};
const warmUp: TaskSource = {
  key: 'warmUp',
  title: 'Warm the sending domain up',
  purpose: 'so that receivers know your mails before the large ones go out',
  minutes: 240,
  type: 'WORK',
  side: 'COMPANY',
  after: ['sendingDomain', 'subscriberList', 'emailDesign'],
  dueInBusinessDays: 34,
};
const uat: TaskSource = {
  key: 'emailUat',
  title: 'Upload the test sheet for your mails',
  purpose: 'so that no customer gets a mail that you have not opened yourself',
  minutes: 90,
  type: 'FILE',
  side: 'CLIENT',
  isGate: true,
  inputs: file('Test sheet', ['.csv', '.tsv', '.txt', '.pdf', '.zip']),
  after: ['emailDesign', 'emailSnippet', 'sendingDomain'],
  dueInBusinessDays: 25,
};
const liveCheck: TaskSource = {
  key: 'emailLiveCheck',
  title: 'Confirm that your mails arrive',
  purpose: 'so that you have it in writing that everything works for your customers',
  minutes: 90,
  type: 'CHECK',
  side: 'COMPANY',
  after: ['goLiveApproval', 'warmUp'],
  dueInBusinessDays: 36,
};

/** E-mail, on a platform that is entered as `access` says. */
export function email(key: string, access: Access): PlaybookSource {
  const [first, ...others] = access.testShop;
  const [plan, setup, ...rest] = access.phase.tasks;
  return {
    key,
    version: 5,
    name: `E-mail ${access.on}`,
    platform: access.platform,
    products: ['EMAIL'],
    targetInBusinessDays: 37,
    phases: [
      {
        ...access.phase,
        tasks: [plan, setup, sender, ...rest, domain].filter((one) => one !== undefined),
      },
      {
        key: 'data',
        name: 'Your subscribers and products',
        milestone: 'Those who agreed are here, and your products with them',
        tasks: [
          consent,
          task('feed', 8),
          task('dataReview', 10, 'feed'),
          flows,
          subscribers,
          task('feedUrl', 14, 'feed'),
        ],
      },
      {
        key: 'build',
        name: 'Mails in your look',
        milestone: 'Every mail can be seen and tried',
        tasks: [
          task('brand', 13, 'kickoffPlan'),
          design,
          { ...snippet, after: [first ?? 'kickoffPlan', ...others, 'consent'] },
        ],
      },
      {
        key: 'live',
        name: 'Test and go live',
        milestone: 'Your mails go out and arrive',
        tasks: [
          uat,
          goLiveApproval('email', 'emailUat', 27),
          warmUp,
          liveCheck,
          task('launchWatch', 37, 'goLiveApproval', 'warmUp'),
        ],
      },
    ],
  };
}
