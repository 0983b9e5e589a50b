import { IconGripVertical } from '@tabler/icons-react';
import { NodeSelection } from '@tiptap/pm/state';
import type { Editor } from '@tiptap/react';
import { type DragEvent, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Note.module.css';

type Props = { editor: Editor; scroll: RefObject<HTMLDivElement | null> };
type Place = { position: number; top: number };

/** A handle beside the block under the pointer. By keyboard, and on a phone, blocks move by keys and by the tools. */
export function DragHandle({ editor, scroll }: Props) {
  const { t } = useTranslation();
  const [place, setPlace] = useState<Place | null>(null);

  useEffect(() => {
    const box = scroll.current;
    if (!box || !window.matchMedia('(hover: hover)').matches) return;
    const follow = (event: PointerEvent) => setPlace((now) => placeAt(editor, box, event.clientY) ?? now);
    const leave = () => setPlace(null);
    box.addEventListener('pointermove', follow);
    box.addEventListener('pointerleave', leave);
    editor.on('update', leave);
    return () => {
      box.removeEventListener('pointermove', follow);
      box.removeEventListener('pointerleave', leave);
      editor.off('update', leave);
    };
  }, [editor, scroll]);

  if (!place) return null;
  const handleDragStart = (event: DragEvent) => {
    const { view } = editor;
    const selection = NodeSelection.create(view.state.doc, place.position);
    view.dispatch(view.state.tr.setSelection(selection));
    const element = view.nodeDOM(place.position);
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', selection.node.textContent);
    if (element instanceof Element) event.dataTransfer.setDragImage(element, 0, 0);
    // The editor's own dropping takes it from here.
    view.dragging = { slice: selection.content(), move: true };
  };
  const handleClick = () => {
    editor.view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, place.position)));
    editor.view.focus();
  };
  return (
    <div
      className={styles.handle}
      style={{ top: place.top }}
      draggable
      aria-hidden="true"
      title={t('notes.drag')}
      onDragStart={handleDragStart}
      onClick={handleClick}
    >
      <IconGripVertical className={styles.icon} stroke={1.5} />
    </div>
  );
}

/** The block of the note itself at this height, and where its first line stands in the box that scrolls. */
function placeAt(editor: Editor, box: HTMLElement, y: number): Place | null {
  let found: Place | null = null;
  editor.state.doc.forEach((_node, position) => {
    const element = editor.view.nodeDOM(position);
    if (!(element instanceof HTMLElement)) return;
    const { top, bottom } = element.getBoundingClientRect();
    if (y >= top && y <= bottom) found = { position, top: top - box.getBoundingClientRect().top + box.scrollTop };
  });
  return found;
}
