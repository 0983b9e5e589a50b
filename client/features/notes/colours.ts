import type { Editor } from '@tiptap/core';
import { CodeBlockLowlight } from '@tiptap/extension-code-block-lowlight';
import { createLowlight } from 'lowlight';

/** The name of the plugin that colours code. */
const pluginName = 'lowlight';

/**
 * Code with the colours of its language. The languages are a fifth of the editor's weight, and come with the first
 * block of code; until then, and where no language is named, it is plain: guessing one would change while somebody types.
 */
export function colouredCode() {
  const lowlight = createLowlight();
  const highlightAuto = (value: string) => ({ type: 'root', children: [{ type: 'text', value }] });
  let isAsked = false;
  return CodeBlockLowlight.extend({
    onCreate() {
      ask(this.editor);
    },
    onUpdate() {
      ask(this.editor);
    },
  }).configure({ lowlight: { ...lowlight, highlightAuto } });

  function ask(editor: Editor): void {
    if (isAsked || !holdsCode(editor)) return;
    isAsked = true;
    import('./languages.ts').then(
      ({ languages }) => {
        lowlight.register(languages);
        colourAnew(editor);
      },
      () => {
        // Offline, say. Plain code is code, too; asked again with the next change.
        isAsked = false;
      },
    );
  }
}

function holdsCode(editor: Editor): boolean {
  let isFound = false;
  editor.state.doc.descendants((node) => {
    isFound ||= node.type.name === 'codeBlock';
    return !isFound;
  });
  return isFound;
}

/** Taken out and put back, the plugin looks at all of the text again. */
function colourAnew(editor: Editor): void {
  if (editor.isDestroyed) return;
  const plugin = editor.state.plugins.find(({ spec }) =>
    String(spec.key && Reflect.get(spec.key, 'key')).startsWith(pluginName),
  );
  if (!plugin) return;
  editor.unregisterPlugin(pluginName);
  editor.registerPlugin(plugin);
}
