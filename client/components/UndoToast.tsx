import { UnstyledButton } from '@mantine/core';
import { IconArrowBackUp, IconX } from '@tabler/icons-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping } from './isTyping.ts';
import styles from './UndoToast.module.css';

/** How long an undo is offered; the clock stands still while the pointer or the focus is on it. */
const offeredMs = 10_000;
/** More than these at once would hide the page; the oldest goes first. */
const mostShown = 3;

/** Takes the change back. Answers with the reason when it could not be, which is then shown in place of the offer. */
export type UndoAct = () => Promise<string | null>;
/** `thing`: what was changed; a newer change of the same thing takes the place of the older one's offer. */
export type OfferUndo = (sentence: string, undoAct: UndoAct, thing?: string) => void;

type Offer = { id: number; thing: string; sentence: string; undoAct: UndoAct; failure: string | null };

const UndoContext = createContext<OfferUndo | null>(null);

/** Offers to take back what was just done: `offerUndo('Target moved to 12 Mar', () => edit(before))`. */
export function useUndo(): OfferUndo {
  const offer = useContext(UndoContext);
  if (!offer) throw new Error('An undo is offered inside of UndoRoot, which the shell mounts.');
  return offer;
}

/** Holds the offers of the page and shows them at its foot. */
export function UndoRoot({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [offers, setOffers] = useState<readonly Offer[]>([]);
  const lastId = useRef(0);

  const offerUndo = useCallback<OfferUndo>((sentence, undoAct, thing) => {
    lastId.current += 1;
    const id = lastId.current;
    const made = { id, thing: thing ?? `offer ${id}`, sentence, undoAct, failure: null };
    setOffers((had) => [...had.filter((one) => one.thing !== made.thing), made].slice(-mostShown));
  }, []);
  const dismiss = useCallback((id: number) => setOffers((had) => had.filter((one) => one.id !== id)), []);
  const undo = useCallback(
    async (offer: Offer) => {
      const failure = await offer.undoAct().catch(() => t('undo.failed'));
      if (failure === null) return dismiss(offer.id);
      setOffers((had) => had.map((one) => (one.id === offer.id ? { ...one, failure } : one)));
    },
    [dismiss, t],
  );

  const last = offers.at(-1);
  useEffect(() => {
    if (!last || last.failure !== null) return;
    const handleKey = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      // In a field the keys undo what was typed there.
      if (!isUndo || isTyping()) return;
      event.preventDefault();
      void undo(last);
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, [last, undo]);

  return (
    <UndoContext.Provider value={offerUndo}>
      {children}
      {/* Always there, so that a screen reader is told of what appears in it. */}
      <div className={styles.place} role="status" aria-live="polite">
        {offers.map((offer) => (
          <UndoToast
            key={offer.id}
            sentence={offer.failure ?? offer.sentence}
            isFailure={offer.failure !== null}
            onUndo={() => undo(offer)}
            onDismiss={() => dismiss(offer.id)}
          />
        ))}
      </div>
    </UndoContext.Provider>
  );
}

type Props = { sentence: string; isFailure: boolean; onUndo: () => Promise<void>; onDismiss: () => void };

/** One offer: what was done, and the button that takes it back. It leaves by itself after ten seconds. */
export function UndoToast({ sentence, isFailure, onUndo, onDismiss }: Props) {
  const { t } = useTranslation();
  const [isHeld, setHeld] = useState(false);
  const [isUndoing, setUndoing] = useState(false);
  const leftMs = useRef(offeredMs);
  useEffect(() => {
    if (isHeld || isUndoing) return;
    const startedAt = performance.now();
    const timer = setTimeout(onDismiss, leftMs.current);
    return () => {
      clearTimeout(timer);
      leftMs.current = Math.max(1000, leftMs.current - (performance.now() - startedAt));
    };
  });
  const handleUndo = async () => {
    setUndoing(true);
    await onUndo();
    setUndoing(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the offer open while somebody is at it.
    <div
      className={styles.toast}
      data-failure={isFailure || undefined}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onKeyDown={(event) => event.key === 'Escape' && onDismiss()}
    >
      <span className={styles.sentence}>{sentence}</span>
      {!isFailure && (
        <UnstyledButton className={styles.undo} onClick={handleUndo} aria-busy={isUndoing} disabled={isUndoing}>
          <IconArrowBackUp className={styles.icon} stroke={1.75} aria-hidden="true" />
          {t('undo.undo')}
        </UnstyledButton>
      )}
      <UnstyledButton className={styles.dismiss} onClick={onDismiss} aria-label={t('undo.dismiss')}>
        <IconX className={styles.icon} stroke={1.75} aria-hidden="true" />
      </UnstyledButton>
    </div>
  );
}
