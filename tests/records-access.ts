import type { ReadableConnection } from '@/lib/connections/types';
import type { Reader, RecordsAccess } from '@/lib/records/with-records';

export const READER: Reader = {
  orgId: '00DdM0000008abcUAA',
  userId: '005dM000001xyzAQAQ',
  locale: 'de_DE',
  timeZone: 'Europe/Berlin',
  defaultCurrency: 'EUR',
};

/** A reader's access to an org at this origin, as `withRecords` hands it out, with a meter of its own. */
export function accessTo(origin: string, changed: Partial<Reader> = {}, apiVersion = '66.0'): RecordsAccess {
  const grant = { accessToken: 'token', instanceUrl: origin, generation: 1 };
  return {
    connection: { id: 'a-connection' } as unknown as ReadableConnection,
    client: {
      apiVersion,
      source: { current: async () => grant, renew: async () => grant, used: async () => undefined },
      meter: { calls: 0, budget: null, rows: null },
    },
    reader: { ...READER, ...changed },
  };
}
