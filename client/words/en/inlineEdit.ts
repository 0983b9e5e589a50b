export const inlineEdit = {
  change: 'Change {{label}}, {{value}}',
  add: 'Add {{label}}',
  nothing: 'Nothing yet',
  required: 'This cannot be empty.',
  notADay: 'Give a day.',
  notASum: 'Give an amount, like 1,250.',
  choose: 'Choose at least one.',
  conflict: {
    text: 'Changed meanwhile, to {{theirs}}.',
    mine: 'Set to {{mine}}',
    theirs: 'Leave it',
  },
  failed: 'That was not saved. Check your connection, then try again.',
} as const;
