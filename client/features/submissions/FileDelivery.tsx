import { DeliveryProgress } from './DeliveryProgress.tsx';
import { DropZone } from './DropZone.tsx';
import type { Deliveries, Delivery, Place } from './deliveries.ts';
import { PendingUpload } from './PendingUpload.tsx';

type Pending = { id: string; uploadUrl: string | null; file: { id: string; name: string; sizeBytes: number } | null };

type Props = {
  place: Place;
  acceptedExtensions: string[];
  pending: Pending | null;
  maxBytes: number;
  /** What happens with what is handed in, as a sentence. */
  next: string;
  delivery: Delivery | null;
  deliveries: Deliveries;
};

/** A file on its way; else the one that stopped before this page was opened; else the place to drop one. */
export function FileDelivery(props: Props) {
  const { place, acceptedExtensions, pending, maxBytes, next, delivery, deliveries } = props;
  if (delivery) return <DeliveryProgress place={place} delivery={delivery} deliveries={deliveries} />;
  const zone = (
    <DropZone
      acceptedExtensions={acceptedExtensions}
      maxBytes={maxBytes}
      next={next}
      onFile={(file) => void deliveries.start(place, file)}
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
