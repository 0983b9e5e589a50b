/** What stands in place of a conversation that one may not open any more. */
export const unsent = {
  title: 'What you wrote here was not sent',
  reason: 'You cannot open this task any more. Your words are only on this device; copy what you need.',
  discard: 'Discard',
} as const;
