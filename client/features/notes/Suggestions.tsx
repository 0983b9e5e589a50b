import { VisuallyHidden } from '@mantine/core';
import type { Editor } from '@tiptap/react';
import { useEffect, useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotePerson } from './extensions.ts';
import styles from './Suggestions.module.css';
import type { SlashItem } from './slashMenu.ts';
import type { Suggested, SuggestionStore } from './suggesting.ts';
import { blocks } from './tools.ts';

type Props = { editor: Editor; store: SuggestionStore };

/** The list that is open at the caret. The focus stays in the text, whose keys work the list. */
export function Suggestions({ editor, store }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const open = useSyncExternalStore(store.subscribe, store.get);
  const isShown = open !== null && open.items.length > 0;
  const active = isShown ? open.items[open.active] : undefined;

  // Told to whoever listens: which list belongs to the text, and where in it they are.
  useEffect(() => {
    const { dom } = editor.view;
    const told = { 'aria-controls': `${id}-list`, 'aria-activedescendant': active && `${id}-${active.id}` };
    for (const [name, value] of Object.entries(told)) {
      if (isShown && value) dom.setAttribute(name, value);
      else dom.removeAttribute(name);
    }
  }, [editor, id, isShown, active]);

  const place = open?.place;
  useLayoutEffect(() => {
    const box = list.current;
    if (!box || !place) return;
    const gap = 4;
    const [above, below] = [place.top - 2 * gap, window.innerHeight - place.bottom - 2 * gap];
    box.style.maxHeight = '';
    const isBelow = box.offsetHeight <= below || above <= below;
    // On a small screen it may be taller than either side: then it scrolls within the larger one.
    if (box.offsetHeight > Math.max(above, below)) box.style.maxHeight = `${Math.max(above, below)}px`;
    const { offsetHeight: height, offsetWidth: width } = box;
    box.style.top = `${isBelow ? place.bottom + gap : place.top - gap - height}px`;
    box.style.left = `${Math.max(gap, Math.min(place.left, window.innerWidth - width - gap))}px`;
  });
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  return (
    <>
      <VisuallyHidden role="status">
        {isShown ? t('notes.suggestions.found', { count: open.items.length }) : ''}
      </VisuallyHidden>
      {isShown && (
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          // It scrolls where it is long.
          tabIndex={0}
          aria-label={t(open.name === 'people' ? 'notes.suggestions.people' : 'notes.suggestions.slash')}
          className={styles.list}
        >
          {open.items.map((item) => (
            // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the focus stays in the text, whose keys work the list
            <div
              key={item.id}
              id={`${id}-${item.id}`}
              role="option"
              aria-selected={item === active}
              className={styles.option}
              // Before the text would lose the focus.
              onPointerDown={(event) => event.preventDefault()}
              // Where the list opens under a pointer that rests, or scrolls beneath it, nothing has been pointed at.
              onPointerMove={({ movementX, movementY }) => {
                const active = open.items.indexOf(item);
                if (active !== open.active && (movementX !== 0 || movementY !== 0)) store.set({ ...open, active });
              }}
              onClick={() => open.choose(item)}
            >
              {open.name === 'people' ? <PersonOption item={item} /> : <BlockOption item={item} />}
            </div>
          ))}
        </div>
      )}
    </>
  );
}

function BlockOption({ item }: { item: Suggested }) {
  const { id, label } = item as SlashItem;
  const Icon = blocks.find((block) => block.id === id)?.Icon;
  return (
    <>
      {Icon && <Icon className={styles.icon} stroke={1.5} />}
      <span className={styles.name}>{label}</span>
    </>
  );
}

function PersonOption({ item }: { item: Suggested }) {
  const { name, detail } = item as NotePerson;
  return (
    <>
      <span className={styles.name}>{name}</span>
      <span className={styles.detail}>{detail}</span>
    </>
  );
}
