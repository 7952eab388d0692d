import type { ApiFamily, Operation } from '@/lib/broker/types';

/** `12,000`, as the plain English of reasons has it. */
export const formatNumber = (count: number) => count.toLocaleString('en');

/** What an operation does, after "The key may not …". */
export const DOES: Record<Operation, string> = {
  query: 'query by SOQL',
  search: 'search',
  read: 'read single records',
  create: 'create records',
  update: 'update records',
  delete: 'delete records',
  describe: 'describe what there is',
};

export const FAMILY_NAMES: Record<ApiFamily, string> = {
  apex_rest: 'Apex REST',
  bulk: 'the Bulk API',
  tooling: 'the Tooling API',
  metadata: 'the Metadata API',
  soap: 'the SOAP API',
  analytics: 'the Analytics API',
  connect: 'the Connect API',
  other: 'this part of the API',
};
