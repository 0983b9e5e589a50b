import type { InputSource } from '../../../inputs.ts';
import { choice, form, question } from './inputs.ts';

const goals = {
  moreSales: 'More of the visitors buy',
  largerCarts: 'Those who buy, buy more',
  comingBack: 'More customers come back',
  lessWork: 'Less work for our own people',
};
const places = {
  product: 'Product page',
  cart: 'Cart',
  home: 'Start page',
  category: 'Category page',
  noResult: 'Search without result',
};
const flows = {
  welcome: 'Welcome',
  leftCart: 'Left cart',
  afterPurchase: 'After the purchase',
  backAgain: 'Back again',
};

/**
 * The forms of the playbooks, by the task that asks them. What a shop has told once, in any of its projects, it confirms
 * the next time.
 */
export const sharedForms = {
  businessGoals: form('Your goals', [
    choice('CHOICE', 'goal', 'What matters most in the coming three months?', goals),
    question('TEXT', 'measure', 'Which number will show it?', {
      help: 'One that you look at today already.',
      fact: 'goals.measure',
    }),
    question('NUMBER', 'products', 'How many products do you sell?', { min: 1, max: 50_000_000 }),
    question('NUMBER', 'visits', 'How many visits has your shop in an average month?', { min: 0, max: 1_000_000_000 }),
    question('TEXT', 'markets', 'Which languages and currencies are live?', { fact: 'shop.markets' }),
    question('YES_NO', 'hasFreeze', 'Are there periods in which nothing may be released?'),
    question('DATE', 'freezeFrom', 'When does the next one begin?', { when: { question: 'hasFreeze', is: 'yes' } }),
    question('DATE', 'freezeTo', 'When does it end?', { when: { question: 'hasFreeze', is: 'yes' } }),
    question('LONG_TEXT', 'remarks', 'What else should we know?', { isRequired: false }),
  ]),
  placements: form('Your places', [
    choice('CHOICES', 'places', 'Where should recommendations stand?', places),
    question('NUMBER', 'productCards', 'How many products on the product page?', {
      min: 3,
      max: 12,
      when: { question: 'places', is: 'product' },
    }),
    choice(
      'CHOICE',
      'productKind',
      'What should the product page offer?',
      { alternatives: 'Alternatives', completes: 'What goes with it', both: 'Both, in two places' },
      { when: { question: 'places', is: 'product' } },
    ),
    question('NUMBER', 'cartLimit', 'Up to which price in the cart?', {
      help: 'In the currency of your main market.',
      min: 0,
      max: 100_000,
      when: { question: 'places', is: 'cart' },
    }),
    question('YES_NO', 'hasRatings', 'Do your product lists show stars?'),
  ]),
  recommendationRules: form('Your rules', [
    question('LONG_TEXT', 'never', 'What must never be recommended?', {
      help: 'Categories, brands or products, one per line.',
      isRequired: false,
    }),
    question('NUMBER', 'minStock', 'How many pieces must be left?', { min: 0, max: 1000 }),
    choice('CHOICE', 'dearer', 'May an alternative cost more?', {
      no: 'No',
      little: 'Up to 20 per cent',
      any: 'Yes, any',
    }),
    question('YES_NO', 'hasFavourites', 'Should some brands be raised?'),
    question('LONG_TEXT', 'favourites', 'Which ones, and by how much?', {
      when: { question: 'hasFavourites', is: 'yes' },
    }),
  ]),
  senderIdentity: form('Your sender', [
    question('TEXT', 'name', 'Which name should people see?', { fact: 'mail.senderName' }),
    question('TEXT', 'mailbox', 'Which address should mails come from?', { fact: 'mail.mailbox' }),
    question('TEXT', 'answers', 'Where should answers go?', { fact: 'mail.answers' }),
    question('LONG_TEXT', 'foot', 'What must stand at the foot of a mail?', { fact: 'mail.foot' }),
  ]),
  consent: form('Your consent', [
    question('LONG_TEXT', 'sentence', 'Which sentence do people agree to?', { help: 'In each language that is live.' }),
    choice('CHOICES', 'sources', 'Where can people agree?', {
      checkout: 'Checkout',
      account: 'Account',
      foot: 'Foot of the page',
      popup: 'A window that opens',
    }),
    question('YES_NO', 'isConfirmed', 'Do new subscribers confirm by a link?'),
    question('DATE', 'confirmedSince', 'Since when?', { when: { question: 'isConfirmed', is: 'yes' } }),
    question('TEXT', 'withdrawal', 'Which systems learn of it when somebody unsubscribes?', {
      fact: 'mail.withdrawal',
    }),
  ]),
  emailFlows: form('Your flows', [
    choice('CHOICES', 'flows', 'Which mails should be sent by themselves?', flows),
    question('NUMBER', 'cartDelay', 'How many hours after a cart was left?', {
      min: 1,
      max: 48,
      when: { question: 'flows', is: 'leftCart' },
    }),
    question('NUMBER', 'backAfter', 'After how many days without a visit?', {
      min: 14,
      max: 365,
      when: { question: 'flows', is: 'backAgain' },
    }),
    question('YES_NO', 'hasVoucher', 'Should a mail hold a voucher?'),
    question('TEXT', 'voucher', 'Which one, and in which mail?', { when: { question: 'hasVoucher', is: 'yes' } }),
    question('NUMBER', 'ceiling', 'How many mails may one person get in a week?', { min: 1, max: 14 }),
  ]),
} satisfies Record<string, InputSource[]>;
