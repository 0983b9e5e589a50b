import { describe, expect, it } from 'vitest';
import { applying, type Condition, type Conditions, type Known } from '../../../server/conditions.ts';

const platform = (isNot: boolean, ...values: string[]): Condition => ({ of: 'PLATFORM', isNot, values });
const product = (isNot: boolean, ...values: string[]): Condition => ({ of: 'PRODUCT', isNot, values });
const fact = (isNot: boolean, ...values: string[]): Condition => ({ of: 'FACT', fact: 'shop.markets', isNot, values });
const answer = (isNot: boolean, question: string, ...values: string[]): Condition => ({
  of: 'ANSWER',
  task: 'goals',
  input: 'form',
  question,
  isNot,
  values,
});
const form = (...answers: Known['answers'][number]['answers']): Known['answers'][number] => ({
  task: 'goals',
  input: 'form',
  answers,
});
const known: Known = {
  platform: 'SHOPIFY',
  products: ['SEARCH', 'EMAIL'],
  answers: [
    form(
      { question: 'isHeadless', kind: 'YES_NO', isYes: true },
      { question: 'markets', kind: 'CHOICES', options: ['no', 'se'] },
      { question: 'why', kind: 'TEXT', text: 'yes' },
    ),
  ],
  facts: new Map([['shop.markets', '  Norway   and Sweden ']]),
};

const cases: [what: string, conditions: Conditions, applies: boolean, known?: Partial<Known>][] = [
  ['nothing is asked', [], true],
  ['the platform is one of these', [[platform(false, 'MAGENTO', 'SHOPIFY')]], true],
  ['the platform is another', [[platform(false, 'MAGENTO')]], false],
  ['the platform is none of these', [[platform(true, 'MAGENTO')]], true],
  ['the platform is one of those that it must not be', [[platform(true, 'SHOPIFY')]], false],
  ['one of the products is among them', [[product(false, 'REVIEWS', 'EMAIL')]], true],
  ['none of the products is', [[product(false, 'REVIEWS')]], false],
  ['a product is among those left out', [[product(true, 'EMAIL')]], false],
  ['no product is among those left out', [[product(true, 'REVIEWS')]], true],
  ['yes was answered', [[answer(false, 'isHeadless', 'yes')]], true],
  ['yes was answered and no is asked for', [[answer(false, 'isHeadless', 'no')]], false],
  ['no must not be answered', [[answer(true, 'isHeadless', 'no')]], true],
  ['one of the chosen options is asked for', [[answer(false, 'markets', 'dk', 'se')]], true],
  ['a chosen option must not be', [[answer(true, 'markets', 'se')]], false],
  ['what is written freely is no choice', [[answer(false, 'why', 'yes')]], false],
  ['a question that the form did not ask', [[answer(false, 'other', 'yes')]], false],
  ['a question that the form did not ask must not be', [[answer(true, 'other', 'yes')]], true],
  ['nothing was handed in', [[answer(false, 'isHeadless', 'yes')]], false, { answers: [] }],
  ['nothing was handed in of what must not be', [[answer(true, 'isHeadless', 'yes')]], false, { answers: [] }],
  ['a fact, however it is written', [[fact(false, 'norway and sweden')]], true],
  ['a fact is another', [[fact(false, 'Norway')]], false],
  ['a fact must not be this', [[fact(true, 'Norway')]], true],
  ['a fact is not known', [[fact(false, 'Norway')]], false, { facts: new Map() }],
  [
    'a fact that must not be is not known',
    [[fact(true, 'Norway')]],
    false,
    { facts: new Map([['shop.markets', ' ']]) },
  ],
  ['all must hold', [[platform(false, 'SHOPIFY'), product(false, 'REVIEWS')]], false],
  ['any of several will do', [[product(false, 'REVIEWS')], [platform(false, 'SHOPIFY')]], true],
];

describe('a task applies', () => {
  it.each(cases)('%s', (_, conditions, applies, changed) => {
    expect(applying(new Map([['task', conditions]]), { ...known, ...changed }).has('task')).toBe(applies);
  });

  it('never by an answer of a task that does not apply itself, however deep', () => {
    const chain = (first: Conditions) =>
      applying(
        new Map([
          ['goals', first],
          ['next', [[answer(false, 'isHeadless', 'yes')]]],
          ['last', [[{ ...answer(false, 'q', 'yes'), task: 'next' } as Condition]]],
        ]),
        {
          ...known,
          answers: [
            ...known.answers,
            { task: 'next', input: 'form', answers: [{ question: 'q', kind: 'YES_NO', isYes: true }] },
          ],
        },
      );
    expect([...chain([[platform(false, 'SHOPIFY')]])]).toEqual(['goals', 'next', 'last']);
    expect([...chain([[platform(false, 'VTEX')]])]).toEqual([]);
  });
});
