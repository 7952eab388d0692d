import { API_FAMILIES, type KeyPolicy, OPERATIONS } from '@/lib/broker/types';
import { READING } from './choices';

/** Reads everything that its owner may read. */
export const READ_EVERYTHING: KeyPolicy = {
  access: 'read',
  environments: null,
  connections: null,
  operations: [...READING],
  objects: null,
  namedQueries: null,
  families: [],
  rowsPerCall: null,
  rowsPerDay: null,
  callsPerDay: null,
  hours: null,
  addresses: null,
  rawToken: false,
};

type What = Pick<KeyPolicy, 'access' | 'operations' | 'objects' | 'namedQueries' | 'families' | 'rawToken'>;

interface Preset {
  id: string;
  label: string;
  description: string;
  /** Where, when and how much stay as they are. */
  what: What;
}

const READ = whatOf(READ_EVERYTHING);

/** Where to begin: each says what a key may do, none says where. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'accounts',
    label: 'Read accounts',
    description: 'Account with all fields, nothing else',
    what: { ...READ, objects: [{ name: 'Account', fields: null }] },
  },
  {
    id: 'read',
    label: 'Read everything I can read',
    description: 'Every object and field that your Salesforce user sees',
    what: READ,
  },
  {
    id: 'named',
    label: 'Named queries only',
    description: 'What administrators have written, with its parameters',
    what: { ...READ, access: 'named_queries', operations: ['query'] },
  },
  {
    id: 'write',
    label: 'Read and write chosen objects',
    description: 'You name the objects, and the fields if you like',
    what: { ...READ, access: 'write', operations: [...OPERATIONS], objects: [{ name: '', fields: null }] },
  },
  {
    id: 'everything',
    label: 'Everything',
    description: 'Reads, writes and every other part of the API',
    what: { ...READ, access: 'write', operations: [...OPERATIONS], families: [...API_FAMILIES] },
  },
];

/** What a new key begins with: the narrowest of them. */
export const NEW_POLICY: KeyPolicy = { ...READ_EVERYTHING, ...PRESETS[0]?.what };

/** The preset that a policy is as of now; null: it was changed. */
export function presetOf(policy: KeyPolicy): string | null {
  const own = JSON.stringify(whatOf(policy));
  return PRESETS.find(({ what }) => JSON.stringify(whatOf(what)) === own)?.id ?? null;
}

function whatOf({ access, operations, objects, namedQueries, families, rawToken }: What): What {
  return { access, operations, objects, namedQueries, families, rawToken };
}
