import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useFrame } from '../../frameContext.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Picture } from '../../parts/Picture.tsx';
import { Price } from '../../parts/Price.tsx';
import type { Product, SuggestAnswer } from '../../shapes.ts';
import { useAsk } from '../../useAsk.ts';
import { longestText, tellApart } from './filters.ts';
import styles from './SearchBox.module.css';

/** After so long without another letter the shop is asked. */
const restMs = 90;

type Props = {
  /** What the hits are of; another one takes the place of what stands in the box. */
  asked: string;
  onSearch: (text: string) => void;
  onCategory: (path: string) => void;
  onProduct: (product: Product) => void;
};

type Option =
  | { kind: 'word'; word: string }
  | { kind: 'category'; path: string; words: string; count: number }
  | { kind: 'product'; product: Product };

/** The shop's search box, which answers while one types. Arrows choose, Enter takes, Escape closes, `/` comes here. */
export function SearchBox({ asked, onSearch, onCategory, onProduct }: Props) {
  const { t, figure, takesFocus } = useFrame();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(asked);
  const [rested, setRested] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const wanted = wordsIn(rested);
  const { answer } = useAsk<'suggest'>(wanted === '' ? null : { kind: 'suggest', text: wanted });
  const options = wanted === '' || !answer ? [] : optionsOf(answer);
  const isShown = isOpen && options.length > 0 && text.trim() !== '';

  useEffect(() => setText(asked), [asked]);

  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(text);
      setAt(-1);
    }, restMs);
    return () => clearTimeout(timer);
  }, [text]);

  useEffect(() => {
    if (takesFocus) field.current?.focus({ preventScroll: true });
  }, [takesFocus]);

  useEffect(() => {
    const handleKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, select')) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, []);

  const take = (option: Option) => {
    setOpen(false);
    if (option.kind === 'word') {
      setText(option.word);
      onSearch(option.word);
    } else if (option.kind === 'category') {
      setText('');
      onCategory(option.path);
    } else onProduct(option.product);
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    const chosen = isShown ? options[at] : undefined;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (chosen) return take(chosen);
      setOpen(false);
      onSearch(wordsIn(text));
    } else if (event.key === 'Escape') {
      if (isShown) setOpen(false);
      else setText('');
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isShown) return setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // One place more than there are options: none of them, which is the text itself.
      setAt((now) => ((now + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    }
  };

  return (
    <search
      className={styles.form}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <div className={styles.box}>
        <Icon of="search" className={styles.glass} />
        <input
          ref={field}
          className={styles.field}
          type="text"
          role="combobox"
          dir="auto"
          aria-label={t('firstLookMocks.search.label')}
          aria-expanded={isShown}
          aria-controls={isShown ? `${id}-list` : undefined}
          aria-autocomplete="list"
          aria-activedescendant={isShown && at >= 0 ? `${id}-${at}` : undefined}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={longestText}
          placeholder={t('firstLookMocks.search.placeholder')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={handleKeyDown}
        />
        {text === '' ? (
          <span className={styles.key} aria-hidden="true">
            /
          </span>
        ) : (
          <button
            type="button"
            className={styles.clear}
            aria-label={t('firstLookMocks.search.clear')}
            onClick={() => {
              setText('');
              onSearch('');
              field.current?.focus();
            }}
          >
            <Icon of="close" />
          </button>
        )}
      </div>
      {isShown && (
        <div
          id={`${id}-list`}
          className={styles.list}
          role="listbox"
          aria-label={t('firstLookMocks.search.suggestions')}
        >
          {(['word', 'category', 'product'] as const).map((kind) => {
            const own = options.flatMap((option, place) => (option.kind === kind ? [{ option, place }] : []));
            if (own.length === 0) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of options
              <div key={kind} role="group" aria-labelledby={`${id}-${kind}`} className={styles[kind]}>
                <span id={`${id}-${kind}`} className={styles.head}>
                  {t(`firstLookMocks.search.${kind}`)}
                </span>
                {own.map(({ option, place }) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard
                  // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen one
                  <div
                    key={place}
                    id={`${id}-${place}`}
                    role="option"
                    aria-selected={place === at}
                    className={styles.option}
                    // The field would lose the focus, and the list would close before the press is over.
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => take(option)}
                  >
                    {option.kind === 'word' && <span dir="auto">{option.word}</span>}
                    {option.kind === 'category' && (
                      <>
                        <span dir="auto" title={option.path}>
                          {option.words}
                        </span>
                        <span className={styles.count}>{figure(option.count)}</span>
                      </>
                    )}
                    {option.kind === 'product' && <ProductOption product={option.product} />}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      )}
    </search>
  );
}

function ProductOption({ product }: { product: Product }) {
  return (
    <>
      <span className={styles.picture}>
        <Picture product={product} />
      </span>
      <span className={styles.words}>
        <span className={styles.title} dir="auto">
          {product.title}
        </span>
        <Price product={product} />
      </span>
    </>
  );
}

/** Without half a character, which nobody can look for. */
function wordsIn(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '').trim();
}

function optionsOf({ words, categories, products }: SuggestAnswer): Option[] {
  const apart = tellApart(categories.map(({ value }) => value));
  return [
    ...words.map((word): Option => ({ kind: 'word', word })),
    ...categories.map(
      ({ value, count }, at): Option => ({ kind: 'category', path: value, words: apart[at] ?? value, count }),
    ),
    ...products.map((product): Option => ({ kind: 'product', product })),
  ];
}
