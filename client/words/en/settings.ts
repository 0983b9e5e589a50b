export const settings = {
  title: 'Settings',
  sections: {
    profile: 'You',
    people: 'People',
  },
} as const;
