import type { Extensions } from '@tiptap/core';
import { TaskItem } from '@tiptap/extension-list';
import { documentExtensions, NoteMention } from '../../../server/notes/document/extensions.ts';
import { blockMoves } from './blockMoves.ts';
import { colouredCode } from './colours.ts';
import { endOfNote } from './endOfNote.ts';
import { noteFile } from './FileView.tsx';
import { type SlashItem, slashMenu } from './slashMenu.ts';
import { type SuggestionStore, suggesting } from './suggesting.ts';

/** Somebody who reads the note, and may be named in it. */
export type NotePerson = { id: string; name: string; detail: string };

type Options = {
  /** How a checkbox is read out. */
  checkbox: (text: string) => string;
  /** What a slash offers. */
  slashItems: () => readonly SlashItem[];
  /** Who may be named. */
  people: () => readonly NotePerson[];
  suggestions: SuggestionStore;
};

const mostPeople = 6;

/** What a note can hold, with what the browser adds: colours in code, lists that open at a slash or an @, blocks that move. */
export function noteExtensions({ checkbox, slashItems, people, suggestions }: Options): Extensions {
  const codeBlock = colouredCode();
  const taskItem = TaskItem.configure({
    nested: true,
    a11y: { checkboxLabel: (node) => checkbox(node.firstChild?.textContent ?? '') },
  });
  const mention = NoteMention.extend({
    addProseMirrorPlugins() {
      return [
        suggesting<NotePerson>({
          editor: this.editor,
          name: 'people',
          char: '@',
          store: suggestions,
          items: (query) => matching(people(), query),
          choose: (editor, range, { id, name }) => {
            const named = { type: 'mention', attrs: { id, label: name } };
            editor
              .chain()
              .focus()
              .insertContentAt(range, [named, { type: 'text', text: ' ' }])
              .run();
          },
        }),
      ];
    },
  });
  return [
    ...documentExtensions({ codeBlock, taskItem, mention, noteFile }),
    slashMenu(suggestions, slashItems),
    blockMoves,
    endOfNote,
  ];
}

function matching(people: readonly NotePerson[], query: string): NotePerson[] {
  const wanted = query.toLocaleLowerCase();
  const isMatch = ({ name }: NotePerson) =>
    name
      .toLocaleLowerCase()
      .split(/\s+/)
      .some((_, at, words) => words.slice(at).join(' ').startsWith(wanted));
  return people.filter(isMatch).slice(0, mostPeople);
}
