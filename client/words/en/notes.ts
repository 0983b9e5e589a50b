export const notes = {
  label: 'Note',
  paper: 'Text of the note',
  placeholder: 'Write here together: what you agreed, what is open, links.',
  tools: 'Text tools',
  toolWithKeys: '{{tool}} ({{keys}})',
  tool: {
    bold: 'Bold',
    italic: 'Italic',
    heading: 'Heading',
    bullets: 'Bullet list',
    numbers: 'Numbered list',
    tasks: 'Checklist',
    link: 'Link',
    code: 'Code block',
    undo: 'Undo',
    redo: 'Redo',
  },
  checkbox: 'Done: {{text}}',
  checkboxEmpty: 'Done: point without words',
  link: {
    label: 'Address of the link',
    placeholder: 'https://…',
    wrong: 'This is no web or e-mail address.',
    set: 'Set link',
    remove: 'Remove link',
    cancel: 'Cancel',
  },
  saved: 'Saved',
  saving: 'Saving…',
  failing_one:
    'Not saved yet: {{count}} change. The server cannot store it now and keeps trying. Leave this page open.',
  failing_other:
    'Not saved yet: {{count}} changes. The server cannot store them now and keeps trying. Leave this page open.',
  offline: 'Offline. You can write on; it is saved when the connection is back.',
  offlineUnsaved_one:
    'Offline, {{count}} change not saved yet. Leave this page open: it is saved when the connection is back.',
  offlineUnsaved_other:
    'Offline, {{count}} changes not saved yet. Leave this page open: they are saved when the connection is back.',
  readOnly: 'You can read this note, not change it.',
  others: 'Also here: {{names}}',
  slow: 'The note has not opened yet. We keep trying; your connection may be slow.',
  broken: {
    title: 'The note could not be shown',
    text: 'Nothing in it is lost. Load the page again.',
  },
  ended: {
    unsaved_one: 'Your last change was not saved. It is still below: copy what you need.',
    unsaved_other: 'Your last {{count}} changes were not saved. They are still below: copy what you need.',
    reopen: 'Open it again',
    discard: 'Drop them and open it again',
    revoked: {
      title: 'You can no longer open this note',
      text: 'Your access has changed, or you signed out in another window.',
    },
    restarted: {
      title: 'This note was started anew',
      text: 'Open it again to see it as it is now.',
    },
    full: {
      title: 'This note is full',
      text: 'Nothing can be added until something is deleted. Open it again, delete what is no longer needed, then go on.',
    },
    tooLarge: {
      title: 'That was too much at once',
      text: 'A single change can hold one megabyte. Open the note again and add it in parts, or upload it as a file.',
    },
    broken: {
      title: 'The note was closed',
      text: 'The server could not read what this page sent. Open it again.',
    },
  },
} as const;
