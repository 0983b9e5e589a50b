import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useSyncExternalStore } from 'react';
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
  const deliveries = deliveriesOf(useApolloClient());
  const delivery = useSyncExternalStore(deliveries.listen, () => deliveries.of(place.inputId));
  return { delivery, deliveries };
}
