/** One task with somebody from outside: how it is given, who has it, and what became of it. */
export const handover = {
  title: 'Hand this task to somebody who can do it',
  what: 'They get a link by mail. It opens this task and nothing else of the project.',
  rights: 'They read the task and its shared conversation, write there, and hand it in.',
  end: 'You can take it back at any time. It ends by itself a day after the task is done.',
  email: 'Their e-mail address',
  emailPlaceholder: 'developer@agency.com',
  message: 'A word to them',
  messageHint: 'Optional. It stands in the mail and above the task.',
  until: 'Until the end of',
  submit: 'Send the link',
  withThem: 'With {{email}} until {{day}}',
  sent: 'The link was sent by {{name}}. Nobody has opened it yet.',
  opened: '{{guest}} has opened it. Handed over by {{name}}.',
  takeBack: 'Take back',
  takeBackHint: 'Their page closes at once.',
  givenBack: '{{guest}} gave this task back',
} as const;
