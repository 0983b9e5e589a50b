import { DeliveryProgress } from './DeliveryProgress.tsx';
import { DropZone } from './DropZone.tsx';
import type { Deliveries, Delivery, Place } from './deliveries.ts';
import { PendingUpload } from './PendingUpload.tsx';
import type { Check } from './precheck/orders.ts';
import { PrecheckCard } from './precheck/PrecheckCard.tsx';
import { usePrecheck } from './precheck/usePrecheck.ts';

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
};

/** A file on its way; else one that is looked at before it is sent; else one that stopped; else the place to drop one. */
export function FileDelivery(props: Props) {
  const { place, acceptedExtensions, check, pending, maxBytes, next, delivery, deliveries } = props;
  const send = (file: File) => void deliveries.start(place, file);
  const { prechecked, begin, drop } = usePrecheck({ check, onSend: send });
  const handleSend = async (file: File) => {
    drop();
    // What is being sent already is another file now.
    if (deliveries.of(place.inputId)) await deliveries.cancel(place);
    send(file);
  };
  const handleAnother = () => {
    drop();
    if (deliveries.of(place.inputId)) void deliveries.cancel(place);
  };

  const card = prechecked && (
    <PrecheckCard prechecked={prechecked} onSend={(file) => void handleSend(file)} onAnother={handleAnother} />
  );
  if (delivery) {
    return (
      <>
        <DeliveryProgress place={place} delivery={delivery} deliveries={deliveries} isChecked={check !== null} />
        {card}
      </>
    );
  }
  if (card && !prechecked.isAlongside) return card;
  const zone = (
    <DropZone
      acceptedExtensions={acceptedExtensions}
      maxBytes={maxBytes}
      next={next}
      onFile={(file) => void begin(file)}
    />
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
