import type { Editor, Range } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import { Suggestion } from '@tiptap/suggestion';

export type Suggested = { id: string };

/** A list that is open at the caret. */
export type OpenList = {
  /** Which list: it says how its items are drawn. */
  name: string;
  items: readonly Suggested[];
  active: number;
  /** Where the sign that opened it stands. */
  place: DOMRect | null;
  choose: (item: Suggested) => void;
};

export type SuggestionStore = {
  get: () => OpenList | null;
  set: (list: OpenList | null) => void;
  subscribe: (listener: () => void) => () => void;
};

/** What list is open: written by the editor, read by React. */
export function createSuggestionStore(): SuggestionStore {
  let open: OpenList | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => open,
    set(list) {
      open = list;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type Options<T extends Suggested> = {
  editor: Editor;
  name: string;
  char: string;
  store: SuggestionStore;
  items: (query: string) => readonly T[];
  choose: (editor: Editor, range: Range, item: T) => void;
};

/** A list that opens where a sign is typed; arrows, Enter, Tab and Escape work it while the caret stays in the text. */
export function suggesting<T extends Suggested>({ editor, name, char, store, items, choose }: Options<T>) {
  return Suggestion<T, T>({
    editor,
    pluginKey: new PluginKey(name),
    char,
    allow: ({ state, range }) => state.doc.resolve(range.from).parent.type.spec.code !== true,
    items: ({ query }) => [...items(query)],
    command: ({ editor: at, range, props }) => choose(at, range, props),
    render: () => {
      const show = (props: { items: T[]; command: (item: T) => void; clientRect?: (() => DOMRect | null) | null }) => {
        store.set({
          name,
          items: props.items,
          active: 0,
          place: props.clientRect?.() ?? null,
          choose: (item) => props.command(item as T),
        });
      };
      return {
        onStart: show,
        onUpdate: show,
        onExit: () => store.set(null),
        onKeyDown: ({ event }) => {
          const open = store.get();
          if (!open || open.items.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return false;
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          const chosen = open.items[open.active];
          if (step !== 0) store.set({ ...open, active: (open.active + step + open.items.length) % open.items.length });
          else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) open.choose(chosen);
          else return false;
          return true;
        },
      };
    },
  });
}
