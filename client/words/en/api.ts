export const api = {
  explorer: {
    title: 'API explorer',
    about: 'You are {{name}} here: what you run is really done.',
    guide: 'Read the guide',
    keys: 'In an editor Tab writes a tab. Press Ctrl M, and Tab leaves it; press Ctrl M again to write tabs.',
    logo: 'Slipway API',
    examples: {
      projects: 'A page of the projects that you may see',
      comment: 'An act: run it, and the comment stands in the task',
      changes: 'What happened lately in a project, then what happens from now on',
    },
  },
  guide: {
    title: 'API guide',
    about: 'How programs use Slipway. Every example runs as it stands, on this installation.',
    explorer: 'Open the explorer',
    tokens: 'Make a token',
    contents: 'On this page',
    table: 'Table of “{{section}}”',
    language: 'Examples in',
    curl: 'curl',
    javascript: 'JavaScript',
  },
} as const;
