import { type Editor, Extension } from '@tiptap/core';
import { type SuggestionStore, suggesting } from './suggesting.ts';

/** Something that a slash puts in: its name in the person's language, and other words that find it. */
export type SlashItem = { id: string; label: string; also: string; run: (editor: Editor) => void };

/** The list of blocks that opens at a slash. */
export function slashMenu(store: SuggestionStore, items: () => readonly SlashItem[]) {
  return Extension.create({
    name: 'slashMenu',
    addProseMirrorPlugins() {
      return [
        suggesting<SlashItem>({
          editor: this.editor,
          name: 'slash',
          char: '/',
          store,
          items: (query) => {
            const wanted = query.toLocaleLowerCase();
            return items().filter(({ label, also }) => `${label} ${also}`.toLocaleLowerCase().includes(wanted));
          },
          choose: (editor, range, item) => {
            editor.chain().focus().deleteRange(range).run();
            item.run(editor);
          },
        }),
      ];
    },
  });
}
