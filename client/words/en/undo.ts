export const undo = {
  undo: 'Undo',
  dismiss: 'Close',
  failed: 'That could not be undone. Check your connection, then change it back by hand.',
} as const;
