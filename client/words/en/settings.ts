export const settings = {
  title: 'Settings',
  sections: {
    profile: 'You',
    people: 'People',
    tokens: 'API tokens',
  },
} as const;
