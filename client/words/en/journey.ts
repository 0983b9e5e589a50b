/** What happened in a project against what its templates plan. */
export const journey = {
  title: 'Plan and reality',
  fit: '{{percent}} % as planned',
  about: 'What was done, in its order, against the templates of this project.',
  none: 'Nothing is done yet.',
  steps: 'Steps in the order in which they were done',
  more_one: 'Show {{count}} more',
  more_other: 'Show {{count}} more',
  less: 'Show fewer',
  allAsPlanned: 'Every step so far is where the templates have it.',
  step: '{{title}}: {{kind}}',
  took_one: '{{count}} working day instead of {{planned}}',
  took_other: '{{count}} working days instead of {{planned}}',
  kind: {
    AS_PLANNED: 'as planned',
    SKIPPED: 'passed over',
    OUT_OF_ORDER: 'out of order',
    REPEATED: 'done again',
    INSERTED: 'added by hand',
    SLOW: 'took long',
  },
};
