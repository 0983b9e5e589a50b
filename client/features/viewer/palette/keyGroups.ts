/** What the keys do, where. Held by hand: a key that is added elsewhere gets its line here. */
export const keyGroups = [
  {
    word: 'everywhere',
    isForStaff: false,
    keys: [
      { word: 'search', caps: ['mod', 'k'] },
      { word: 'keys', caps: ['question'] },
      { word: 'undo', caps: ['mod', 'z'] },
    ],
  },
  {
    word: 'overview',
    isForStaff: true,
    keys: [
      { word: 'down', caps: ['j'] },
      { word: 'up', caps: ['k'] },
      { word: 'open', caps: ['enter'] },
      { word: 'newIntegration', caps: ['n'] },
    ],
  },
  {
    word: 'myDay',
    isForStaff: true,
    keys: [
      { word: 'nextThing', caps: ['j'] },
      { word: 'previousThing', caps: ['k'] },
      { word: 'open', caps: ['enter'] },
    ],
  },
  {
    word: 'inbox',
    isForStaff: false,
    keys: [
      { word: 'nextItem', caps: ['j'] },
      { word: 'previousItem', caps: ['k'] },
      { word: 'open', caps: ['enter'] },
      { word: 'mark', caps: ['e'] },
    ],
  },
  {
    word: 'conversation',
    isForStaff: false,
    keys: [
      { word: 'send', caps: ['mod', 'enter'] },
      { word: 'reply', caps: ['r'] },
      { word: 'edit', caps: ['e'] },
      { word: 'mention', caps: ['at'] },
      { word: 'leave', caps: ['escape'] },
    ],
  },
] as const;
