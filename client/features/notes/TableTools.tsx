import { Button } from '@mantine/core';
import type { Node } from '@tiptap/pm/model';
import { type Editor, useEditorState } from '@tiptap/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Note.module.css';

const acts = [
  ['rowBelow', (editor: Editor) => editor.chain().focus().addRowAfter().run()],
  ['columnRight', (editor: Editor) => editor.chain().focus().addColumnAfter().run()],
  ['rowDelete', (editor: Editor) => editor.chain().focus().deleteRow().run()],
  ['columnDelete', (editor: Editor) => editor.chain().focus().deleteColumn().run()],
  ['delete', (editor: Editor) => editor.chain().focus().deleteTable().run()],
] as const;

/**
 * What can be done with the table that the caret stands in. It stands below the text, and its room stays when the caret
 * goes: otherwise a row would be elsewhere by the time of a second click.
 */
export function TableTools({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const [wasShown, setShown] = useState(false);
  const { isInTable, hasTable } = useEditorState({
    editor,
    selector: ({ editor: now }) => {
      const isInTable = now.isActive('table');
      return { isInTable, hasTable: isInTable || (wasShown && holdsTable(now.state.doc)) };
    },
  });
  if (isInTable !== wasShown && !(wasShown && hasTable)) setShown(isInTable);
  if (!hasTable) return null;
  return (
    <fieldset className={styles.tableTools} data-at-rest={!isInTable || undefined} aria-label={t('notes.table.tools')}>
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

function holdsTable(doc: Node): boolean {
  let isFound = false;
  doc.descendants((node) => {
    isFound ||= node.type.name === 'table';
    return !isFound && !node.isTextblock;
  });
  return isFound;
}
