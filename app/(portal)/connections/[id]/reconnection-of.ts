import type { Reconnection } from '@/components/states/faults/fault-actions';
import type { ReadableConnection } from '@/lib/connections/types';

/** How a connection that has ended is consented to anew; one of the portal's own is the administrator's to renew. */
export function reconnectionOf(connection: ReadableConnection): Reconnection {
  return {
    connectionId: connection.id,
    environment: connection.service ? null : connection.environment.slug,
  };
}
