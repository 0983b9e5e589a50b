import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { DeliveryProgress } from './DeliveryProgress.tsx';
import { DropZone } from './DropZone.tsx';
import type { Deliveries, Delivery, Made, Place } from './deliveries.ts';
import { ExpectedColumns } from './ExpectedColumns.tsx';
import { PendingUpload } from './PendingUpload.tsx';
import type { Check, Chosen } from './precheck/orders.ts';
import { PrecheckCard } from './precheck/PrecheckCard.tsx';
import { usePrecheck } from './precheck/usePrecheck.ts';
import { fileProblem } from './several/fileProblem.ts';
import { placeFiles, type Taker } from './several/placeFiles.ts';
import type { WaitingFile, WaitingFiles } from './several/waitingFiles.ts';

type Pending = { id: string; uploadUrl: string | null; file: { id: string; name: string; sizeBytes: number } | null };

type Props = {
  place: Place;
  acceptedExtensions: string[];
  /** What the file is judged by; null when nothing but a person looks at it. */
  check: Check | null;
  pending: Pending | null;
  maxBytes: number;
  /** What happens with what is handed in, as a sentence. */
  next: string;
  delivery: Delivery | null;
  deliveries: Deliveries;
  /** All inputs of the task that take a file now, this one among them. */
  takers: readonly Taker[];
  waiting: readonly WaitingFile[];
  store: WaitingFiles;
  /** Whether a new file is in hand: looked at, or on its way. */
  onInHand: (isInHand: boolean) => void;
};

/** A file on its way; else one that is looked at before it is sent; else one that stopped; else the place to drop one. */
export function FileDelivery(props: Props) {
  const { place, acceptedExtensions, check, pending, maxBytes, next, delivery, deliveries } = props;
  const { takers, waiting, store, onInHand } = props;
  const { t } = useTranslation();
  const send = (file: File, made: Made) => void deliveries.start(place, file, { made });
  const { prechecked, begin, say, choose, drop } = usePrecheck({
    inputId: place.inputId,
    check,
    onSend: (file, chosen) => send(file, madeOf(0, chosen)),
    onLeft: (file) => store.putBack(place.inputId, file),
  });
  const handleSend = async (file: File, repairs: number, chosen: Chosen) => {
    drop();
    // What is being sent already is another file now.
    if (deliveries.of(place.inputId)) await deliveries.cancel(place);
    send(file, madeOf(repairs, chosen));
  };
  const handleAnother = () => {
    drop();
    if (deliveries.of(place.inputId)) void deliveries.cancel(place);
  };

  const isInHand = delivery !== null || (prechecked !== null && !prechecked.isAlongside);
  useEffect(() => {
    onInHand(isInHand);
    return () => onInHand(false);
  }, [isInHand, onInHand]);

  const isFree = delivery === null && prechecked === null && pending === null;
  const isNextHere = waiting.some(({ fate }) => fate === 'NEXT');
  const takeNext = useEffectEvent(() => {
    const file = store.take(place.inputId);
    if (file) void begin(file);
  });
  useEffect(() => {
    if (isFree && isNextHere) takeNext();
  }, [isFree, isNextHere]);
  const handleOthers = (files: readonly File[], isMeantHere: boolean): boolean => {
    const at = isMeantHere ? place.inputId : null;
    const isSound = (file: File) => fileProblem(file, { acceptedExtensions: [], maxBytes }, t) === null;
    const now = takers.map((taker) => ({ ...taker, isFree: taker.isFree && deliveries.of(taker.inputId) === null }));
    const placed = placeFiles(files, { takers: now, at, isSound });
    const [only] = placed;
    if (placed.length === 1 && only?.fate === 'REFUSED') return false;
    // One file that was dropped on the wrong place: another one fits, which is asked before it is sent there.
    const isElsewhere = placed.length === 1 && only?.fate === 'NEXT' && isMeantHere && only.inputId !== place.inputId;
    store.add(
      isElsewhere ? [{ file: only.file, inputId: place.inputId, fate: 'UNPLACED', choices: [only.inputId] }] : placed,
    );
    return true;
  };

  const card = prechecked && (
    <PrecheckCard
      prechecked={prechecked}
      onSend={(file, repairs) => void handleSend(file, repairs, prechecked.precheck.chosen)}
      onSay={say}
      onChoose={choose}
      onAnother={handleAnother}
    />
  );
  if (delivery) {
    return (
      <>
        <DeliveryProgress
          place={place}
          delivery={delivery}
          deliveries={deliveries}
          isChecked={check !== null}
          isListed={!prechecked}
        />
        {card}
      </>
    );
  }
  if (card && !prechecked.isAlongside) return card;
  const zone = (
    <>
      <DropZone
        acceptedExtensions={acceptedExtensions}
        maxBytes={maxBytes}
        next={next}
        onFile={(file) => void begin(file)}
        onOthers={handleOthers}
      />
      {check?.table && <ExpectedColumns text={check.table} />}
    </>
  );
  if (!pending?.uploadUrl || !pending.file) return zone;
  return (
    <PendingUpload
      key={pending.id}
      place={place}
      begun={{ id: pending.id, uploadUrl: pending.uploadUrl }}
      file={pending.file}
      accept={acceptedExtensions.join(',')}
      deliveries={deliveries}
      whenGone={zone}
    />
  );
}

function madeOf(repairs: number, { mapping, declared }: Chosen): Made {
  return { ...(repairs > 0 && { repairs }), mapping: [...mapping], declared: [...declared] };
}
