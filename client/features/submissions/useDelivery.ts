import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useSyncExternalStore } from 'react';
import { Deliveries, type Delivery, type Place } from './deliveries.ts';

// One per API client, so that an upload goes on while its person looks at another screen.
const known = new WeakMap<ApolloClient, Deliveries>();

function deliveriesOf(client: ApolloClient): Deliveries {
  const deliveries = known.get(client) ?? new Deliveries(client);
  known.set(client, deliveries);
  return deliveries;
}

/** What is on its way to this input, and what can be done about it. */
export function useDelivery(place: Place): { delivery: Delivery | null; deliveries: Deliveries } {
  const { taskId, inputId } = place;
  const deliveries = deliveriesOf(useApolloClient());
  const delivery = useSyncExternalStore(deliveries.listen, () => deliveries.of(place.inputId));
  const isUnderWay = delivery?.phase === 'sending' || delivery?.phase === 'finishing';
  const isOffline =
    (delivery?.phase === 'stopped' && delivery.failure === 'OFFLINE') ||
    (delivery?.phase === 'unfinished' && delivery.trouble === 'offline');

  // The browser asks before the page is left: the file would have to be chosen again.
  useEffect(() => {
    if (!isUnderWay) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isUnderWay]);

  useEffect(() => {
    if (!isOffline) return;
    const goOn = () => void deliveries.goOn({ taskId, inputId });
    window.addEventListener('online', goOn);
    return () => window.removeEventListener('online', goOn);
  }, [isOffline, deliveries, taskId, inputId]);

  return { delivery, deliveries };
}
