import { describe, expect, it } from 'vitest';
import { checkWanted, draftWanted, type InputSource } from '../../server/inputs.ts';
import { problemsIn } from '../../server/templates/checks.ts';
import { searchShopify } from '../../server/templates/playbooks/searchShopify/playbook.ts';
import { buildPlaybook, PlaybookError, type PlaybookSource } from '../../server/templates/playbooks.ts';

const enoughWords = Array.from({ length: 130 }, (_, at) => `word${at}`).join(' ');

type Change = (playbook: PlaybookSource) => void;
type Written = PlaybookSource['phases'][number]['tasks'][number];

/** What is wrong with the playbook once `change` was made to it. */
function problemsAfter(change: Change, documentation = enoughWords): string[] {
  const changed = structuredClone(searchShopify);
  change(changed);
  try {
    buildPlaybook(changed, () => documentation);
    return [];
  } catch (error) {
    if (error instanceof PlaybookError) return error.problems;
    throw error;
  }
}

const taskOf = (playbook: PlaybookSource, key: string): Written =>
  playbook.phases.flatMap((phase) => phase.tasks).find((task) => task.key === key)!;
/** Makes another kind of task out of the one for the sitemap, which nothing waits for. */
const sitemap =
  (change: Partial<Written>): Change =>
  (playbook) =>
    Object.assign(taskOf(playbook, 'sitemap'), { type: 'URL', inputs: [url('url')] }, change);
type Asked = Partial<Extract<InputSource['spec'], { kind: 'FORM' }>['questions'][number]>;
const form = (...questions: Asked[]): Partial<Written> => ({
  type: 'FORM',
  inputs: [
    {
      key: 'form',
      label: 'Form',
      spec: {
        kind: 'FORM',
        questions: questions.map((question, at) => ({ key: `q${at}`, label: 'Why?', kind: 'TEXT', ...question })),
      },
    },
  ],
});
type Tried = Extract<InputSource['spec'], { kind: 'CREDENTIALS' }>['test'];
const access = (keys: string[], test: Tried, isOptional = (_: string) => false): Partial<Written> => {
  const fields = keys.map((key) => ({ key, label: `The ${key}`, isSecret: true, isRequired: !isOptional(key) }));
  return {
    type: 'CREDENTIALS',
    inputs: [{ key: 'access', label: 'Access', spec: { kind: 'CREDENTIALS', fields, test } }],
  };
};
const option = (key: string) => ({ key, label: key });
const url = (key: string) => ({ key, label: 'Address', spec: { kind: 'URL' as const } });
const meeting = { key: 'meeting', label: 'Call', spec: { kind: 'MEETING' as const, minutes: 30 } };

const refused: [string, Change, string[]][] = [
  [
    'two tasks share a key',
    (it) => it.phases[3]!.tasks.push({ ...it.phases[0]!.tasks[1]! }),
    ['task.repeated: sitemap'],
  ],
  [
    'two phases share a key',
    (it) => {
      it.phases[1]!.key = 'access';
    },
    ['phase.repeated: access'],
  ],
  ['it has three phases', (it) => it.phases.pop(), ['phases.few: playbook, 3, 4']],
  [
    'a phase has no task',
    (it) => it.phases.push({ key: 'later', name: 'Later', milestone: 'All is well', tasks: [] }),
    ['phase.empty: later, Later'],
  ],
  [
    'it has eleven tasks',
    (it) => {
      it.phases[3]!.tasks = [{ ...it.phases[3]!.tasks[0]!, after: [] }];
      it.phases[2]!.tasks.splice(2);
      it.phases[2]!.tasks.forEach((task) => {
        task.after = [];
      });
      it.phases[2]!.tasks.length = 2;
    },
    ['tasks.few: playbook, 11, 12'],
  ],
  [
    'its tasks wait for each other in a circle, which is named',
    (it) => taskOf(it, 'feed').after!.push('indexReport'),
    ['dependency.cycle: feed, feed after indexReport after feed'],
  ],
  [
    'a task waits for one that is not there',
    sitemap({ after: ['contract'] }),
    ['dependency.unknown: sitemap, after contract'],
  ],
  ['a task asks for a file and for none', sitemap({ type: 'FILE' }), ['input.missing: sitemap, FILE']],
  ['a form asks nothing at all', sitemap({ type: 'FORM', inputs: [] }), ['input.missing: sitemap, FORM']],
  ['a check asks for something', sitemap({ type: 'CHECK' }), ['input.unwanted: sitemap, CHECK']],
  ['work asks for something', sitemap({ type: 'WORK' }), ['input.unwanted: sitemap, WORK']],
  [
    'a meeting asks for an address as well',
    sitemap({ type: 'MEETING', inputs: [meeting, url('url')] }),
    ['input.missing: sitemap, MEETING'],
  ],
  ['two inputs of a task share a key', sitemap({ inputs: [url('url'), url('url')] }), ['input.repeated: sitemap, url']],
  [
    'two questions of a form share a key',
    sitemap(form({ key: 'why' }, { key: 'why' })),
    ['question.repeated: sitemap, form, why'],
  ],
  [
    'credentials are tried without what the call takes',
    sitemap(access(['address', 'key'], { platform: 'MAGENTO', scopes: [] })),
    ['credentials.fields: sitemap, Magento, token'],
  ],
  [
    'what the call takes is optional',
    sitemap(access(['address', 'token', 'password'], { platform: 'MAGENTO', scopes: [] }, (key) => key !== 'address')),
    ['credentials.optional: sitemap, Magento, The token'],
  ],
  [
    'credentials need rights of a platform that tells none',
    sitemap(access(['address', 'token'], { platform: 'MAGENTO', scopes: ['read_products'] })),
    ['credentials.scopes: sitemap, Magento'],
  ],
  [
    'a choice offers one option',
    sitemap(form({ kind: 'CHOICE', options: [option('one')] })),
    ['question.noOptions: sitemap, form, q0'],
  ],
  [
    'a question hangs on a later one',
    sitemap(form({ when: { question: 'q1', is: 'yes' } }, { kind: 'YES_NO' })),
    ['question.conditionUnknown: sitemap, form, q0'],
  ],
  [
    'a question hangs on an answer that cannot be given',
    sitemap(form({ kind: 'YES_NO' }, { when: { question: 'q0', is: 'maybe' } })),
    ['question.conditionImpossible: sitemap, form, q1'],
  ],
  [
    'an approval is of a task that is not there',
    sitemap({
      type: 'APPROVAL',
      inputs: [{ key: 'ok', label: 'Agreed', spec: { kind: 'APPROVAL', statement: 'We agree.', ofTask: 'contract' } }],
    }),
    ['approval.unknownTask: sitemap, contract'],
  ],
];

/** The sitemap is a form, and the checklist at the end stands under these conditions. */
const signed =
  (...when: NonNullable<Written['when']>): Change =>
  (playbook) => {
    Object.assign(
      taskOf(playbook, 'sitemap'),
      form({ kind: 'YES_NO' }, { kind: 'CHOICE', options: [option('a'), option('b')] }, {}),
    );
    Object.assign(taskOf(playbook, 'goLiveChecklist'), when.length > 0 ? { when } : {});
  };
const answer = (of: object): NonNullable<Written['when']>[number] => ({
  ...{ of: 'ANSWER', task: 'sitemap', input: 'form', question: 'q0', isNot: false, values: ['yes'], ...of },
});
const ofFact = (fact: string, ...values: string[]) => ({ of: 'FACT' as const, fact, isNot: false, values });
const refusedConditions: [string, Change, string[]][] = [
  ['no value is named', signed({ of: 'PLATFORM', isNot: true, values: [] }), ['condition.noValues: goLiveChecklist']],
  ['a value is blank', signed(ofFact('shop.domain', ' ')), ['condition.noValues: goLiveChecklist']],
  ['nothing is known under a name', signed(ofFact('Shop domain', 'a')), ['condition.factKey: goLiveChecklist']],
  [
    'a platform is not one',
    signed({ of: 'PLATFORM', isNot: false, values: ['SHOPIFY', 'GEOCITIES'] }),
    ['condition.unknownValue: goLiveChecklist, GEOCITIES'],
  ],
  [
    'a yes or no is asked for more',
    signed(answer({ values: ['maybe'] })),
    ['condition.unknownValue: goLiveChecklist, maybe'],
  ],
  [
    'an option is not offered',
    signed(answer({ question: 'q1', values: ['c'] })),
    ['condition.unknownValue: goLiveChecklist, c'],
  ],
  ['an answer is free text', signed(answer({ question: 'q2' })), ['condition.freeText: goLiveChecklist, Why?']],
  [
    'a question is not asked',
    signed(answer({ question: 'q9' })),
    ['condition.unknownQuestion: goLiveChecklist, Send the address of your sitemap'],
  ],
  [
    'an answer comes later',
    (playbook) => {
      Object.assign(taskOf(playbook, 'feedUrl'), form({ kind: 'YES_NO' }));
      Object.assign(taskOf(playbook, 'sitemap'), { when: [answer({ task: 'feedUrl' })] });
    },
    ['condition.later: sitemap, Publish the feed at a fixed address'],
  ],
  [
    'its answer waits for it',
    (playbook) => {
      signed()(playbook);
      Object.assign(taskOf(playbook, 'sitemap'), { after: ['themePreview'] });
      Object.assign(taskOf(playbook, 'themePreview'), { when: [answer({})] });
    },
    [
      'condition.cycle: themePreview, Share a preview of a theme copy → Send the address of your sitemap → Share a preview of a theme copy',
    ],
  ],
  [
    'a whole phase hangs on conditions',
    (playbook) => {
      for (const task of playbook.phases.at(-1)!.tasks)
        Object.assign(task, { when: [{ of: 'PLATFORM', isNot: false, values: ['SHOPIFY'] }] });
    },
    ['phase.allConditional: live, Test and go live'],
  ],
  ['a task is not there', signed(answer({ task: 'contract' })), ['condition.unknownTask: goLiveChecklist']],
];

describe('a condition of a task is refused', () => {
  it.each(refusedConditions)('when %s', (_, change, problems) => {
    expect(problemsAfter(change)).toEqual(problems);
  });
});

describe('a playbook is refused', () => {
  it.each(refused)('when %s', (_, change, problems) => {
    expect(problemsAfter(change)).toEqual(problems);
  });

  it('when a task has no title, which is told with its place', () => {
    const [told] = problemsAfter(sitemap({ title: '' }));
    expect(told).toMatch(/^shape: sitemap, title, too_small.*, title$/);
  });

  it('when documentation uses a variable that nobody fills', () => {
    expect(problemsAfter(() => {}, `${enoughWords} {{shop.owner}}`)).toContain('variable.unknown: feed, shop.owner');
  });

  it('when a shared task is explained in fewer than 120 words, code not counted', () => {
    const code = ['```', enoughWords, '```'].join('\n');
    expect(problemsAfter(() => {}, `Too short.\n\n${code}\n`)).toContain('documentation.short: feed, 2, 120');
  });

  it('when an internal task is explained in fewer than 40 words', () => {
    const some = Array.from({ length: 39 }, () => 'word').join(' ');
    const problems = problemsAfter(sitemap({ visibility: 'INTERNAL' }), some);
    expect(problems).toContain('documentation.short: sitemap, 39, 40');
    expect(problemsAfter(sitemap({ visibility: 'INTERNAL' }), `${some} more`)).not.toContainEqual(
      expect.stringContaining('sitemap'),
    );
  });
});

describe('a playbook may', () => {
  it.each<[string, Change]>([
    ['ask for a file and an address in one task', sitemap({ inputs: [url('url'), url('second')] })],
    ['hold a meeting', sitemap({ type: 'MEETING', inputs: [meeting] })],
    ['name work that nothing is handed in for', sitemap({ type: 'WORK', inputs: [], side: 'COMPANY' })],
    [
      'ask a question only of those who said yes',
      sitemap(form({ kind: 'YES_NO' }, { when: { question: 'q0', is: 'yes' } })),
    ],
  ])('%s', (_, change) => {
    expect(problemsAfter(change)).toEqual([]);
  });

  it('leave out whether a task is reviewed: what a client hands in is', () => {
    const { phases } = buildPlaybook(searchShopify, () => enoughWords);
    const reviewed = phases.flatMap((phase) => phase.tasks).filter((task) => task.isReviewWanted);
    expect(reviewed.every((task) => task.side === 'CLIENT')).toBe(true);
    expect(reviewed).toHaveLength(11);
  });
});

it('a road of one’s own may be one task long, if that says what is to be done', () => {
  const { phases, ...head } = buildPlaybook(searchShopify, () => enoughWords);
  const [phase] = phases;
  const [task] = phase!.tasks;
  const codesOf = (...wanted: typeof phases) => problemsIn({ ...head, phases: wanted }).map(({ code }) => code);
  const said = (visibility: 'SHARED' | 'INTERNAL', documentation: string) =>
    codesOf({ ...phase!, tasks: [{ ...task!, after: [], visibility, documentation }] });
  expect(said('SHARED', 'Send it.')).toEqual([]);
  expect(said('SHARED', ' ')).toEqual(['documentation.short']);
  expect(said('INTERNAL', '')).toEqual([]);
  expect(codesOf()).toEqual(['phases.few', 'tasks.few']);
  expect(codesOf({ ...phase!, tasks: [] })).toEqual(['tasks.few', 'phase.empty']);
});

it('what a machine looks at may be unfinished in a draft, and not where it is used', () => {
  const unfinished = [
    { of: 'DNS', records: [] },
    { of: 'DNS', records: [{ type: 'CNAME', name: '', target: '' }] },
    { of: 'DNS', records: [{ type: 'TXT', name: 'a b', value: '' }] },
    { of: 'TAG', script: '', pageTypes: [] },
  ];
  for (const wanted of unfinished) {
    expect([wanted, draftWanted.safeParse(wanted).success]).toEqual([wanted, true]);
    expect([wanted, checkWanted.safeParse(wanted).success]).toEqual([wanted, false]);
  }
  expect(
    draftWanted.safeParse({ of: 'DNS', records: [{ type: 'CNAME', name: 'x'.repeat(201), target: '' }] }).success,
  ).toBe(false);
});
