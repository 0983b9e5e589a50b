/** One sentence per kind of event: `inProject` names the task, `inTask` stands on the task itself. */
export const activity = {
  title: 'What happened',
  empty: 'Every step will be listed here as it happens.',
  earlier: 'Show earlier',
  tasksAdded_one: '{{actor}} added {{count}} task',
  tasksAdded_other: '{{actor}} added {{count}} tasks',
  unknown: '{{actor}} changed something',
  inProject: {
    project: { created: '{{actor}} opened the project' },
    task: {
      created: '{{actor}} added {{task}}',
      ready: '{{task}} is ready to start',
      started: '{{actor}} started {{task}}',
      assigned: '{{actor}} gave {{task}} to {{assignee}}',
      unassigned: '{{actor}} took the assignee off {{task}}',
      submitted: '{{actor}} handed in {{task}}',
      reviewStarted: '{{task}} went into review',
      approved: '{{actor}} approved {{task}}',
      accepted: '{{task}} was accepted',
      changesRequested: '{{actor}} asked for changes to {{task}}',
    },
    submission: {
      created: '{{actor}} began to hand in {{task}}',
      finished: '{{actor}} handed in version {{version}} of {{task}}',
      expired: 'An unfinished upload for {{task}} was cleared away',
    },
    note: {
      created: '{{actor}} started the note of {{task}}',
      edited: '{{actor}} edited the note of {{task}}',
    },
    comment: {
      added: '{{actor}} commented on {{task}}',
      edited: '{{actor}} edited a comment on {{task}}',
      deleted: '{{actor}} deleted a comment on {{task}}',
    },
  },
  inTask: {
    project: { created: '{{actor}} opened the project' },
    task: {
      created: '{{actor}} added this task',
      ready: 'This task is ready to start',
      started: '{{actor}} started this task',
      assigned: '{{actor}} gave this task to {{assignee}}',
      unassigned: '{{actor}} took the assignee off',
      submitted: '{{actor}} handed in this task',
      reviewStarted: 'This task went into review',
      approved: '{{actor}} approved this task',
      accepted: 'This task was accepted',
      changesRequested: '{{actor}} asked for changes',
    },
    submission: {
      created: '{{actor}} began to hand in a version',
      finished: '{{actor}} handed in version {{version}}',
      expired: 'An unfinished upload was cleared away',
    },
    note: {
      created: '{{actor}} started the note',
      edited: '{{actor}} edited the note',
    },
    comment: {
      added: '{{actor}} commented',
      edited: '{{actor}} edited a comment',
      deleted: '{{actor}} deleted a comment',
    },
  },
} as const;
