import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import type { WebsocketProvider } from 'y-websocket';
import styles from './Note.module.css';

/** Where the others write, with their names. Name and colour are the server's: clients cannot choose them. */
export function carets(provider: WebsocketProvider, viewerName: string) {
  return CollaborationCaret.configure({
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
