import { Button } from '@mantine/core';
import { type Editor, useEditorState } from '@tiptap/react';
import { useTranslation } from 'react-i18next';
import styles from './Note.module.css';

const acts = [
  ['rowBelow', (editor: Editor) => editor.chain().focus().addRowAfter().run()],
  ['columnRight', (editor: Editor) => editor.chain().focus().addColumnAfter().run()],
  ['rowDelete', (editor: Editor) => editor.chain().focus().deleteRow().run()],
  ['columnDelete', (editor: Editor) => editor.chain().focus().deleteColumn().run()],
  ['delete', (editor: Editor) => editor.chain().focus().deleteTable().run()],
] as const;

/** What can be done with the table that the caret stands in. */
export function TableTools({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const isInTable = useEditorState({ editor, selector: ({ editor: now }) => now.isActive('table') });
  if (!isInTable) return null;
  return (
    <fieldset className={styles.tableTools} aria-label={t('notes.table.tools')}>
      {acts.map(([name, run]) => (
        <Button
          key={name}
          size="compact-xs"
          variant="default"
          // The selection stays where it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => run(editor)}
        >
          {t(`notes.table.${name}`)}
        </Button>
      ))}
    </fieldset>
  );
}
