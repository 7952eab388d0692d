import type { Overlap } from '@/lib/broker/keys/types';
import type { ApiFamily, KeyPolicy, Operation } from '@/lib/broker/types';

export const ACCESS: ReadonlyArray<{ value: KeyPolicy['access']; label: string; description: string }> = [
  {
    value: 'named_queries',
    label: 'Named queries only',
    description: 'Runs what administrators have written.',
  },
  { value: 'read', label: 'Read', description: 'Queries, searches and reads records.' },
  { value: 'write', label: 'Read and write', description: 'Creates, changes and deletes records as well.' },
];

export const OPERATION_WORDS: Record<Operation, { label: string; verb: string; description: string }> = {
  query: { label: 'Query', verb: 'query', description: 'SOQL and the further pages of its answers' },
  search: { label: 'Search', verb: 'search', description: 'SOSL and parameterized search' },
  read: { label: 'Read', verb: 'read single records', description: 'A record by its id or external id' },
  describe: { label: 'Describe', verb: 'describe', description: 'Objects, fields and limits; no records' },
  create: { label: 'Create', verb: 'create', description: 'New records' },
  update: { label: 'Update', verb: 'update', description: 'Records that there are; upsert needs create too' },
  delete: { label: 'Delete', verb: 'delete', description: 'Records, into the recycle bin' },
};

export const READING: readonly Operation[] = ['query', 'search', 'read', 'describe'];

export const FAMILY_WORDS: Record<ApiFamily, { label: string; risk: string }> = {
  apex_rest: { label: 'Apex REST', risk: 'Whatever the org’s own Apex classes do' },
  bulk: { label: 'Bulk API', risk: 'Reads and writes of millions of records' },
  tooling: { label: 'Tooling API', risk: 'Can run anonymous Apex, so do anything the user may' },
  metadata: { label: 'Metadata API', risk: 'Changes the org’s configuration' },
  soap: { label: 'SOAP API', risk: 'Everything of the REST API in one request' },
  analytics: { label: 'Reports and dashboards', risk: 'Reads records through reports' },
  connect: { label: 'Connect (Chatter) API', risk: 'Reads and writes feeds, files and more' },
  other: { label: 'Other REST resources', risk: 'Whatever Orgdock does not know by name' },
};

export const OVERLAP_WORDS: Record<Overlap, string> = {
  '1h': '1 hour',
  '1d': '1 day',
  '7d': '7 days',
  '30d': '30 days',
};
