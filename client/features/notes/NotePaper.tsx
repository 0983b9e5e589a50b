import { Collaboration } from '@tiptap/extension-collaboration';
import { Selection } from '@tiptap/pm/state';
import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { safeHref } from '../../../server/notes/document/links.ts';
import { carets } from './carets.ts';
import type { NoteConnection } from './connection.ts';
import { DragHandle } from './DragHandle.tsx';
import { noteExtensions } from './extensions.ts';
import { LinkForm } from './LinkForm.tsx';
import styles from './Note.module.css';
import type { NotePlace } from './NoteRoom.tsx';
import { NoteToolbar } from './NoteToolbar.tsx';
import { pasteText, quietHtml } from './pasting.ts';
import { pasteInCell } from './pastingInCells.ts';
import { placeForFile } from './placeForFile.ts';
import { Suggestions } from './Suggestions.tsx';
import { createSuggestionStore } from './suggesting.ts';
import { TableTools } from './TableTools.tsx';
import { blocks } from './tools.ts';
import { UploadList } from './UploadList.tsx';
import { usePeople } from './usePeople.ts';
import { useUploads } from './useUploads.ts';

type Props = { place: NotePlace; connection: NoteConnection; isEditable: boolean; viewerName: string };

/** The text itself, with its tools. */
export function NotePaper({ place, connection, isEditable, viewerName }: Props) {
  const { t } = useTranslation();
  const [isLinking, setLinking] = useState(false);
  const [suggestions] = useState(createSuggestionStore);
  const scroll = useRef<HTMLDivElement>(null);
  const isPlainPaste = useRef(false);
  const chooser = useRef<HTMLInputElement>(null);
  const addFiles = useRef<(files: readonly File[]) => void>(() => {});
  // The editor is made once; what it asks for later is read from here.
  const people = useRef<ReturnType<typeof usePeople>>([]);
  people.current = usePeople(place, isEditable);
  const editor = useEditor(
    {
      // The page's CSP lets no style element in; what the editor needs stands in Note.module.css.
      injectCSS: false,
      shouldRerenderOnTransaction: false,
      editable: isEditable,
      extensions: [
        ...noteExtensions({
          checkbox: (text) => (text ? t('notes.checkbox', { text }) : t('notes.checkboxEmpty')),
          slashItems: () =>
            blocks.map(({ id, run }) => ({
              id,
              label: t(`notes.block.${id}`),
              also: t(`notes.blockAlso.${id}`),
              run: id === 'file' ? () => chooser.current?.click() : run,
            })),
          people: () => people.current,
          suggestions,
        }),
        Collaboration.configure({ document: connection.doc }),
        carets(connection.provider, viewerName),
      ],
      editorProps: {
        attributes: {
          class: styles.paper ?? '',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-keyshortcuts': 'Alt+Shift+ArrowUp Alt+Shift+ArrowDown',
          'aria-label': t('notes.paper'),
          'aria-placeholder': t('notes.placeholder'),
        },
        handleKeyDown(_view, event) {
          isPlainPaste.current = event.shiftKey && (event.ctrlKey || event.metaKey);
          return false;
        },
        transformPastedHTML: quietHtml,
        handlePaste(view, event, slice) {
          const files = [...(event.clipboardData?.files ?? [])];
          if (files.length === 0) {
            return pasteText(view, event, isPlainPaste.current) || pasteInCell(view, slice);
          }
          addFiles.current(files);
          return true;
        },
        handleDrop(view, event, _slice, isMoved) {
          const files = [...(event.dataTransfer?.files ?? [])];
          if (isMoved || files.length === 0) return false;
          // Where they were dropped is where they are wanted.
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
          if (at) view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(at.pos))));
          addFiles.current(files);
          return true;
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

  const uploads = useUploads(place.noteId, (file) => {
    if (!editor || editor.isDestroyed) return;
    const attrs = { fileId: file.fileId, name: file.name };
    editor
      .chain()
      .insertContentAt(placeForFile(editor.state, file), { type: 'noteFile', attrs }, { updateSelection: false })
      .run();
  });
  addFiles.current = uploads.add;

  // The editor is no React component: that it may not be written in any more has to be told to it.
  useEffect(() => {
    if (editor && editor.isEditable !== isEditable) editor.setEditable(isEditable, false);
  }, [editor, isEditable]);

  if (!editor) return null;
  return (
    <>
      {isEditable && (
        <NoteToolbar
          editor={editor}
          isLinking={isLinking}
          onLink={() => setLinking(!isLinking)}
          onFile={() => chooser.current?.click()}
        />
      )}
      {isEditable && isLinking && <LinkForm editor={editor} onClose={() => setLinking(false)} />}
      <div ref={scroll} className={styles.scroll}>
        {isEditable && <DragHandle editor={editor} scroll={scroll} />}
        <EditorContent editor={editor} className={styles.content} />
      </div>
      {isEditable && <TableTools editor={editor} />}
      {isEditable && <UploadList uploads={uploads} />}
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={t('notes.file.choose')}
        onChange={(event) => {
          uploads.add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      {isEditable && <Suggestions editor={editor} store={suggestions} />}
    </>
  );
}
