import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { WebsocketProvider } from 'y-websocket';
import styles from './Note.module.css';

/** A caret that moves keeps its element: the side on which its name stands is looked at whenever the text is. */
const NamedCarets = CollaborationCaret.extend({
  addProseMirrorPlugins() {
    return [...(this.parent?.() ?? []), new Plugin({ view: turningNames })];
  },
});

function turningNames({ dom }: EditorView) {
  let frame = 0;
  const turn = () => {
    frame = 0;
    const edge = (dom.offsetParent ?? dom).getBoundingClientRect().right;
    for (const label of dom.querySelectorAll<HTMLElement>(`.${styles.caretName}`)) {
      const start = label.parentElement?.getBoundingClientRect().left ?? 0;
      label.toggleAttribute('data-turned', start + label.offsetWidth > edge);
    }
  };
  const look = () => {
    frame ||= requestAnimationFrame(turn);
  };
  const resizes = new ResizeObserver(look);
  resizes.observe(dom);
  return {
    update: look,
    destroy() {
      cancelAnimationFrame(frame);
      resizes.disconnect();
    },
  };
}

/** Where the others write, with their names. Name and colour are the server's: clients cannot choose them. */
export function carets(provider: WebsocketProvider, viewerName: string) {
  return NamedCarets.configure({
    provider,
    user: { name: viewerName },
    render(user) {
      const caret = document.createElement('span');
      caret.className = styles.caret ?? '';
      // Read out in the middle of a sentence, a name would be part of it. Who is here is told below the note.
      caret.setAttribute('aria-hidden', 'true');
      caret.style.setProperty('--caret', String(user.color));
      const label = document.createElement('span');
      label.className = styles.caretName ?? '';
      label.textContent = String(user.name ?? '');
      caret.append(label);
      return caret;
    },
    selectionRender: (user) => ({ class: styles.selected ?? '', style: `--caret: ${user.color}` }),
  });
}
