import { Collaboration } from '@tiptap/extension-collaboration';
import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { carets } from './carets.ts';
import type { NoteConnection } from './connection.ts';
import { noteExtensions } from './extensions.ts';
import { LinkForm } from './LinkForm.tsx';
import { safeHref } from './links.ts';
import styles from './Note.module.css';
import { NoteToolbar } from './NoteToolbar.tsx';

type Props = { connection: NoteConnection; isEditable: boolean; viewerName: string };

/** The text itself, with its tools. */
export function NotePaper({ connection, isEditable, viewerName }: Props) {
  const { t } = useTranslation();
  const [isLinking, setLinking] = useState(false);
  const editor = useEditor(
    {
      // The page's CSP lets no style element in; what the editor needs stands in Note.module.css.
      injectCSS: false,
      shouldRerenderOnTransaction: false,
      editable: isEditable,
      extensions: [
        ...noteExtensions({ checkbox: (text) => (text ? t('notes.checkbox', { text }) : t('notes.checkboxEmpty')) }),
        Collaboration.configure({ document: connection.doc }),
        carets(connection.provider, viewerName),
      ],
      editorProps: {
        attributes: {
          class: styles.paper ?? '',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': t('notes.paper'),
          'aria-placeholder': t('notes.placeholder'),
        },
        handleClick(_view, _position, event) {
          const href = safeHref((event.target as Element).closest('a')?.getAttribute('href'));
          if (href === null || !(event.ctrlKey || event.metaKey)) return false;
          window.open(href, '_blank', 'noopener,noreferrer');
          return true;
        },
      },
    },
    [connection],
  );

  // The editor is no React component: that it may not be written in any more has to be told to it.
  useEffect(() => {
    if (editor && editor.isEditable !== isEditable) editor.setEditable(isEditable, false);
  }, [editor, isEditable]);

  if (!editor) return null;
  return (
    <>
      {isEditable && <NoteToolbar editor={editor} isLinking={isLinking} onLink={() => setLinking(!isLinking)} />}
      {isEditable && isLinking && <LinkForm editor={editor} onClose={() => setLinking(false)} />}
      <EditorContent editor={editor} className={styles.scroll} />
    </>
  );
}
