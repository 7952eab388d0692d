import type { AccessGrant } from '@/lib/salesforce/types';

const flights = new Map<string, Promise<AccessGrant>>();

/** One renewal of a grant at a time in this process, however many calls ask: every baseline has at least that. */
export function singleFlight(id: string, renew: () => Promise<AccessGrant>): Promise<AccessGrant> {
  const running = flights.get(id);
  if (running !== undefined) return running;
  const flight = renew().finally(() => flights.delete(id));
  flights.set(id, flight);
  return flight;
}
